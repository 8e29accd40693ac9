"""`clamp`: all caps and floors; it acts where it stands in the chain."""

from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, each
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, _inputs: Inputs) -> Column:
    return each(column, lambda value: limited(value, settings.get("low"), settings.get("high")))


def limited(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    """The value within its limits."""
    if high is not None and value > high:
        return high
    return low if low is not None and value < low else value


def _say(settings: Tree, words: Words) -> str:
    parts = []
    if "low" in settings:
        low = short_text(settings["low"])
        parts.append(words.pick(f"最低{low}", f"at least {low}"))
    if "high" in settings:
        high = short_text(settings["high"])
        parts.append(words.pick(f"最高{high}", f"at most {high}"))
    return words.pick("、", ", ").join(parts)


CLAMP = Function(
    "clamp",
    "限幅",
    "clamp",
    (Parameter("low", "number", required=False), Parameter("high", "number", required=False)),
    _apply,
    _say,
)
