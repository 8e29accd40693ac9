"""Which characters of a document no font of ours can show. A name printed as an empty box is unforgivable."""

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

from shuangbi.bulletins.content import Document, texts
from shuangbi.bulletins.writer import font_files


def missing_glyphs(document: Document, fonts: Path | None = None) -> list[tuple[str, str]]:
    """Each (character, where) that is in none of the fonts, in reading order; `where` is the path `texts` gives.

    Every face falls back on every other, so one font that has the character is enough.
    """
    shown = characters_shown(fonts)
    return [
        (character, where)
        for where, text in texts(document)
        for character in dict.fromkeys(text)
        if character != "\n" and ord(character) not in shown
    ]


@lru_cache(maxsize=4)
def characters_shown(fonts: Path | None = None) -> frozenset[int]:
    """Code points that at least one of our fonts, or of the office's own folder, can show."""
    found: set[int] = set()
    for path in font_files(fonts):
        if path.suffix.lower() in (".ttc", ".otc"):
            with TTCollection(str(path), lazy=True) as collection:
                for font in collection.fonts:
                    found.update(font.getBestCmap() or ())
        else:
            with TTFont(path, lazy=True) as font:
                found.update(font.getBestCmap() or ())
    return frozenset(found)
