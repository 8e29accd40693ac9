"""`versus_group`: against the best, lowest or mean of those in the group who have a value."""

from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, each, present, start
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    own = start(column, settings, inputs)
    there = present(own)
    if not there:
        return own
    against = settings["against"]
    if against == "mean":
        yardstick = sum(there, Fraction(0)) / len(there)
    else:
        yardstick = max(there) if against == "best" else min(there)
    if settings["how"] == "gap":
        return each(own, lambda value: value - yardstick)
    return each(own, lambda value: None if yardstick == 0 else value / yardstick)


def _say(settings: Tree, words: Words) -> str:
    names = {
        "best": words.pick("组内最高值", "the group's best"),
        "lowest": words.pick("组内最低值", "the group's lowest"),
        "mean": words.pick("组内平均值", "the group's mean"),
    }
    sign = "−" if settings["how"] == "gap" else "÷"
    own = words.source(settings["of"]) if "of" in settings else words.pick("本单位数值", "own value")
    return f"{own} {sign} {names[settings['against']]}"


VERSUS_GROUP = Function(
    "versus_group",
    "与组内比较",
    "versus group",
    (
        Parameter("of", "source", required=False),
        Parameter("against", "choice", choices=("best", "lowest", "mean")),
        Parameter("how", "choice", choices=("ratio", "gap")),
    ),
    _apply,
    _say,
    starts="with_of",
)
