"""Quantities of one sentence: counts, money, rates, areas and prices with their qualifiers. What they mean for a
fact is not decided here."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from shuangbi.exchange.figures.numerals import ARABIC, CHINESE, MULTIPLIER, multiplied, value

NUMBER = f"(?:{ARABIC}|{CHINESE})"
METRE = "(?:平方米|平米|㎡|m2|m²|平方(?!公里|千米)|平(?=/|每|[,。;)]))"
CURRENCIES = {
    "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD", "欧元": "EUR", "日元": "JPY", "韩元": "KRW",
    "英镑": "GBP", "新元": "SGD", "新台币": "TWD", "澳元": "AUD",
}  # fmt: skip
MONEY = f"(?:元人民币|元|人民币|{'|'.join(CURRENCIES)})"
PER = f"(?:/|每)(?:{METRE}|亩)(?:[/·•.每]?(?:月|天|日|年))?"
AREA = f"(?:{METRE}|亩|公顷|平方公里|平方千米|㎢|km2)"
COUNT = "(?:个地块|[个家宗户幅]|项(?!目))"
QUANTITY = re.compile(
    rf"(?<![\d.第A-Za-z])(?<![A-Za-z\d]-)(?P<low>{NUMBER})(?P<low_vague>[多余])?(?P<low_factor>{MULTIPLIER})?"
    rf"(?:(?<=亿)(?P<more>{NUMBER})(?P<more_factor>[十百千]?万)(?=元|美元|港元|欧元))?"
    rf"(?:(?P<low_unit>{AREA}|元)?(?:-{{1,2}}|至|到)(?P<high>{NUMBER})(?P<high_factor>{MULTIPLIER})?)?"
    rf"(?P<vague>[多余])?"
    rf"(?:(?P<points>个百分点)|(?P<rate>%)|(?P<price>{MONEY}(?:人民币)?{PER})|(?P<money>{MONEY})|(?P<area>{AREA})|(?P<count>{COUNT})"
    r"|(?P<bare>(?<=亿)(?=[,.。;:!?、()的,以级左上项余多的合其和]|$)|(?<=[\d]万)(?=[,。;、)]|$)))"
    r"|百分之(?P<hundredths>" + NUMBER + r")"
    r"|(?P<one>(?<![\d.万千百十两几数一二三四五六七八九多余])亿元)"
)
OVER = r"(?:超过|超出|超|逾|突破|不低于|不少于|不小于|高于|多于|大于|(?<![通经])过|至少)"
UNDER = r"(?:不超过|接近|将近|近|不足|不到|少于|低于|小于|最多)"
ABOUT = r"(?:大约|约合|(?<![签合预节])约为?|大概|左右)"
PREFIX = re.compile(rf"(?:(?P<under>{UNDER})|(?P<over>{OVER})|(?P<about>{ABOUT}))(?:了|共|达到|达|为)?$")
EACH_BEFORE = re.compile(
    rf"每(?P<unit>{METRE}|亩)(?P<month>每月|月)?(?:单价|价格|租金|地价)?(?:为|达|约|仅|是)*$"
)
MONTHLY_BEFORE = re.compile(r"(?:每月|月租金?)(?:为|约|仅)?$")
MOST = 48
"""More quantities than this in one sentence are a table or noise, not prose; the rest is left alone."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its unit; `low` is in 万 for money, in m² for areas, in yuan or 万 per unit for prices."""

    kind: str
    """count, money, rate, points, area or price."""
    start: int
    end: int
    low: Fraction
    high: Fraction | None = None
    qualifier: str = "exact"
    currency: str = "CNY"
    unit: str = ""
    above: bool = False
    """Followed by 以上, 以下 or 级: perhaps a size band."""
    written: str = ""


def quantities(text: str) -> list[Quantity]:
    """The quantities of one sentence in order; `text` has its time expressions blanked."""
    found: list[Quantity] = []
    for match in QUANTITY.finditer(text):
        quantity = _read(match, text)
        if quantity is not None:
            found.append(_qualified(quantity, match, text))
        if len(found) == MOST:
            break
    return found


def _read(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    written = match.group()
    if match["hundredths"]:
        return Quantity("rate", start, end, value(match["hundredths"]), written=written)
    if match["one"]:
        return Quantity("money", start, end, Fraction(10000), above=True, written=written)
    low, high = _range(match)
    if match["points"]:
        return Quantity("points", start, end, low, high)
    if match["rate"]:
        return Quantity("rate", start, end, low, high, written=written)
    if match["area"]:
        factor, unit = _square_metres(match["area"])
        return Quantity("area", start, end, low * factor, high and high * factor, unit=unit)
    if match["count"]:
        if low.denominator != 1 or low == 0:
            return None
        return Quantity("count", start, end, low, high, unit=match["count"], written=written)
    return _money(match, text, low, high)


def _range(match: re.Match[str]) -> tuple[Fraction, Fraction | None]:
    """Both ends; `1至5亿元` gives 亿 to both."""
    low, high = value(match["low"]), match["high"] and value(match["high"])
    if not high:
        more = value(match["more"]) * multiplied(match["more_factor"]) if match["more"] else 0
        return low * multiplied(match["low_factor"]) + more, None
    factor = multiplied(match["high_factor"])
    low *= multiplied(match["low_factor"]) if match["low_factor"] else factor
    high *= factor
    return (low, high) if low < high else (low, None)


def _square_metres(unit: str) -> tuple[Fraction, str]:
    if unit == "亩":
        return Fraction(2000, 3), "mu"
    if unit == "公顷":
        return Fraction(10000), "ha"
    if unit in ("平方公里", "平方千米", "㎢", "km2"):
        return Fraction(1000000), "km2"
    return Fraction(1), "m2"


def _money(match: re.Match[str], text: str, low: Fraction, high: Fraction | None) -> Quantity:
    start, end = match.span()
    unit = match["price"] or match["money"] or "元"
    before = text[max(0, start - 14) : start]
    each = EACH_BEFORE.search(before)
    if match["price"] or each:
        per = match["price"] or f"元每{each['unit']}{each['month'] or ''}" if each else match["price"]
        return _price(match, per or "", low, high, bool(MONTHLY_BEFORE.search(before)))
    currency = next((code for name, code in CURRENCIES.items() if name in unit), "CNY")
    return Quantity(
        "money", start, end, low / 10000, high and high / 10000, currency=currency, written=match.group()
    )


def _price(match: re.Match[str], per: str, low: Fraction, high: Fraction | None, monthly: bool) -> Quantity:
    """Land per 亩 in 万, everything per m² in yuan."""
    if "亩" in per:
        return Quantity("price", *match.span(), low / 10000, high and high / 10000, unit="wan/mu")
    unit = "CNY/m2"
    if monthly or "月" in per:
        unit = "CNY/m2/month"
    elif per[-1] in "天日":
        unit = "CNY/m2/day"
    elif per[-1] == "年":
        unit = "CNY/m2/year"
    return Quantity("price", *match.span(), low, high, unit=unit)


def _qualified(quantity: Quantity, match: re.Match[str], text: str) -> Quantity:
    """超, 近, 约 before; 余, 多, 左右, 以上 behind. 达 is exact."""
    qualifier, above, end = quantity.qualifier, quantity.above, quantity.end
    if before := PREFIX.search(text[max(0, quantity.start - 7) : quantity.start]):
        qualifier = before.lastgroup or qualifier
    elif match.group()[0] in "百千亿" and text[: quantity.start].endswith("上"):
        qualifier = "over"
    if match["vague"] or match["low_vague"]:
        qualifier = "over"
    after = text[end : end + 3]
    if after.startswith(("左右", "上下")):
        qualifier, end = "about", end + 2
    elif after.startswith(("余", "多")) and quantity.kind == "money":
        qualifier, end = "over", end + 1
    elif after.startswith(("以上", "及以上", "以下", "以内", "级")):
        above, end = True, end + (1 if after[0] == "级" else after.index("以") + 2)
        qualifier = "over" if "上" in after and qualifier == "exact" else qualifier
    return replace(quantity, qualifier=qualifier, above=above, end=end)
