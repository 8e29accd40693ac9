"""One sentence: its text with time expressions blanked, its quantities, and the clauses around a place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shuangbi.exchange.figures.periods import Time, times
from shuangbi.exchange.figures.quantities import Quantity, quantities

END = re.compile(r"[。!?\n]|;(?=\n)|\.{3,}|…+")
HAS_NUMBER = re.compile(r"[\d一二三四五六七八九十百两亿]")
CLAUSE = ",;。!?\n"
LONGEST = 1500
"""A longer stretch without a stop is cut at a comma: no prose sentence is that long, and work stays linear."""
REACH = 60
"""How many characters on either side of a number may tell what it is."""


@dataclass(slots=True)
class Sentence:
    """`text` is `raw` with its times blanked by as many spaces, so that places agree with the whole text."""

    text: str
    raw: str
    base: int
    new_paragraph: bool
    times: list[Time]
    quantities: list[Quantity]
    bands: set[int] = field(default_factory=set)
    """Starts of the quantities that are size bands, no money of their own."""

    def lead(self, quantity: Quantity, over_bands: bool = False) -> str:
        """What stands before a number, back to the number before it or the clause's begin."""
        return self.text[self._lead_start(quantity, over_bands) : quantity.start]

    def _lead_start(self, quantity: Quantity, over_bands: bool) -> int:
        start = max(quantity.start - REACH, 0, *(self.text.rfind(c, 0, quantity.start) + 1 for c in ",;"))
        opened = self.text.rfind("(", start, quantity.start) + 1
        if opened and ")" not in self.text[opened : quantity.start]:
            start = opened
        for other in self.quantities:
            if other.end <= quantity.start and not (over_bands and other.start in self.bands):
                start = max(start, other.end)
        return start

    def tail(self, quantity: Quantity) -> str:
        """What stands behind a number, up to the next number or the clause's end."""
        end = min(quantity.end + REACH, len(self.text))
        for other in self.quantities:
            if other.start >= quantity.end:
                end = min(end, other.start)
                break
        piece = self.text[quantity.end : end]
        return re.split(r"[,;:)。!?\n]", piece, maxsplit=1)[0]

    def next(self, quantity: Quantity) -> Quantity | None:
        """The number after this one."""
        return next((q for q in self.quantities if q.start >= quantity.end), None)

    def previous(self, quantity: Quantity) -> Quantity | None:
        """The number before this one."""
        return next((q for q in reversed(self.quantities) if q.end <= quantity.start), None)

    def between(self, first: Quantity, second: Quantity) -> str:
        """The text between two numbers."""
        return self.text[first.end : second.start]

    def clause_before(self, place: int) -> str:
        """The clause before the one a place stands in; empty when it holds a number other than an area."""
        here = max(self.text.rfind(c, 0, place) for c in ",;(")
        if here < 0:
            return ""
        start = max(self.text.rfind(c, 0, here) + 1 for c in ",;")
        if self.text[here] != "," or any(
            start <= q.start < here and q.kind != "area" for q in self.quantities
        ):
            return ""
        return self.text[start:here]


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a squeezed text in order; those without any number too, for they may set the time."""
    base, new_paragraph = 0, True
    ends = [match.end() for match in END.finditer(text)]
    for end in [*ends, len(text)]:
        while end - base > LONGEST:
            comma = text.rfind(",", base + LONGEST // 2, base + LONGEST)
            cut = comma + 1 if comma >= 0 else base + LONGEST
            yield _sentence(text[base:cut], base, new_paragraph)
            base, new_paragraph = cut, False
        piece = text[base:end]
        if piece.strip():
            yield _sentence(piece, base, new_paragraph)
            new_paragraph = False
        if piece.endswith("\n"):
            new_paragraph = True
        base = end


def _sentence(text: str, base: int, new_paragraph: bool) -> Sentence:
    if not HAS_NUMBER.search(text):
        return Sentence(text, text, base, new_paragraph, [], [])
    found, raw = times(text), text
    for time in found:
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return Sentence(text, raw, base, new_paragraph, found, quantities(text))
