"""`minmax` (功效系数): floor + (ceiling − floor) × (x − min) ÷ (max − min) within the group."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, each, present, start
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    own = start(column, settings, inputs)
    there = present(own)
    if not there:
        return own
    low, high = min(there), max(there)
    if low == high:
        return each(own, lambda _: settings["when_equal"])
    floor, width = settings["floor"], settings["ceiling"] - settings["floor"]
    return each(own, lambda value: floor + width * (value - low) / (high - low))


def _say(settings: Tree, words: Words) -> str:
    floor, ceiling = short_text(settings["floor"]), short_text(settings["ceiling"])
    return words.pick(
        f"功效系数：组内最低得{floor}，最高得{ceiling}，其余按比例",
        f"efficacy coefficient: lowest {floor}, highest {ceiling}, others in proportion",
    )


MINMAX = Function(
    "minmax",
    "功效系数",
    "min–max",
    (
        Parameter("of", "source", required=False),
        Parameter("floor", "number"),
        Parameter("ceiling", "number"),
        Parameter("when_equal", "number"),
    ),
    _apply,
    _say,
    starts="with_of",
)
