"""`ahead_behind` (先进/后进): task exceeded, met or missed, per measure, by rate; zeros are named last."""

from fractions import Fraction

from shuangbi_engine.function import Parameter
from shuangbi_engine.outcome import Comparison, Label, OutcomeKind, Results, compared
from shuangbi_engine.scheme import OutcomeRule


def _apply(rule: OutcomeRule, results: Results) -> tuple[Label, ...]:
    found: list[Label] = []
    for measure in rule.settings["measures"]:
        ordered = sorted(compared(results, rule.settings["group"], measure), key=_order)
        found += [
            Label(one.participant, _label(one), place, measure, one.target, one.actual, one.rate)
            for place, one in enumerate(ordered, start=1)
        ]
    return tuple(found)


def _label(one: Comparison) -> str:
    if not one.target:
        return "no_task"
    if one.actual == 0:
        return "zero"
    if one.actual == one.target:
        return "met"
    return "exceeded" if one.actual > one.target else "missed"


def _order(one: Comparison) -> tuple[int, Fraction, Fraction, str]:
    """By rate, then by amount, from the highest; then those with a task and nothing done; then those without a task."""
    last = 2 if not one.target else 1 if one.actual == 0 else 0
    return (last, -(one.rate or Fraction(0)), -one.actual, one.participant)


AHEAD_BEHIND = OutcomeKind(
    "ahead_behind",
    "先进与后进",
    "ahead and behind",
    {
        "exceeded": ("超额完成", "task exceeded"),
        "met": ("完成任务", "task met"),
        "missed": ("未完成任务", "task missed"),
        "zero": ("零完成", "nothing done"),
        "no_task": ("无任务", "no task"),
    },
    (Parameter("group", "group"), Parameter("measures", "measures")),
    _apply,
)
