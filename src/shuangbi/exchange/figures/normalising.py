"""A text as people publish it made plain: full width, traditional characters, tags, pinyin notes and stray spaces
are taken out, and every place in the result knows where it came from."""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

BLOCKS = [
    "p",
    "br",
    "div",
    "tr",
    "li",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "title",
    "section",
    "article",
    "dd",
    "dt",
    "hr",
]
NOISE = re.compile(
    r"(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,12})(?:[\s/][^<>]{0,400})?>|<!--[^<>]{0,400}-->)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});)"
    r"|(?P<pinyin>(?<=[\u4e00-\u9fff])[((][a-zü\u00e0-\u01dc\u0300-\u036f' ]{1,30}[))])"
    r"|(?P<hidden>[\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffd\u00ad]+)"
)
SILENT = re.compile(r"<(script|style)\b", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\f\v|]+")
LINE_IN_NUMBER = re.compile(r"(?<=[\d.])\n(?=[亿万元个项%亩家])")
DASHES = dict.fromkeys(map(ord, "—–―─~〜﹣−"), "-")
SAME = {ord("㎡"): "㎡", ord("㎢"): "㎢", ord("…"): "…"}


@dataclass(frozen=True, slots=True)
class Plain:
    """Text made of pieces of an original; `starts` are places here, `sources` the same places there."""

    text: str
    starts: list[int]
    sources: list[int]
    lengths: dict[int, int]
    """Places here that stand for more than one character there (entities)."""

    def source(self, place: int) -> int:
        """Where the character at `place` stands in the original."""
        piece = bisect_right(self.starts, place) - 1
        return self.sources[piece] + place - self.starts[piece]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that `start:end` stands for."""
        return self.source(start), self.source(end - 1) + self.lengths.get(end - 1, 1)


def normalise(original: str) -> Plain:
    """Simplified characters, half-width signs, tags as line or cell breaks. Spaces stay, for tables."""
    text = original.translate(_table(frozenset(original)))
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    lengths: dict[int, int] = {}
    size = 0

    def keep(piece: str, source: int) -> None:
        nonlocal size
        if piece:
            pieces.append(piece)
            starts.append(size)
            sources.append(source)
            size += len(piece)

    last = 0
    silent_until = 0
    unclosed: set[str] = set()  # script or style that no end follows: looking again each time would be slow
    for found in NOISE.finditer(text):
        if found.start() < max(last, silent_until):
            continue
        keep(text[last : found.start()], last)
        last = found.end()
        if found["tag"]:
            if SILENT.match(found["tag"]):
                name = found["name"]
                close = -1 if name in unclosed else text.find(f"</{name}", last)
                if close < 0:
                    unclosed.add(name)
                last = silent_until = max(close, last)
            else:
                keep(_break(found["name"]), found.start())
        elif found["entity"]:
            character = html.unescape(found["entity"])[:1]
            if not character.startswith("&"):
                lengths[size] = len(found["entity"])
            keep(
                " " if character in "\xa0&" else character.translate(_table(frozenset(character))),
                found.start(),
            )
    keep(text[last:], last)
    return Plain("".join(pieces), starts or [0], sources or [0], lengths)


def squeeze(plain: Plain) -> Plain:
    """The same without spaces, but for those that part two numbers or two words in letters."""
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    lengths: dict[int, int] = {}
    text = LINE_IN_NUMBER.sub(" ", plain.text)
    last = size = 0

    def keep(start: int, end: int) -> None:
        nonlocal size
        # Pieces must not straddle a break of the text below, so that offsets stay those of one original.
        while start < end:
            piece = bisect_right(plain.starts, start) - 1
            stop = min(end, plain.starts[piece + 1]) if piece + 1 < len(plain.starts) else end
            pieces.append(text[start:stop])
            starts.append(size)
            sources.append(plain.source(start))
            if start in plain.lengths:
                lengths[size] = plain.lengths[start]
            size += stop - start
            start = stop

    for found in SPACES.finditer(text):
        if _parts_numbers(text, found.start(), found.end()):
            continue
        keep(last, found.start())
        last = found.end()
    keep(last, len(text))
    return Plain("".join(pieces), starts or [0], sources or [0], lengths)


def _parts_numbers(text: str, start: int, end: int) -> bool:
    """Whether the space between two numbers or letters must stay. A broken number, `2 .6亿` or `5 8.3亿`, is joined:
    it has Chinese right before it and a unit right behind."""
    if start == 0 or end >= len(text):
        return False
    before, after = text[start - 1], text[end]
    if not (before.isascii() and after.isascii() and before.isalnum() and after.isalnum()):
        return False
    if not (before.isdecimal() and after.isdecimal()):
        return True
    left = re.search(r"([\u4e00-\u9fff] ?)\d{1,4}$", text[max(0, start - 7) : start])
    right = re.match(r"\d{1,4}(?:\.\d{1,4})? ?(?:[万亿元个项家宗亩%㎡]|平方)", text[end : end + 14])
    return not (left and right and end - start == 1)


def _break(name: str | None) -> str:
    lower = (name or "").lower()
    return "\n" if lower in BLOCKS else "\t" if lower in ("td", "th") else ""


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _table(characters: frozenset[str]) -> dict[int, str]:
    """One character to one character, so that offsets survive: width, compatibility forms, traditional forms."""
    folded = {c: _folded(c) for c in characters if not c.isascii()}
    chinese = sorted({f for f in folded.values() if "\u3400" <= f <= "\u9fff"})
    simple = (
        dict(zip(chinese, _converter().convert("\n".join(chinese)).split("\n"), strict=False))
        if chinese
        else {}
    )
    table = {ord(c): simple[f] if len(simple.get(f, "")) == 1 else f for c, f in folded.items()}
    return {**table, **DASHES, **SAME}


def _folded(character: str) -> str:
    if unicodedata.category(character) == "No":
        return " "  # ① and ² are no figures
    if unicodedata.category(character) in ("Zs", "Cs"):
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character
