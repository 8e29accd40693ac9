"""`list` (红黑榜): a label by rank and condition. Above target and near the top: red; below target and near the
bottom: black. Whoever met the target, has none or is waived is never black.
"""

from shuangbi_engine.function import Parameter
from shuangbi_engine.outcome import Label, OutcomeKind, Results, compared
from shuangbi_engine.scheme import OutcomeRule


def _apply(rule: OutcomeRule, results: Results) -> tuple[Label, ...]:
    group, measure = rule.settings["group"], rule.settings["measure"]
    ranks = results.ranks.get(group, {})
    waived = {name for name, _ in results.values.waivers}
    found: list[Label] = []
    for one in compared(results, group, measure):
        rank = ranks.get(one.participant)
        if rank is None or not one.target:
            continue
        from_bottom = sum(1 for other in ranks.values() if other > rank) + 1
        if one.actual > one.target and rank <= rule.settings["top"]:
            label = "red"
        elif (
            one.actual < one.target
            and from_bottom <= rule.settings["bottom"]
            and one.participant not in waived
        ):
            label = "black"
        else:
            continue
        found.append(Label(one.participant, label, rank, measure, one.target, one.actual, one.rate))
    return tuple(sorted(found, key=lambda label: (label.order, label.participant)))


LIST = OutcomeKind(
    "list",
    "红黑榜",
    "red and black list",
    {"red": ("红榜", "red list"), "black": ("黑榜", "black list")},
    (
        Parameter("group", "group"),
        Parameter("measure", "measure"),
        Parameter("top", "number"),
        Parameter("bottom", "number"),
    ),
    _apply,
)
