"""`multiply`: × a number, measure or figure. A missing coefficient makes the value missing."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, pairs
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    return pairs(column, inputs.column(settings["by"]), lambda value, by: value * by)


def _say(settings: Tree, words: Words) -> str:
    by = words.source(settings["by"])
    return words.pick(f"乘以{by}", f"times {by}")


MULTIPLY = Function("multiply", "乘系数", "multiply", (Parameter("by", "source"),), _apply, _say)
