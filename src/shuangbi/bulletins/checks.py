"""What keeps a bulletin from being issued, and what its author should look at again. Pure; words are the room's."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shuangbi.bulletins.content import Block, Document, Heading, Paragraph, Table, characters
from shuangbi.bulletins.glyphs import missing_glyphs

LONG = 5000  # characters; circulars are to be short

Code = Literal[
    "glyph_missing",  # detail: the character
    "level_skipped",  # detail: the heading
    "section_empty",  # detail: the heading
    "paragraph_empty",
    "table_empty",  # detail: the caption
    "part_missing",  # where: the part (title, masthead.name, masthead.number)
    "too_long",  # detail: the number of characters
]
WARNINGS: frozenset[Code] = frozenset(("too_long",))


@dataclass(frozen=True)
class Problem:
    """`where` is the path of the part in the document, such as "blocks[3]"; `blocking` problems refuse issuing."""

    code: Code
    where: str
    detail: str = ""

    @property
    def blocking(self) -> bool:
        return self.code not in WARNINGS


def check(document: Document, fonts: Path | None = None) -> list[Problem]:
    """Everything wrong with the document's form: parts, levels, empty sections, glyphs, length."""
    problems = list(_missing_parts(document))
    problems += _blocks("blocks", document.blocks)
    for index, annex in enumerate(document.attachments):
        problems += _blocks(f"attachments[{index}].blocks", annex.blocks)
    problems += [Problem("glyph_missing", where, glyph) for glyph, where in missing_glyphs(document, fonts)]
    length = characters(document)
    if length > LONG:
        problems.append(Problem("too_long", "", str(length)))
    return problems


def _missing_parts(document: Document) -> Iterator[Problem]:
    head = document.masthead
    parts = {"title": document.title, "masthead.name": head.name, "masthead.number": head.number}
    for where, text in parts.items():
        if not text.strip():
            yield Problem("part_missing", where)


def _blocks(where: str, blocks: tuple[Block, ...]) -> Iterator[Problem]:
    level = 0
    for index, block in enumerate(blocks):
        place = f"{where}[{index}]"
        if isinstance(block, Heading):
            if block.level > level + 1 and not _is_item(block):
                yield Problem("level_skipped", place, block.text)
            level = block.level
            if not block.text.strip() or (not _is_item(block) and _is_empty(block, blocks[index + 1 :])):
                yield Problem("section_empty", place, block.text)
        elif isinstance(block, Paragraph) and not (block.text + block.lead).strip():
            yield Problem("paragraph_empty", place)
        elif isinstance(block, Table) and not block.rows:
            yield Problem("table_empty", place, block.caption)


def _is_item(heading: Heading) -> bool:
    """A numbered sentence: an item of a list, which needs no text below and may stand at any level."""
    return heading.text.endswith(("。", "；"))


def _is_empty(heading: Heading, following: tuple[Block, ...]) -> bool:
    """A heading with nothing below it."""
    for block in following:
        if isinstance(block, Heading):
            return block.level <= heading.level
        if isinstance(block, Paragraph | Table):
            return False
    return True
