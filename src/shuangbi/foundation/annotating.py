"""Runs in a limited child process: writes remarks into a workbook that people sent, and gives it back."""

import io
import json
import sys
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from shuangbi.foundation.untrusted import limit_self

# The library writes each sheet to a temporary file first.
SPOOL_BYTES = 128 << 20


def annotated(content: bytes, wanted: dict[str, Any]) -> bytes:
    """The workbook with a column of remarks: {"sheet", "column", "title", "notes": {row: text}}."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[wanted["sheet"]]
    at = wanted["column"]
    for (cell,) in sheet.iter_rows(min_row=2, min_col=at, max_col=at):
        # Remarks of an earlier time, when the table comes a second time.
        cell.value, cell.fill = None, PatternFill()
    sheet.cell(1, at, wanted["title"]).font = Font(bold=True, color="C00000")
    for row, text in wanted["notes"].items():
        cell = sheet.cell(int(row), at)
        cell.value = text
        # Text, whatever it begins with: a remark that quotes a cell must not become a formula.
        cell.data_type = "s"
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    sheet.column_dimensions[get_column_letter(at)].width = 60
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> int:
    """Answer on standard output; nothing when it cannot be done."""
    limit_self(file_bytes=SPOOL_BYTES)
    # What is wanted stands in the first line: remarks on a long table are more than an argument may hold.
    wanted = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(annotated(sys.stdin.buffer.read(), wanted))
    return 0
