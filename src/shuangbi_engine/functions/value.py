"""`value`: a measure or figure as it is."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words
from shuangbi_engine.scheme import Tree


def _apply(_column: Column, settings: Tree, inputs: Inputs) -> Column:
    return inputs.column(settings["of"])


def _say(settings: Tree, words: Words) -> str:
    return words.pick(f"取{words.source(settings['of'])}", f"take {words.source(settings['of'])}")


VALUE = Function("value", "取值", "value", (Parameter("of", "source"),), _apply, _say, starts="always")
