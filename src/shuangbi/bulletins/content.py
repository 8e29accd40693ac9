"""What a bulletin says, in our own words: headings, paragraphs, tables and the parts of an official document.

Holds no layout and no Django. Writers turn a Document into bytes; its JSON is what the ledger freezes.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

FORMAT = 1  # of the JSON; a later reader must read every format ever released

MastheadKind = Literal["newsletter", "document"]
Audience = Literal["internal", "public"]
Align = Literal["left", "center", "right"]

_DROPPED = frozenset(("Cc", "Cf", "Cs"))  # control, invisible and direction marks: they can hide or turn text
_NUMERALS = "〇一二三四五六七八九"


class ContentError(ValueError):
    """A document that cannot be: says which part and why."""


def clean(text: str) -> str:
    """NFC text without control or invisible characters; line breaks stay."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(c for c in normal if c == "\n" or unicodedata.category(c) not in _DROPPED)


class _Part:
    """Every text of every part is cleaned once, when the part is made, so that equal content is equal bytes."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, clean(value))
            elif isinstance(value, list | tuple):
                object.__setattr__(self, field.name, _clean_sequence(value))


def _clean_sequence(values: list[Any] | tuple[Any, ...]) -> tuple[Any, ...]:
    cleaned = []
    for value in values:
        if isinstance(value, str):
            value = clean(value)
        elif isinstance(value, list | tuple):
            value = _clean_sequence(value)
        cleaned.append(value)
    return tuple(cleaned)


@dataclass(frozen=True)
class Heading(_Part):
    """A heading without its number: `heading_numbers` gives 一、 （一） 1. （1） by level and order."""

    level: int
    text: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.level not in (1, 2, 3, 4):
            raise ContentError(f"heading level {self.level}: only 1 to 4 exist")


@dataclass(frozen=True)
class Paragraph(_Part):
    """Running text. `lead` opens it in the heading face, as in "排名靠前：…"; `small` is a note below tables."""

    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True)
class Column(_Part):
    """A column: neighbours with the same `group` share an upper head; `weight` is its share of the width."""

    title: str
    unit: str = ""
    align: Align = "left"
    weight: int = 1
    group: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.weight < 1:
            raise ContentError(f"column {self.title!r}: weight {self.weight}, at least 1 is needed")


@dataclass(frozen=True)
class Table(_Part):
    """A table of finished strings; its head is repeated on each page. `strong_rows` are row indexes (totals)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    strong_rows: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.columns:
            raise ContentError(f"table {self.caption!r}: no columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ContentError(
                    f"table {self.caption!r}, row {number}: {len(row)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True)
class PageBreak(_Part):
    """What follows begins on a new page."""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Masthead(_Part):
    """The red head. newsletter: name, `number` (第2期), office and date above the rule.

    document: name with 文件, `number` is the 发文字号 (示竞办〔2020〕8号).
    """

    kind: MastheadKind
    name: str
    number: str
    office: str = ""
    copy_number: str = ""  # 份号, six digits
    urgency: str = ""  # 紧急程度: 特急, 加急


@dataclass(frozen=True)
class Attachment(_Part):
    """An annex; begins on a new page before the 版记."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Signature(_Part):
    """Who signs; the date is the document's. `sealed` leaves the place a seal needs (the system draws none)."""

    office: str
    sealed: bool = False


@dataclass(frozen=True)
class Imprint(_Part):
    """版记: copies, issuing office, date of issue."""

    office: str
    issued_on: date
    copy_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checkpoint(_Part):
    """The ledger's three lines (site, sequence, head hash), printed as text under `title` and as a QR code."""

    lines: tuple[str, ...]
    title: str = "台账检查点"

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Document(_Part):
    """One bulletin, complete. `dated_on` is the 成文日期 and the date inside the files.

    `title` may hold line breaks (break by meaning). `notices` stand on every page (演示数据).
    `identifier` names the issue (2020-weekly-2).
    """

    identifier: str
    masthead: Masthead
    title: str
    dated_on: date
    blocks: tuple[Block, ...]
    audience: Audience = "internal"
    subtitle: str = ""
    recipients: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: Signature | None = None
    annotation: str = ""
    imprint: Imprint | None = None
    checkpoint: Checkpoint | None = None
    notices: tuple[str, ...] = ()


# --- numbering and length -------------------------------------------------------------------------------------


def chinese_number(number: int) -> str:
    """1–99 as 一 … 九十九."""
    if not 1 <= number <= 99:
        raise ContentError(f"{number} headings of one level: at most 99 can be numbered")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def heading_numbers(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The number before each block: 一、 （一） 1. （1） for headings, "" for other blocks."""
    counts = [0, 0, 0, 0]
    numbers = []
    for block in blocks:
        if not isinstance(block, Heading):
            numbers.append("")
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        n = counts[block.level - 1]
        if block.level == 1:
            numbers.append(chinese_number(n) + "、")
        elif block.level == 2:
            numbers.append("（" + chinese_number(n) + "）")
        else:
            numbers.append(f"{n}." if block.level == 3 else f"（{n}）")
    return tuple(numbers)


def chinese_date(day: date) -> str:
    """2020年3月6日: Arabic, full year, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every (where, text) that is printed, in reading order; `where` is a path such as "blocks[3].rows[0][2]"."""
    yield from _texts("", document)


def _texts(where: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value:
            yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(f"{where}[{index}]", item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in ("kind", "audience", "align"):
                yield from _texts(f"{where}.{field.name}".lstrip("."), getattr(value, field.name))


def characters(document: Document) -> int:
    """Length as a clerk counts it: title, headings, paragraphs and notes, without spaces and table cells."""
    blocks = [*document.blocks, *(block for annex in document.attachments for block in annex.blocks)]
    parts = [document.title, *(annex.title for annex in document.attachments)]
    for block in blocks:
        if isinstance(block, Heading):
            parts.append(block.text)
        elif isinstance(block, Paragraph):
            parts.append(block.lead + block.text)
        elif isinstance(block, Table):
            parts.append(block.caption + block.note)
    return sum(not character.isspace() for part in parts for character in part)


# --- JSON -----------------------------------------------------------------------------------------------------

_BLOCKS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "page_break": PageBreak,
}
_BLOCK_NAMES = {cls: name for name, cls in _BLOCKS.items()}


def to_json(document: Document) -> bytes:
    """Canonical bytes: UTF-8, NFC, sorted keys, no spaces. The same document always gives the same bytes."""
    body = {"format": FORMAT, **_plain(document)}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(part: Block | Document) -> dict[str, Any]:
    """The part as JSON-ready dicts, lists and strings; blocks say what they are under "block"."""
    result: dict[str, Any] = _plain(part)
    return result


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        body = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        name = _BLOCK_NAMES.get(type(value))  # type: ignore[arg-type]  # other parts are simply absent
        return {"block": name, **body} if name else body
    return value


def from_json(data: bytes | str) -> Document:
    """The document of `to_json`. Raises ContentError when it is of another format or not whole."""
    try:
        body = json.loads(data)
        if body.pop("format", None) != FORMAT:
            raise ContentError("bulletin content of an unknown format")
        return _document(body)
    except ContentError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ContentError(f"bulletin content cannot be read: {error}") from error


def block_from_plain(body: Mapping[str, Any]) -> Block:
    """One block out of `plain(block)`. Raises ContentError for an unknown kind."""
    values = dict(body)
    name = values.pop("block", None)
    if name not in _BLOCKS:
        raise ContentError(f"unknown block {name!r}")
    if name == "table":
        values["columns"] = tuple(Column(**column) for column in values["columns"])
    return _BLOCKS[name](**values)


def _document(body: dict[str, Any]) -> Document:
    body["masthead"] = Masthead(**body["masthead"])
    body["dated_on"] = date.fromisoformat(body["dated_on"])
    body["blocks"] = tuple(block_from_plain(block) for block in body["blocks"])
    body["attachments"] = tuple(
        Attachment(annex["title"], tuple(block_from_plain(block) for block in annex["blocks"]))
        for annex in body["attachments"]
    )
    if body["signature"] is not None:
        body["signature"] = Signature(**body["signature"])
    if body["imprint"] is not None:
        imprint = dict(body["imprint"])
        imprint["issued_on"] = date.fromisoformat(imprint["issued_on"])
        body["imprint"] = Imprint(**imprint)
    if body["checkpoint"] is not None:
        body["checkpoint"] = Checkpoint(**body["checkpoint"])
    return Document(**body)
