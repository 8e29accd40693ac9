"""What a writer is: plain content in, bytes out. And the stamp that says what made the bytes.

A writer is a module of `writers/` with NAME, MEDIA_TYPE, SUFFIX and `render(document, fonts=None) -> bytes`; the same
document under the same renderer stamp always gives the same bytes. `fonts` is the office's own folder of fonts.
"""

import hashlib
import importlib.metadata
import json
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from shuangbi.bulletins.content import Document

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "typst" / "bulletin.typ"
_LIBRARIES = ("typst", "python-docx", "lxml", "segno")
_FONT_SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")


class Writer(Protocol):
    """The face that every module of `writers/` shows."""

    NAME: str
    MEDIA_TYPE: str
    SUFFIX: str

    def render(self, document: Document, fonts: Path | None = None) -> bytes:
        """The document as a file."""


def font_files(fonts: Path | None = None) -> tuple[Path, ...]:
    """The fonts of the office's own folder, then ours; each folder in order of path."""
    folders = [FONTS] if fonts is None else [fonts, FONTS]
    return tuple(
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _FONT_SUFFIXES
    )


def renderer_stamp(fonts: Path | None = None) -> dict[str, str]:
    """What the bytes depend on beside the content: library versions and digests of layout code and fonts.

    Equal stamps promise equal bytes. JSON-ready; `stamp_text` is its canonical form.
    """
    stamp = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    stamp["layout"] = _digest(_layout_files())
    stamp["fonts"] = _digest(font_files(fonts))
    return stamp


def stamp_text(stamp: dict[str, str]) -> str:
    """The stamp as one line, fit for comparing and storing."""
    return json.dumps(stamp, sort_keys=True, separators=(",", ":"))


def _layout_files() -> tuple[Path, ...]:
    return (HERE / "content.py", HERE / "writer.py", TEMPLATE, *sorted((HERE / "writers").rglob("*.py")))


@lru_cache(maxsize=8)
def _digest(files: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
