"""`table`: bands → value; the first row whose conditions all hold. Several columns may be asked at once."""

from fractions import Fraction

from shuangbi_engine.function import LIMITS, Column, Function, Inputs, Parameter, Words, holds, say_limits
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    columns = [inputs.chain(part["steps"]) for part in settings.get("columns", ())] or [column]
    return {name: _value([values.get(name) for values in columns], settings) for name in inputs.participants}


def _value(values: list[Fraction | None], settings: Tree) -> Fraction | None:
    there = [value for value in values if value is not None]
    if len(there) < len(values):
        return None
    for row in settings["rows"]:
        conditions = row["when"]
        if all(holds(value, limits) for value, limits in zip(there, conditions, strict=True)):
            value: Fraction = row["value"]
            return value
    otherwise: Fraction = settings["otherwise"]
    return otherwise


def _say(settings: Tree, words: Words) -> str:
    joint = words.pick("且", " and ")
    rows = [
        f"{joint.join(say_limits(limits, words) for limits in row['when'])} → {short_text(row['value'])}"
        for row in settings["rows"]
    ]
    text = words.pick("；", "; ").join(rows)
    other = short_text(settings["otherwise"])
    return words.pick(f"分档：{text}；其余 {other}", f"bands: {text}; otherwise {other}")


TABLE = Function(
    "table",
    "分档",
    "table",
    (
        Parameter("columns", "rows", required=False, fields=(Parameter("steps", "steps"),)),
        Parameter(
            "rows",
            "rows",
            fields=(Parameter("when", "rows", fields=LIMITS), Parameter("value", "number")),
        ),
        Parameter("otherwise", "number"),
    ),
    _apply,
    _say,
    starts="with_of",
)
