"""Is this project known already? Names by trigrams, the firm by its credit code, the site by its text. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from uuid import UUID

from shuangbi.foundation.search import normalise

LIKELY = Fraction(7, 10)
LIKELY_WITH_HINT = Fraction(1, 2)
# Words that say nothing about which project it is.
FILLERS = ("有限责任公司", "股份有限公司", "有限公司", "建设项目", "项目", "工程")


def duplicate_key(name: str) -> str:
    """The name without case, width, blanks, signs and words that every name has; never empty for a real name."""
    plain = "".join(c for c in normalise(name) if c.isalnum())
    short = plain
    for word in FILLERS:
        short = short.replace(word, "")
    return (short or plain)[:120]


@lru_cache(maxsize=8192)
def trigrams(key: str) -> frozenset[str]:
    """All runs of three characters, with the edges marked."""
    padded = f"^^{key}$"
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def similarity(one: str, other: str) -> Fraction:
    """Shared trigrams as a part of all: 0 to 1, exactly. Two empty keys are not alike."""
    if not one or not other:
        return Fraction(0)
    left, right = trigrams(one), trigrams(other)
    return Fraction(len(left & right), len(left | right))


@dataclass(frozen=True)
class Known:
    """What a project is compared by."""

    id: UUID
    key: str
    investor_code: str = ""
    site: str = ""


@dataclass(frozen=True)
class Likeness:
    """A project that this one may repeat. `sure`: the same name, which nobody gives twice by chance."""

    id: UUID
    similarity: Fraction
    same_firm: bool
    same_site: bool

    @property
    def sure(self) -> bool:
        return self.similarity == 1


def likely_duplicates(new: Known, known: Iterable[Known]) -> list[Likeness]:
    """Those that look like `new`, the likest first: alike by name alone, or half alike with the same firm or site."""
    found = []
    site = duplicate_key(new.site)
    for other in known:
        if other.id == new.id:
            continue
        alike = similarity(new.key, other.key)
        same_firm = bool(new.investor_code) and new.investor_code == other.investor_code
        same_site = bool(site) and site == duplicate_key(other.site)
        if alike >= LIKELY or (alike >= LIKELY_WITH_HINT and (same_firm or same_site)):
            found.append(Likeness(other.id, alike, same_firm, same_site))
    return sorted(found, key=lambda like: (-like.similarity, str(like.id)))
