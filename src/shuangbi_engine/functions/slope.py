"""`slope`: a start at an anchor, points for each unit above and below it, changing from band to band.

A band reaches to `to` (in the column's own terms); without it the band is open. Beyond the last band nothing is added.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, each, start
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree

_BAND = (
    Parameter("to", "number", required=False),
    Parameter("points", "number"),
    Parameter("per", "number", required=False),
)


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    def points(value: Fraction) -> Fraction:
        anchor: Fraction = settings["anchor"]
        if value >= anchor:
            gained = _points(value - anchor, anchor, settings.get("up", ()), settings)
            return Fraction(settings["start"]) + gained
        return Fraction(settings["start"]) - _points(
            anchor - value, anchor, settings.get("down", ()), settings
        )

    return each(start(column, settings, inputs), points)


def _points(distance: Fraction, anchor: Fraction, bands: Sequence[Tree], settings: Tree) -> Fraction:
    total, done = Fraction(0), Fraction(0)
    for band in bands:
        reach = abs(band["to"] - anchor) if "to" in band else distance
        length = min(distance, reach) - done
        if length <= 0:
            break
        units = length / band.get("per", settings["per"])
        total += band["points"] * (units if settings["partial"] == "continuous" else floor(units))
        done += length
    return total


def _say_bands(bands: Sequence[Tree], settings: Tree, words: Words) -> str:
    texts = []
    for band in bands:
        per, points = short_text(band.get("per", settings["per"])), short_text(band["points"])
        until = (
            words.pick(f"至{short_text(band['to'])}", f" up to {short_text(band['to'])}")
            if "to" in band
            else ""
        )
        texts.append(words.pick(f"{until}每{per}计{points}分", f"{points} per {per}{until}"))
    return words.pick("、", ", ").join(texts)


def _say(settings: Tree, words: Words) -> str:
    anchor, begin = short_text(settings["anchor"]), short_text(settings["start"])
    parts = [words.pick(f"达到{anchor}得{begin}分", f"{begin} points at {anchor}")]
    if settings.get("up"):
        bands = _say_bands(settings["up"], settings, words)
        parts.append(words.pick(f"超出部分{bands}加分", f"above it plus {bands}"))
    if settings.get("down"):
        bands = _say_bands(settings["down"], settings, words)
        parts.append(words.pick(f"不足部分{bands}扣分", f"below it minus {bands}"))
    return words.pick("，", ", ").join(parts)


SLOPE = Function(
    "slope",
    "分段加减分",
    "slope",
    (
        Parameter("of", "source", required=False),
        Parameter("anchor", "number"),
        Parameter("start", "number"),
        Parameter("per", "number"),
        Parameter("partial", "choice", choices=("continuous", "whole")),
        Parameter("up", "rows", required=False, fields=_BAND),
        Parameter("down", "rows", required=False, fields=_BAND),
    ),
    _apply,
    _say,
    starts="with_of",
)
