"""How text is searched and sorted: NFKC lower case, full pinyin as the sort key, initials for quick finding."""

import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin


def normalise(text: str) -> str:
    """NFKC, lower case, no space around."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


@lru_cache(maxsize=4096)
def pinyin_keys(text: str) -> tuple[str, str]:
    """The full pinyin (for order) and the initials (for search) of a text."""
    plain = normalise(text)
    full = " ".join(lazy_pinyin(plain))
    initials = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
    return full[:200], initials[:60]
