"""Rows as files a spreadsheet opens: xlsx and csv. Text stays text: nothing a person typed becomes a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import xlsxwriter

from shuangbi.foundation.clock import SHANGHAI
from shuangbi.foundation.formats import moment_text
from shuangbi_engine.numbers import decimal_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Head:
    """A column of the file: its title (with the unit) and, for numbers, how many decimals are shown."""

    title: str
    decimals: int = 0


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - @ (also full width), tab and return."""
    first = unicodedata.normalize("NFKC", text.lstrip(" \u3000\ufeff")[:1])
    return f"'{text}" if first in {"=", "+", "-", "@", "\t", "\r", "\n"} and not _is_number(text) else text


def _is_number(text: str) -> bool:
    """A plain negative or signed number is no formula."""
    return text.isascii() and text[:1] in "+-" and text[1:].replace(",", "").replace(".", "", 1).isdigit()


def csv_bytes(head: Sequence[Head], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, as Excel and WPS expect it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in head])
    for row in rows:
        writer.writerow([_csv_cell(value, column) for value, column in zip(row, head, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any, column: Head) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int():
            return str(value)
        case Fraction():
            return decimal_text(value, column.decimals)
        case datetime():
            return moment_text(value)
        case date():
            return value.isoformat()
        case _:
            return harmless(str(value))


def xlsx_bytes(title: str, head: Sequence[Head], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet: head frozen and filtered, numbers as numbers, dates as dates, all else as strings."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2020, 1, 1)})  # noqa: DTZ001 (the same rows give the same bytes)
    sheet = book.add_worksheet(sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    numbers = [
        book.add_format({"num_format": "#,##0" + ("." + "0" * column.decimals if column.decimals else "")})
        for column in head
    ]
    widths = [_width(column.title) for column in head]
    for at, column in enumerate(head):
        sheet.write_string(0, at, column.title, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            match value:
                case None:
                    continue
                case bool():
                    sheet.write_boolean(count, at, value)
                case int() if abs(value) < 10**15:
                    sheet.write_number(count, at, value, numbers[at])
                case Fraction():
                    # The spreadsheet's own numbers are floats; the text has exactly the decimals that are shown.
                    sheet.write_number(count, at, float(decimal_text(value, head[at].decimals)), numbers[at])
                case datetime():
                    sheet.write_datetime(count, at, value.astimezone(SHANGHAI).replace(tzinfo=None), moment)
                case date():
                    sheet.write_datetime(count, at, value, day)
                case _:
                    sheet.write_string(count, at, str(value))
            widths[at] = max(widths[at], _width(value))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(width, 60) + 2)
    sheet.freeze_panes(1, 0)
    if head:
        sheet.autofilter(0, 0, max(count, 1), len(head) - 1)
    book.close()
    return out.getvalue()


def _width(value: Any) -> int:
    """Columns a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in str(value)[:60])


def sheet_name(title: str) -> str:
    """A name Excel takes: at most 31 characters, none of []:*?/\\."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip("' ")[:31] or "Sheet"
