"""Integers of the ledger as text for people: 分 as 亿元, ㎡ as 亩, 1/10000 as points and rates. Exact, half up by the engine."""

from datetime import date, datetime
from fractions import Fraction

from shuangbi.foundation.clock import SHANGHAI
from shuangbi_engine.numbers import SHARE, decimal_text

NOTHING = "–"

# How many 分 make one of the unit; how many ㎡.
MONEY_UNITS = {"元": Fraction(100), "万元": Fraction(10**6), "亿元": Fraction(10**10)}
AREA_UNITS = {"㎡": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10**4)}


def fixed(value: Fraction, decimals: int, *, grouped: bool = True) -> str:
    """A number with exactly so many decimals, half up (away from zero), thousands grouped unless told otherwise."""
    sign, text = "", decimal_text(value, decimals)
    if text.startswith("-"):
        sign, text = "-", text[1:]
    whole, point, rest = text.partition(".")
    return sign + (f"{int(whole):,}" if grouped else whole) + point + rest


def money_text(fen: int, unit: str = "万元", decimals: int = 2) -> str:
    """分 in the unit, without its name: it stands in the head of the column."""
    return fixed(Fraction(fen) / MONEY_UNITS[unit], decimals)


def area_text(square_metres: int, unit: str = "亩", decimals: int = 2) -> str:
    """㎡ in the unit; one 亩 is 2000/3 ㎡."""
    return fixed(Fraction(square_metres) / AREA_UNITS[unit], decimals)


def points_text(points: int | Fraction, decimals: int = 2) -> str:
    """Points: an integer counts 1/10000, a fraction stands for itself."""
    return fixed(_whole(points), decimals)


def rate_text(rate: int | Fraction, decimals: int = 1) -> str:
    """A rate in per cent: an integer counts 1/10000 (17333 is 173.3%), a fraction stands for itself."""
    return fixed(_whole(rate) * 100, decimals) + "%"


def _whole(value: int | Fraction) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(value, SHARE)


def day_text(value: date | datetime) -> str:
    """A day as 2020-10-20; of a moment, its day in Shanghai."""
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    return value.isoformat()


def moment_text(value: datetime) -> str:
    """A moment as 2020-10-20 09:00, in Shanghai."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
