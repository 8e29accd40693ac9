"""Tables as an office fills them in: a template's head with rows below it, as xlsx or csv."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from shuangbi.competitions.models import Competition
from shuangbi.exchange.importer import Context, Loaded
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import import_table, template
from shuangbi.exchange.table import TableRefused
from shuangbi.organisations.access import Access

Sheet = Sequence[Sequence[Any]]


def xlsx(rows: Sheet, merged: str = "") -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet("表")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, at, cell, day)
            elif isinstance(cell, str) and cell.startswith("=1"):
                sheet.write_formula(number, at, cell, value=3)
            elif cell is not None:
                sheet.write(number, at, cell)
    if merged:
        sheet.merge_range(merged, rows[0][0])
    book.close()
    return out.getvalue()


def head(kind: str) -> list[str]:
    return [column.head for column in IMPORTERS[kind].columns]


def row(kind: str, /, **cells: Any) -> list[Any]:
    """One row, by the keys of the columns."""
    columns = [column.key for column in IMPORTERS[kind].columns]
    assert set(cells) <= set(columns), f"{set(cells) - set(columns)} are no columns of {kind}"
    return [cells.get(key) for key in columns]


def filled(kind: str, *rows: dict[str, Any]) -> bytes:
    """The template itself, filled in as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(template(IMPORTERS[kind])))
    sheet = book.worksheets[0]
    for number, cells in enumerate(rows, start=2):
        for at, value in enumerate(row(kind, **cells), start=1):
            if value is not None:
                sheet.cell(number, at).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def load(
    kind: str, content: bytes, by: Access, competition: Competition | None = None, name: str = "table.xlsx", key: str = ""
) -> Loaded:
    context = Context(by=by, key=key, competition=competition)
    return import_table(content=content, name=name, importer=IMPORTERS[kind], context=context)


def errors(
    kind: str, content: bytes, by: Access, competition: Competition | None = None, name: str = "table.xlsx"
) -> list[tuple[int, str]]:
    """Row and column of everything that is wrong."""
    with pytest.raises(TableRefused) as found:
        load(kind, content, by, competition, name)
    return [(error.row, error.column) for error in found.value.errors]
