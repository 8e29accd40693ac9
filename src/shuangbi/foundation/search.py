"""How text is searched and sorted: NFKC lower case, full pinyin as the sort key, initials for quick finding."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from pypinyin import Style, lazy_pinyin

Rows = TypeVar("Rows", bound=QuerySet[Any])

# Surnames that are read otherwise than the same character in a word. pypinyin reads words, not families.
SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "曾": "zeng", "区": "ou", "任": "ren", "盖": "ge", "华": "hua",
    "朴": "piao", "翟": "zhai", "尉迟": "yu chi", "万俟": "mo qi", "澹台": "tan tai", "缪": "miao", "燕": "yan",
    "员": "yun", "乐": "yue", "宁": "ning", "种": "chong", "覃": "qin",
    "那": "na", "能": "nai", "撒": "sa", "冼": "xian", "逄": "pang", "宓": "mi", "谌": "chen",
}


def normalise(text: str) -> str:
    """NFKC, lower case, one space between words, none around."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=8192)
def pinyin_keys(text: str, person: bool = False) -> tuple[str, str]:
    """The full pinyin (for order) and the initials (for search). `person`: the first characters are a surname."""
    plain = normalise(text)
    family = next((name for name in (plain[:2], plain[:1]) if person and name in SURNAMES), "")
    given = plain[len(family) :]
    syllables = SURNAMES[family].split() if family else []
    syllables += [part for piece in lazy_pinyin(given) for part in piece.split()]
    initials = "".join(part[0] for part in SURNAMES[family].split()) if family else ""
    initials += "".join(lazy_pinyin(given, style=Style.FIRST_LETTER)).replace(" ", "")
    return " ".join(syllables)[:200], initials[:60]


def search_filter(rows: Rows, text: str, fields: Iterable[str]) -> Rows:
    """Rows in which every word of the text stands in some field; the same on both databases.

    Fields hold names as typed, search keys (normalised) or pinyin initials; case does not matter.
    """
    for word in normalise(text)[:100].split():
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(either)
    return rows
