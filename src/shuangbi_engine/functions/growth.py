"""`growth`: x ÷ previous − 1. Without a previous value above 0 there is no duty."""

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, pairs, start
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    before = inputs.column(settings["previous"])
    return pairs(
        start(column, settings, inputs), before, lambda now, then: now / then - 1 if then > 0 else None
    )


def _say(settings: Tree, words: Words) -> str:
    now = words.source(settings["of"]) if "of" in settings else words.pick("上一步结果", "the result so far")
    before = words.source(settings["previous"])
    return words.pick(f"{now}比{before}的增长率", f"growth of {now} over {before}")


GROWTH = Function(
    "growth",
    "增长率",
    "growth",
    (Parameter("of", "source", required=False), Parameter("previous", "source")),
    _apply,
    _say,
    starts="with_of",
)
