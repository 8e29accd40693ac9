"""`ratio`: done ÷ asked, 1 = 100 %. No target, or a target of 0, is no duty."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, pairs, start
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    asked = inputs.column(settings["to"])
    return pairs(start(column, settings, inputs), asked, lambda done, to: None if to == 0 else done / to)


def _say(settings: Tree, words: Words) -> str:
    done = words.source(settings["of"]) if "of" in settings else words.pick("上一步结果", "the result so far")
    return f"{done} ÷ {words.source(settings['to'])}"


RATIO = Function(
    "ratio",
    "完成率",
    "ratio",
    (Parameter("of", "source", required=False), Parameter("to", "source")),
    _apply,
    _say,
    starts="with_of",
)
