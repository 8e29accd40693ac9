"""`scale`: × full marks."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, each
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, _inputs: Inputs) -> Column:
    return each(column, lambda value: value * settings["full"])


def _say(settings: Tree, words: Words) -> str:
    full = short_text(settings["full"])
    return words.pick(f"乘以满分{full}分", f"times full marks of {full}")


SCALE = Function("scale", "乘满分", "scale", (Parameter("full", "number"),), _apply, _say)
