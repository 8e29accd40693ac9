"""From a file to rows to the room that owns them; and back: the person's own file with a column of errors."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Row, RowError, typed_rows
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.uploads import annotated_table, read_table
from shuangbi.foundation.write_gate import writing

ERRORS_TITLE = "错误说明"


@dataclass(frozen=True)
class Preview:
    """What a dry run found: rows as they would be loaded, and nothing written."""

    rows: Sequence[Row]


class _DryRun(Exception):
    """Ends a dry run by rolling everything back."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded


def read_rows(content: bytes, name: str, importer: Importer) -> list[Row]:
    """Typed rows of a file. Raises TableRefused, or Refused when the file itself cannot be read."""
    return typed_rows(read_table(content, name=name), importer.columns)


def import_table(*, content: bytes, name: str, importer: Importer, context: Context, dry_run: bool = False) -> Loaded:
    """Load a file, all of it or nothing. Raises TableRefused with every error, Refused for an unreadable file."""
    if not importer.roles & context.by.roles:
        raise Refused(_("Your roles do not include importing this."))
    if importer.needs_competition and context.competition is None:
        raise Refused(_("Say which competition this is for."))
    rows = read_rows(content, name, importer)
    if not dry_run:
        return importer.load(rows, context)
    try:
        with writing():
            raise _DryRun(importer.load(rows, context))
    except _DryRun as done:
        return done.loaded


def with_errors(content: bytes, name: str, errors: Sequence[RowError]) -> bytes:
    """The person's own file with a column that says what is wrong in each row; a CSV comes back as xlsx."""
    by_row: dict[int, list[str]] = {}
    for error in sorted(errors, key=lambda error: error.row):
        where = f"{error.column}：" if error.column else ""
        # What concerns the whole table stands below the head.
        by_row.setdefault(error.row or 2, []).append(where + error.message)
    notes = {row: "；".join(messages) for row, messages in by_row.items()}
    try:
        table = read_table(content, name=name)
    except Refused:
        # Not even a head could be read: the remarks stand alone.
        return _plain_table([(row, [text]) for row, text in notes.items()])
    # A table that comes back a second time has the column already; what it said then is over.
    head = [name for name in table.head if name != ERRORS_TITLE]
    column = (table.head.index(ERRORS_TITLE) if ERRORS_TITLE in table.head else len(table.head)) + 1
    if table.sheets:
        own = annotated_table(content, sheet=table.sheet, column=column, title=ERRORS_TITLE, notes=notes)
        if own is not None:
            return own
    rows: list[tuple[int, list[Any]]] = [(1, [*head, ERRORS_TITLE])]
    for row in table.rows:
        cells = [cell for name, cell in zip(table.head, row.cells, strict=True) if name != ERRORS_TITLE]
        rows.append((row.number, [*cells, notes.pop(row.number, None)]))
    return _plain_table(rows + [(row, [*[None] * len(head), text]) for row, text in notes.items()])


def _plain_table(rows: Sequence[tuple[int, Sequence[Any]]]) -> bytes:
    """Rows at their own numbers, in a workbook without looks."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, cells in rows:
        for at, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(number - 1, at, value, day)
            elif value is not None:
                sheet.write(number - 1, at, value)
    book.close()
    return out.getvalue()


def template(importer: Importer) -> bytes:
    """An empty table to fill in: heads with units, lists to choose from, an example on a sheet of its own."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(str(importer.title)[:31])
    must = book.add_format({"bold": True, "bg_color": "#DCE6F5", "border": 1, "text_wrap": True})
    may = book.add_format({"bg_color": "#F4F6F9", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    help_sheet = book.add_worksheet(_("Help")[:31])
    for at, head in enumerate((_("Column"), _("Required"), _("What stands here"), _("Example"))):
        help_sheet.write_string(0, at, head, must)
    for at, column in enumerate(importer.columns):
        sheet.write_string(0, at, column.head, must if column.required else may)
        sheet.set_column(at, at, max(12, len(column.head) * 2 + 2), day if column.type == "day" else None)
        values = [v for v in dict.fromkeys((column.choices or dict)()) if not v.isascii()]
        if column.type == "choice" and values and sum(map(len, values)) < 200:
            sheet.data_validation(1, at, 5000, at, {"validate": "list", "source": values, "error_type": "warning"})
        example = importer.example[0][at] if importer.example and at < len(importer.example[0]) else ""
        told = (column.head, _("yes") if column.required else "", _told(column.type, values, column.note), example)
        for place, text in enumerate(told):
            help_sheet.write_string(at + 1, place, str(text))
    sheet.freeze_panes(1, 0)
    help_sheet.set_column(0, 3, 24)
    book.close()
    return out.getvalue()


def _told(type_: str, values: Sequence[str], note: Any) -> str:
    if note:
        return str(note)
    if values:
        return "、".join(values)
    return {
        "day": _("a day, like 2020-09-30"), "money": _("an amount in the unit of the head"), "area": _("an area"),
        "count": _("a whole number"), "number": _("a number"), "names": _("names, with 、 between them"),
    }.get(type_, _("text"))
