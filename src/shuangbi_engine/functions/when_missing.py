"""`when_missing`: what stands in, at this place of the chain, for a participant without the duty."""

from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, fill
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, _inputs: Inputs) -> Column:
    return fill(column, settings["as"], settings.get("points", Fraction(0)))


def _say(settings: Tree, words: Words) -> str:
    names = {
        "zero": words.pick("零", "zero"),
        "group_lowest": words.pick("组内最低", "the group's lowest"),
        "group_mean": words.pick("组内平均", "the group's mean"),
        "fixed": short_text(settings.get("points", Fraction(0))),
    }
    name = names[settings["as"]]
    return words.pick(f"无此任务的按{name}计", f"without the duty {name} stands in")


WHEN_MISSING = Function(
    "when_missing",
    "缺项",
    "when missing",
    (
        Parameter("as", "choice", choices=("zero", "group_lowest", "group_mean", "fixed")),
        Parameter("points", "number", required=False),
    ),
    _apply,
    _say,
)
