"""The one way in for files that people send: declared limits, true type by content, looked into only by a limited child.

`check_upload` for evidence, `read_table` for tables, `bare_picture` for what the public may see of a photograph.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.errors import Refused

MIB = 1 << 20
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
SUFFIXES = {".pdf": "pdf", ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp", ".docx": "docx",
            ".xlsx": "xlsx", ".csv": "csv", ".txt": "csv"}
# Limits of DESIGN §9: a photograph or paper 20 MB, a table 50 MB.
LARGEST = {kind: (50 if kind in {"xlsx", "csv"} else 20) * MIB for kind in MEDIA_TYPES}
EVIDENCE = frozenset({"pdf", "jpeg", "png", "webp", "docx", "xlsx"})
TABLES = frozenset({"xlsx", "csv"})
MOST_ROWS, MOST_COLUMNS = 100_000, 256
SOURCE = str(Path(__file__).resolve().parents[2])
CHILD = "import sys; sys.path.insert(0, sys.argv[2]); from shuangbi.foundation.{} import main; sys.exit(main())"
PATIENCE_SECONDS = 15
Cell = str | int | date | None
# What the child's refusals say to the sender, with the remedy.
WORDS: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty. Choose it again."),
    "damaged": gettext_lazy("The file is damaged and cannot be opened. Open it in its own program, save it anew and send that."),
    "locked": gettext_lazy("The file is protected by a password. Remove the password and send it again."),
    "macros": gettext_lazy("The file contains macros. Save it as .xlsx or .docx, without macros, and send that."),
    "old_office": gettext_lazy("This is an old Office file or one with a password. Save it as .xlsx or .docx and send that."),
    "heic": gettext_lazy("This is a HEIC photograph. Save it as JPEG and send that."),
    "two_in_one": gettext_lazy("The file holds a second file of another kind. Open it in its own program, save it anew and send that."),
    "too_many_pixels": gettext_lazy("The picture has more than 40 million pixels. Make it smaller and send it again."),
    "outside": gettext_lazy(
        "Cell {cell} lies outside of what a table may hold ({rows} rows, {columns} columns). "
        "Delete everything outside the table, or send it in parts."
    ),
    "no_sheet": gettext_lazy("There is no visible sheet {sheet}. Name it so, or use the template."),
    "bad_line": gettext_lazy("Line {line} is not a line of a table: a quotation mark is open or in the wrong place."),
    "not_a_table": gettext_lazy("This is not a table. Send an .xlsx or .csv file."),
    "unknown_type": gettext_lazy("What is in the file is of no kind that is taken here. Save it under its true type and send that."),
    "bomb": gettext_lazy("The file cannot be read safely: it unpacks to far more than it shows. Save it anew and send that."),
}


class Sent(Protocol):
    """What a form hands over (Django's UploadedFile), or any file with a name."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]: ...


@dataclass(frozen=True)
class CheckedUpload:
    """A file that may be kept: what it truly is, and the name it may be shown under."""

    media_type: str
    kind: str
    size: int
    sha256: str
    name: str


@dataclass(frozen=True)
class Row:
    """One row of a table; `number` is the row (or line) that the sender's program shows."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table as sent: one text per column in the head, then the rows that hold something, filled up to the head."""

    sheet: str
    sheets: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def check_upload(file: Sent, *, allow: frozenset[str] = EVIDENCE) -> CheckedUpload:
    """Check a file before it is kept: `ledger.files.keep(file.chunks(), media_type=checked.media_type)`.

    Raises Refused with the remedy: too large, not the type its name says, not of the allowed kinds, damaged, a bomb.
    """
    name = safe_name(file.name or "")
    named = _named_type(name, allow)
    if (file.size or 0) > LARGEST[named]:
        raise _too_large(named)
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile(prefix="shuangbi-upload-") as copy:
        for chunk in file.chunks():
            size += len(chunk)
            if size > LARGEST[named]:
                raise _too_large(named)
            digest.update(chunk)
            copy.write(chunk)
        found = _ask({"do": "check"}, copy)
    _same_type(named, found["type"])
    return CheckedUpload(MEDIA_TYPES[named], named, size, digest.hexdigest(), name)


def read_table(data: bytes, *, name: str, sheet: str = "", head_row: int = 1) -> Table:
    """The rows of an xlsx or csv table, read by the limited child. Whole numbers come as int, decimals as exact text.

    Raises Refused as `check_upload` does, and for merged cells, a missing head, a column without or with another's name.
    """
    named = _named_type(safe_name(name), TABLES)
    if len(data) > LARGEST[named]:
        raise _too_large(named)
    with tempfile.TemporaryFile(prefix="shuangbi-upload-") as copy:
        copy.write(data)
        limits = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        found = _ask({"do": "table", "sheet": sheet, "limits": limits}, copy)
    _same_type(named, "xlsx" if found["sheets"] else "csv")
    rows = [Row(number, tuple(map(_cell, cells))) for number, cells in found["rows"]]
    _not_merged(found["merged"], head_row, rows[-1].number if rows else 0)
    head = _head(next((row for row in rows if row.number == head_row), None), head_row)
    width = len(head)
    body = tuple(_fitted(row, width) for row in rows if row.number > head_row)
    return Table(found["sheet"], tuple(found["sheets"]), head, body)


def bare_picture(data: bytes) -> bytes:
    """A photograph without place, camera or other metadata, upright. Raises Refused."""
    with tempfile.TemporaryFile(prefix="shuangbi-upload-") as copy:
        copy.write(data)
        answer = _run({"do": "bare"}, copy)
    if answer.startswith(b"{"):
        _refuse(json.loads(answer))
    return answer


def annotated_table(data: bytes, *, sheet: str, column: int, title: str, notes: dict[int, str]) -> bytes | None:
    """The sender's own workbook with a column of remarks by row, made in the limited child.

    None when that cannot be done safely: what `read_table` passes may still be too much for a program that keeps styles.
    """
    with tempfile.TemporaryFile(prefix="shuangbi-upload-") as copy:
        wanted = {"sheet": sheet, "column": column, "title": title, "notes": notes}
        copy.write(json.dumps(wanted).encode() + b"\n" + data)
        try:
            return _run({}, copy, "annotating")
        except Refused:
            return None


def safe_name(name: str) -> str:
    """The last part of a file name, without control, direction or zero-width characters, at most 120 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: 119 - len(suffix)]}.{suffix}" if dot and len(suffix) < 10 else plain[:120]


def _named_type(name: str, allow: frozenset[str]) -> str:
    named = SUFFIXES.get(Path(name.lower()).suffix, "")
    if named not in allow:
        kinds = ", ".join(sorted(suffix for suffix, kind in SUFFIXES.items() if kind in allow and suffix != ".txt"))
        raise Refused(_("This kind of file is not taken here. Send one of: {kinds}.").format(kinds=kinds), "file")
    return named


def _too_large(kind: str) -> Refused:
    limit = LARGEST[kind] // MIB
    return Refused(_("The file is larger than {limit} MB. Make it smaller or send it in parts.").format(limit=limit), "file")


def _same_type(named: str, found: str) -> None:
    if named != found:
        words = _("The file is named .{named} but is a {found} file. Save it under its true type and send it again.")
        raise Refused(words.format(named=named, found=found), "file")


def _ask(wanted: dict[str, Any], file: IO[bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(wanted, file))
    if "refused" in found:
        _refuse(found)
    return found


def _run(wanted: dict[str, Any], file: IO[bytes], module: str = "untrusted") -> bytes:
    """Start the child on a file and return its answer. Its death, its silence and its noise are all a refusal."""
    file.flush()
    file.seek(0)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", CHILD.format(module), json.dumps(wanted), SOURCE],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE_SECONDS, check=False, env={},
        )
    except subprocess.TimeoutExpired as problem:
        raise Refused(_words("bomb", {}), "file") from problem
    if done.returncode or not done.stdout:
        raise Refused(_words("bomb", {}), "file")
    return done.stdout


def _refuse(answer: dict[str, Any]) -> None:
    raise Refused(_words(answer["refused"], answer["about"]), "file")


def _words(code: str, about: dict[str, Any]) -> str:
    return str(WORDS.get(code, WORDS["bomb"])).format(**about)


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, list):
        value: Cell = cell
        return value
    try:
        return date.fromisoformat(cell[0])
    except ValueError:
        return str(cell[0])


def _not_merged(merged: list[list[Any]], head_row: int, last_row: int) -> None:
    for reference, first, last in merged:
        if first <= head_row <= last:
            words = _("The head has merged cells ({cells}). Split them; every column needs a name of its own.")
            raise Refused(words.format(cells=reference), "head")
        if head_row < first <= last_row:
            words = _("Row {row}: cells {cells} are merged. Split them and fill in every cell.")
            raise Refused(words.format(row=first, cells=reference), "row")


def _head(row: Row | None, number: int) -> tuple[str, ...]:
    if row is None:
        raise Refused(_("Row {row} is empty; the head of the table must stand there.").format(row=number), "head")
    names = [str(cell or "").strip() for cell in row.cells]
    if "" in names:
        words = _("Column {column} of the head has no name. Name it, or delete the column.")
        raise Refused(words.format(column=names.index("") + 1), "head")
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice:
        raise Refused(_("The head names {name} twice. Rename or delete one.").format(name=twice), "head")
    return tuple(names)


def _fitted(row: Row, width: int) -> Row:
    if len(row.cells) > width:
        words = _("Row {row} has more cells than the head has names. Delete what stands right of the table.")
        raise Refused(words.format(row=row.number), "row")
    return Row(row.number, row.cells + (None,) * (width - len(row.cells)))
