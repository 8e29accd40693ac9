"""`share`: a part of a whole that contains it. A whole of 0 is no duty."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, pairs, start
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    whole = inputs.column(settings["in"])
    return pairs(
        start(column, settings, inputs), whole, lambda part, all_: None if all_ == 0 else part / all_
    )


def _say(settings: Tree, words: Words) -> str:
    part = words.source(settings["of"]) if "of" in settings else words.pick("上一步结果", "the result so far")
    whole = words.source(settings["in"])
    return words.pick(f"{part}占{whole}的比重", f"share of {part} in {whole}")


SHARE_OF = Function(
    "share",
    "占比",
    "share",
    (Parameter("of", "source", required=False), Parameter("in", "source")),
    _apply,
    _say,
    starts="with_of",
)
