"""`gate`: below a threshold (of the column, or of another input) the value is replaced by `otherwise`."""

from shuangbi_engine.function import (
    LIMITS,
    Column,
    Function,
    Inputs,
    Parameter,
    Words,
    holds,
    pairs,
    say_limits,
)
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    asked = inputs.column(settings["when"]) if "when" in settings else column
    return pairs(
        column, asked, lambda value, test: value if holds(test, settings["is"]) else settings["otherwise"]
    )


def _say(settings: Tree, words: Words) -> str:
    what = words.source(settings["when"]) if "when" in settings else words.pick("该值", "the value")
    limits, other = say_limits(settings["is"], words), short_text(settings["otherwise"])
    return words.pick(f"须{what} {limits}，否则得{other}", f"only if {what} {limits}, otherwise {other}")


GATE = Function(
    "gate",
    "门槛",
    "gate",
    (
        Parameter("when", "source", required=False),
        Parameter("is", "limits", fields=LIMITS),
        Parameter("otherwise", "number"),
    ),
    _apply,
    _say,
)
