"""`rank`: the place within the group; equal values share it and the next is skipped (1, 2, 2, 4)."""

from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, each, present, start
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    own = start(column, settings, inputs)
    sign = -1 if settings["order"] == "highest_first" else 1
    places: dict[Fraction, int] = {}
    for place, value in enumerate(sorted(sign * value for value in present(own)), start=1):
        places.setdefault(value, place)
    return each(own, lambda value: Fraction(places[sign * value]))


def _say(settings: Tree, words: Words) -> str:
    if settings["order"] == "highest_first":
        return words.pick("组内由高到低排位", "place in the group, highest first")
    return words.pick("组内由低到高排位", "place in the group, lowest first")


RANK = Function(
    "rank",
    "排位",
    "rank",
    (
        Parameter("of", "source", required=False),
        Parameter("order", "choice", choices=("highest_first", "lowest_first")),
    ),
    _apply,
    _say,
    starts="with_of",
)
