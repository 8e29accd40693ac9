"""`blend`: a weighted sum of chains. Where the cap stands, on the sum or on each part, must be said."""

from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words
from shuangbi_engine.numbers import short_text
from shuangbi_engine.scheme import Tree


def _apply(_column: Column, settings: Tree, inputs: Inputs) -> Column:
    parts = [(part["weight"], inputs.chain(part["steps"])) for part in settings["parts"]]
    return {
        name: _sum([(weight, column.get(name)) for weight, column in parts], settings["missing_part"])
        for name in inputs.participants
    }


def _sum(parts: list[tuple[Fraction, Fraction | None]], missing_part: str) -> Fraction | None:
    there = [(weight, value) for weight, value in parts if value is not None]
    if not there or (missing_part == "missing" and len(there) < len(parts)):
        return None
    total = sum((weight * value for weight, value in there), Fraction(0))
    weights = sum((weight for weight, _ in there), Fraction(0))
    if missing_part == "reweight" and weights:
        total *= sum((weight for weight, _ in parts), Fraction(0)) / weights
    return total


def _say(settings: Tree, words: Words) -> str:
    weights = " : ".join(short_text(part["weight"]) for part in settings["parts"])
    cap = {
        "on_sum": words.pick("合成后封顶", "the cap is on the sum"),
        "on_parts": words.pick("各部分先封顶", "the cap is on each part"),
        "none": words.pick("不封顶", "without a cap"),
    }[settings["cap"]]
    missing = {
        "reweight": words.pick("缺项的权重分摊", "weights of missing parts are shared out"),
        "zero": words.pick("缺项计零", "missing parts are zero"),
        "missing": words.pick("缺一项即不计", "one missing part makes all missing"),
    }[settings["missing_part"]]
    count = len(settings["parts"])
    return words.pick(
        f"{count}部分按 {weights} 合成（{cap}，{missing}）",
        f"{count} parts blended {weights} ({cap}; {missing})",
    )


BLEND = Function(
    "blend",
    "合成",
    "blend",
    (
        Parameter("cap", "choice", choices=("on_sum", "on_parts", "none")),
        Parameter("missing_part", "choice", choices=("reweight", "zero", "missing")),
        Parameter("parts", "rows", fields=(Parameter("weight", "number"), Parameter("steps", "steps"))),
    ),
    _apply,
    _say,
    starts="always",
)
