"""Exact quantities and the only rounding there is.

Money is an integer of 分, area of 平方米, points and shares of 1/10000; whatever lies between is a `Fraction`.
"""

import re
from fractions import Fraction
from typing import Literal

SHARE = 10_000
"""One whole: a share of 100 %, a count of one, one point."""

LIMIT = 2**62
"""No sum may exceed this, so that every database gives the same 64-bit integers."""

Unit = Literal["count", "fen", "square_metres", "number"]
UNITS: tuple[Unit, ...] = ("count", "fen", "square_metres", "number")

_SIZES: dict[str, dict[str, Fraction]] = {
    "fen": {
        "分": Fraction(1),
        "元": Fraction(100),
        "万元": Fraction(10**6),
        "万": Fraction(10**6),
        "亿元": Fraction(10**10),
        "亿": Fraction(10**10),
    },
    "square_metres": {
        "平方米": Fraction(1),
        "m2": Fraction(1),
        "㎡": Fraction(1),
        "亩": Fraction(2000, 3),
        "公顷": Fraction(10_000),
    },
    "count": {"": Fraction(1), "个": Fraction(1), "项": Fraction(1)},
}

_NUMBER = re.compile(r"([+-]?)([0-9][0-9,]{0,29})(?:\.([0-9]{1,30}))?(?:/([0-9]{1,30}))?")


class NotANumber(ValueError):
    """A text that was to be a quantity and is none."""


class TooLarge(ArithmeticError):
    """A sum beyond 2^62: refused rather than computed differently on different databases."""


def half_up(value: Fraction) -> int:
    """The nearest integer; a half goes away from zero (四舍五入), so a deduction mirrors a bonus."""
    doubled = 2 * abs(value.numerator) + value.denominator
    whole = doubled // (2 * value.denominator)
    return whole if value.numerator >= 0 else -whole


def to_points(value: Fraction) -> int:
    """A number of points as an integer of 1/10000: the one rounding of a score sheet."""
    return half_up(value * SHARE)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """The value at so many decimals, half up, still exact."""
    scale = 10**decimals
    return Fraction(half_up(value * scale), scale)


def decimal_text(value: Fraction, decimals: int) -> str:
    """Half up at exactly so many decimals: 1/3 → 0.3333 with four."""
    scale = 10**decimals
    whole, rest = divmod(abs(half_up(value * scale)), scale)
    sign = "-" if half_up(value * scale) < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def short_text(value: Fraction, decimals: int = 4) -> str:
    """Like `decimal_text`, trailing zeros dropped: 75.0 → 75, 93.50 → 93.5."""
    text = decimal_text(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def points_text(points: int, decimals: int = 4) -> str:
    """Points in 1/10000 as text; four decimals are exact."""
    return decimal_text(Fraction(points, SHARE), decimals)


def rate(actual: Fraction, target: Fraction | None) -> Fraction | None:
    """Actual as a part of the target (1 = 100 %); None where there is no target to compare with."""
    return None if not target else actual / target


def percent_text(value: Fraction, decimals: int = 1) -> str:
    """A rate in per cent: 43/46 → 93.5."""
    return decimal_text(value * 100, decimals)


def parse_number(text: str) -> Fraction:
    """A plain number, a fraction or a percentage, exactly: 0.5, 5/3, 93.5%, 1,200."""
    cleaned = text.strip().replace("％", "%")
    percent = cleaned.endswith("%")
    match = _NUMBER.fullmatch(cleaned.removesuffix("%").rstrip())
    if match is None:
        raise NotANumber(text)
    sign, whole, decimals, divisor = match.groups()
    digits = whole.replace(",", "") + (decimals or "")
    value = Fraction(int(digits), 10 ** len(decimals or ""))
    if divisor is not None:
        if int(divisor) == 0:
            raise NotANumber(text)
        value /= int(divisor)
    if percent:
        value /= 100
    return -value if sign == "-" else value


def parse_quantity(text: str, unit: Unit) -> int:
    """Base units out of text with its unit: 1.2亿元 → 分, 300亩 → 平方米, 15 → 15; a bare number is in base units.

    亩 becomes whole square metres half up; money finer than 分, counts with decimals and what no database could
    hold (beyond 2^62) are refused.
    """
    cleaned = text.strip()
    if len(cleaned) < 18 and cleaned.isascii() and cleaned.isdigit():
        return int(cleaned)
    sizes = _SIZES.get(unit, {})
    suffix = max((name for name in sizes if name and cleaned.endswith(name)), key=len, default="")
    value = parse_number(cleaned.removesuffix(suffix)) * sizes.get(suffix, Fraction(1))
    if abs(value) > LIMIT or (value.denominator != 1 and unit != "square_metres"):
        raise NotANumber(text)
    return half_up(value)


def quantity_text(value: Fraction, unit: Unit) -> str:
    """A quantity as people read it: 分 as 亿元, 万元 or 元, 平方米 as 亩 from one 亩 upwards."""
    if unit == "fen":
        size = abs(value)
        for name in ("亿元", "万元"):
            if size >= _SIZES["fen"][name]:
                return short_text(value / _SIZES["fen"][name]) + name
        return short_text(value / 100, 2) + "元"
    if unit == "square_metres":
        mu = _SIZES["square_metres"]["亩"]
        return short_text(value / mu, 2) + "亩" if abs(value) >= mu else short_text(value) + "平方米"
    return short_text(value)


def within_limit(total: int) -> int:
    """The sum itself, refused beyond 2^62."""
    if abs(total) > LIMIT:
        raise TooLarge(total)
    return total
