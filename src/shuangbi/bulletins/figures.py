"""Finished figures as a bulletin prints them: counts whole, money in 亿元 with two decimals, rates with one."""

from fractions import Fraction
from typing import Any

from shuangbi_engine.numbers import decimal_text

NONE = "—"


def shown(value: Any, unit: str) -> str:
    """A figure without its unit; a dash where nothing is asked."""
    if value is None:
        return NONE
    if unit == "fen":
        return decimal_text(Fraction(value) / 10**10, 2)
    return str(value)


def figure(value: Any, unit: str) -> str:
    """A figure with its unit in running text."""
    if value is None:
        return "未下达"
    return shown(value, unit) + ("亿元" if unit == "fen" else "个" if unit == "count" else "")


def ahead_text(ahead: str | None) -> str:
    """Points ahead of schedule with a sign; a true minus for those behind."""
    if ahead is None:
        return NONE
    if ahead.startswith("-"):
        return "－" + ahead[1:]
    return "0.0" if ahead.strip("0.") == "" else f"＋{ahead}"


def names(units: list[str]) -> str:
    """Units in a sentence."""
    return "、".join(units)
