"""`gap`: x − the value compared with."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, pairs, start
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    asked = inputs.column(settings["to"])
    return pairs(start(column, settings, inputs), asked, lambda value, to: value - to)


def _say(settings: Tree, words: Words) -> str:
    value = (
        words.source(settings["of"]) if "of" in settings else words.pick("上一步结果", "the result so far")
    )
    return f"{value} − {words.source(settings['to'])}"


GAP = Function(
    "gap",
    "差额",
    "gap",
    (Parameter("of", "source", required=False), Parameter("to", "source")),
    _apply,
    _say,
    starts="with_of",
)
