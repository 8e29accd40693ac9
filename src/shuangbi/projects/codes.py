"""Codes that others give: firms (GB 32100), projects (GB/T 40058), industries (GB/T 4754), regions (GB/T 2260). Shapes only."""

import re
from datetime import date

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE = re.compile(rf"[1-9A-HJ-NP-RT-UW-Y][{CREDIT_CHARACTERS}]\d{{6}}[{CREDIT_CHARACTERS}]{{10}}")
NATIONAL_CODE = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})")
INDUSTRY_CODE = re.compile(r"[A-T](?:\d{2,4})?")
PROVINCES = frozenset(
    str(number)
    for number in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82)
)
FIRST_YEAR = 2013


def is_credit_code(text: str) -> bool:
    """A unified social credit code: 18 characters of which the last checks the others."""
    if not CREDIT_CODE.fullmatch(text):
        return False
    total = sum(CREDIT_CHARACTERS.index(c) * pow(3, place, 31) for place, c in enumerate(text[:17]))
    return CREDIT_CHARACTERS[-total % 31] == text[17]


def is_region_code(text: str) -> bool:
    """Six digits that begin with a province."""
    return len(text) == 6 and text.isascii() and text.isdigit() and text[:2] in PROVINCES


def is_industry_code(text: str) -> bool:
    """A section letter, alone or with two to four digits."""
    return bool(INDUSTRY_CODE.fullmatch(text))


def is_national_code(text: str, today: date) -> bool:
    """A national project code: blocks of 4-6-2-2-6 digits, 24 characters with hyphens; region and date must be possible.

    The first block is a year (as given until 2019) or two digits each of year and month.
    """
    found = NATIONAL_CODE.fullmatch(text)
    if not found or not text.isascii() or not is_region_code(found[2]):
        return False
    block = found[1]
    if FIRST_YEAR <= int(block) <= 2019:
        return True
    year, month = 2000 + int(block[:2]), int(block[2:])
    in_calendar = 1 <= month <= 12 and year >= FIRST_YEAR
    return (in_calendar and (year, month) <= (today.year, today.month)) or 2020 <= int(block) <= today.year


def is_marker(code: str) -> bool:
    """Whether a text may name a list or tag: 1 to 40 letters, digits, underscores and hyphens of any script."""
    return 0 < len(code) <= 40 and all(c.isalnum() or c in "_-" for c in code)
