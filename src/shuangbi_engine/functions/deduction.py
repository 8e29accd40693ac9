"""`deduction`: from full marks, so many points for each case, never below a floor.

A line may deduct for each unit short of `below` or beyond `above` instead of for each case. Cases nobody recorded
are none; if no line has a value at all there is no duty.
"""

from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(_column: Column, settings: Tree, inputs: Inputs) -> Column:
    columns = [(line, inputs.column(line["of"])) for line in settings["each"]]
    return {
        name: _left([(line, values.get(name)) for line, values in columns], settings)
        for name in inputs.participants
    }


def _left(cases: list[tuple[Tree, Fraction | None]], settings: Tree) -> Fraction | None:
    there = [(line, value) for line, value in cases if value is not None]
    if not there:
        return None
    full, floor = Fraction(settings["from"]), Fraction(settings["floor"])
    return max(
        full - sum((line["points"] * _units(line, value) for line, value in there), Fraction(0)), floor
    )


def _units(line: Tree, value: Fraction) -> Fraction:
    if "below" in line:
        return max(Fraction(0), Fraction(line["below"]) - value)
    return max(Fraction(0), value - Fraction(line.get("above", 0)))


def _say(settings: Tree, words: Words) -> str:
    texts = []
    for line in settings["each"]:
        title, points = words.source(line["of"]), short_text(line["points"])
        if "below" in line:
            low = short_text(line["below"])
            texts.append(
                words.pick(f"{title}每比{low}少一个扣{points}分", f"{points} for each {title} short of {low}")
            )
        elif "above" in line:
            high = short_text(line["above"])
            texts.append(
                words.pick(f"{title}每比{high}多一个扣{points}分", f"{points} for each {title} beyond {high}")
            )
        else:
            texts.append(words.pick(f"{title}每个扣{points}分", f"{points} for each {title}"))
    full, floor = short_text(settings["from"]), short_text(settings["floor"])
    text = words.pick("、", ", ").join(texts)
    return words.pick(f"基础{full}分，{text}，最低{floor}分", f"from {full} deduct {text}, not below {floor}")


DEDUCTION = Function(
    "deduction",
    "扣分",
    "deduction",
    (
        Parameter("from", "number"),
        Parameter(
            "each",
            "rows",
            fields=(
                Parameter("of", "source"),
                Parameter("points", "number"),
                Parameter("below", "number", required=False),
                Parameter("above", "number", required=False),
            ),
        ),
        Parameter("floor", "number"),
    ),
    _apply,
    _say,
    starts="always",
)
