"""Finished figures as a bulletin prints them: counts whole, money in 亿元 with two decimals, rates with one."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from shuangbi.bulletins.content import chinese_date
from shuangbi_engine.numbers import decimal_text, short_text

NONE = "—"
COUNTED = {"count": "个", "fen": "亿元", "square_metres": "亩"}
_SQUARE_METRES_OF_MU = Fraction(2000, 3)


def shown(value: Any, unit: str) -> str:
    """A figure without its unit; a dash where nothing is asked."""
    if value is None:
        return NONE
    if unit == "fen":
        return decimal_text(Fraction(value) / 10**10, 2)
    if unit == "square_metres":
        return decimal_text(Fraction(value) / _SQUARE_METRES_OF_MU, 2)
    return str(value) if isinstance(value, int) else short_text(Fraction(value))


def figure(value: Any, unit: str) -> str:
    """A figure with its unit in running text."""
    return "未下达" if value is None else shown(value, unit) + COUNTED.get(unit, "")


def announced(fen: int) -> str:
    """An announced amount with no more decimals than were said: 651.46亿元, 316亿元."""
    return short_text(Fraction(fen, 10**10)) + "亿元"


def ahead_text(ahead: str | None) -> str:
    """Points ahead of schedule with a sign; a true minus for those behind."""
    if ahead is None:
        return NONE
    if not ahead.strip("-0."):
        return "0.0"
    return f"−{ahead[1:]}" if ahead.startswith("-") else f"＋{ahead}"


def names(units: Iterable[str]) -> str:
    """Units in a sentence."""
    return "、".join(units)


def grouped(pairs: Iterable[tuple[str, str]]) -> str:
    """Units with what is said of them, equals together: 甲县（3个）、乙县、丙县（各2个）."""
    said = []
    for text, members in groupby(pairs, key=lambda pair: pair[1]):
        found = [unit for unit, _text in members]
        said.append(f"{names(found)}（{'各' if len(found) > 1 else ''}{text}）")
    return names(said)


def clauses(said: Iterable[str]) -> str:
    """Clauses as one sentence; nothing for none."""
    text = "；".join(clause for clause in said if clause)
    return f"{text}。" if text else ""


def span_text(first: date, last: date) -> str:
    """2020年9月28日至10月11日: the year again only where it changes."""
    end = f"{last.month}月{last.day}日"
    return f"{chinese_date(first)}至{end if last.year == first.year else chinese_date(last)}"
