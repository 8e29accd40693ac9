"""Amounts of claims: typed text into 分 or 平方米, other currencies into 分, and back into words."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from shuangbi.claims.choices import CURRENCIES, Amount
from shuangbi.foundation.errors import Refused
from shuangbi_engine.numbers import (
    LIMIT,
    NotANumber,
    decimal_text,
    half_up,
    parse_number,
    parse_quantity,
    quantity_text,
)


@dataclass(frozen=True)
class Foreign:
    """Money of another currency: minor units, and the rate in 元 for one unit of it, with its day and source."""

    currency: str
    minor: int
    rate: str
    rate_on: date
    rate_source: str

    def tidy(self) -> "Foreign":
        """The same without spaces around its texts."""
        return replace(self, rate=self.rate.strip(), rate_source=self.rate_source.strip())


def read_amount(text: str, unit: Amount) -> int:
    """分 or 平方米 out of text that names its unit: 3.2亿元, 4500万元, 300亩. Raises Refused.

    A bare number is refused: whether 1200 means 元 or 万元 is what figures are most often wrong by.
    """
    wanted = _("Write the amount with its unit, such as 3.2亿元, 4500万元 or 12000元.")
    if unit == "square_metres":
        wanted = _("Write the area with its unit, such as 300亩 or 20000平方米.")
    cleaned = text.strip()
    if not cleaned or cleaned[-1].isdigit() or not unit:
        raise Refused(wanted, field="amount")
    try:
        amount = parse_quantity(cleaned, unit)
    except NotANumber as problem:
        raise Refused(wanted, field="amount") from problem
    return amount


def checked_amount(amount: int, unit: Amount, field: str = "amount") -> int:
    """The amount, refused unless it fits its kind: above nothing where there is a unit, else none at all."""
    if not unit and amount:
        raise Refused(_("This kind of claim has no amount of its own."), field=field)
    if unit and amount <= 0:
        raise Refused(_("The amount must be more than nothing."), field=field)
    if amount > LIMIT:
        raise Refused(_("The amount is too large to be true."), field=field)
    return amount


def fen_of(foreign: Foreign) -> int:
    """What foreign money makes in 分, half up. Raises Refused for an unknown currency or a rate that is none."""
    if foreign.currency not in CURRENCIES or foreign.currency == "CNY":
        raise Refused(_("{code} is no currency we know.").format(code=foreign.currency), field="currency")
    if not 2 <= len(foreign.rate_source.strip()) <= 80 or len(foreign.rate.strip()) > 20:
        raise Refused(_("Say in a few words where the rate comes from."), field="rate_source")
    try:
        rate = parse_number(foreign.rate)
    except NotANumber as problem:
        raise Refused(_("The rate must be a number, such as 6.8101."), field="rate") from problem
    if rate <= 0:
        raise Refused(_("The rate must be more than nothing."), field="rate")
    return half_up(Fraction(foreign.minor, 10 ** CURRENCIES[foreign.currency]) * rate * 100)


def read_minor(text: str, currency: str) -> int:
    """Minor units out of a plain number of units: 1200000 USD → 120000000 cents. Raises Refused."""
    if currency not in CURRENCIES:
        raise Refused(_("{code} is no currency we know.").format(code=currency), field="currency")
    try:
        minor = parse_number(text) * 10 ** CURRENCIES[currency]
    except NotANumber as problem:
        raise Refused(_("Write the sum in {code} as a plain number.").format(code=currency), field="amount") from problem
    if minor.denominator != 1 or minor <= 0:
        raise Refused(_("The sum must be more than nothing, in whole minor units."), field="amount")
    return int(minor)


def amount_text(amount: int, unit: Amount) -> str:
    """An amount as people read it; empty where the kind has none."""
    return quantity_text(Fraction(amount), unit) if unit else ""


def typed_amount(amount: int, unit: Amount) -> str:
    """An amount written so that `read_amount` gives the same integer back."""
    if unit == "square_metres":
        return f"{amount}平方米"
    text = amount_text(amount, unit)
    return text if not text or read_amount(text, unit) == amount else f"{amount // 100}.{amount % 100:02d}元"


def minor_text(minor: int, currency: str) -> str:
    """Minor units as a plain number of units: 120000050 cents → 1200000.50."""
    places = CURRENCIES[currency]
    return decimal_text(Fraction(minor, 10**places), places)
