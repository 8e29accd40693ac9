"""Numbers as they are written: digits with commas, Chinese numerals, 万 and 亿. Exact, as fractions."""

from fractions import Fraction

from shuangbi.exchange.figures.model import Number

DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2, "廿": 20}
SMALL = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"千": 10**3, "万": 10**4, "亿": 10**8}
TENS = {"十": 10, "百": 100, "千": 1000}

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15})(?:\.\d{1,6})?"
CHINESE = r"[一二三四五六七八九十百千两廿零〇]{1,9}(?:点[一二三四五六七八九零]{1,4})?"
MULTIPLIER = r"(?:万亿|[十百千]?亿|[十百千]?万|千)"


def value(text: str) -> Fraction:
    """8,250 · 46.2 · 三十六 · 两百 · 十二点五 as a fraction."""
    if text[0].isdecimal():
        return Fraction(text.replace(",", ""))
    whole, _, decimals = text.partition("点")
    result = Fraction(chinese_integer(whole))
    for place, character in enumerate(decimals, 1):
        result += Fraction(DIGITS[character], 10**place)
    return result


def chinese_integer(text: str) -> int:
    """一百零八 is 108, 百 alone is 100, and 二〇三一, having no 十 or 百, is read digit by digit."""
    if not any(c in SMALL for c in text):
        return int("".join(str(DIGITS[c]) for c in text) or "0")
    total, digit = 0, 0
    for character in text:
        if character in SMALL:
            total += (digit or 1) * SMALL[character] if digit or not total else 0
            digit = 0
        else:
            digit = DIGITS[character]
            if character == "廿":
                total, digit = total + 20, 0
    return total + digit


def multiplied(text: str | None) -> int:
    """The factor of 万, 亿, 千万, 百亿 or 万亿; 1 when there is none."""
    factor = 1
    for character in text or "":
        factor *= MULTIPLIERS.get(character, TENS.get(character, 1))
    return factor


def plain(number: Fraction) -> Number:
    """A whole number as int, anything else as the exact decimal in text."""
    if number.denominator == 1:
        return number.numerator
    for places in range(1, 25):
        scaled = number * 10**places
        if scaled.denominator == 1:
            sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return str(number)


def rounded(number: Fraction) -> int:
    """Half up to a whole number: square metres made of 亩 are seldom whole."""
    return int((2 * number + 1) // 2)


def per_cent(number: Fraction) -> str:
    """A rate as written, with at least one decimal: 75.0, 79.65."""
    written = plain(number)
    return f"{written}.0" if isinstance(written, int) else written
