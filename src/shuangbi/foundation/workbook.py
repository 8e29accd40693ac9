"""Reads one sheet of an xlsx workbook as a stream of cells, exactly; used in the limited child only.

Own reader, because the libraries at hand lay a sheet out as a grid (one cell at XFD1048576 is then 17 thousand million)
and turn numbers into floats. Here a cell costs what it says, and a number keeps the digits that Excel shows.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

from shuangbi.foundation.archives import Refusal

LONGEST_TEXT = 32_767
MOST_TEXT = 64 << 20
# Number formats that Excel knows by number and that show a date (ECMA-376 §18.8.30, with those of Chinese Excel).
DATE_FORMATS = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
Cell = str | int | list[str] | None
# Gives a part's bytes; none for a part that is not there.
Part = Callable[[str], bytes]


class Broken(Exception):
    """The workbook is not what its parts say."""


def read(part: Part, sheet: str, limits: dict[str, int]) -> dict[str, Any]:
    """The rows and merged ranges of a sheet, the first visible one unless named."""
    try:
        names, path, early = _find(part, sheet)
        if not path:
            raise Refusal("no_sheet", sheet=sheet)
        reader = _Sheet(_shared(part), _date_styles(part), early, limits)
        rows = list(reader.rows(part(path)))
    except (ElementTree.ParseError, KeyError, ValueError, IndexError, Broken) as problem:
        raise Refusal("damaged") from problem
    return {"sheet": names[0], "sheets": names[1:], "rows": rows, "merged": reader.merged}


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(data: bytes, *tags: str) -> Iterator[ElementTree.Element]:
    """The elements of some names, each complete; what was passed is let go."""
    for _event, element in ElementTree.iterparse(io.BytesIO(data)):  # noqa: S314 no DTD gets here
        if _tag(element) in tags:
            yield element
            element.clear()


def _find(part: Part, wanted: str) -> tuple[list[str], str, bool]:
    """([the sheet's name, all visible names…], its part, whether days count from 1904)."""
    targets = {e.get("Id"): e.get("Target", "") for e in _all(part("xl/_rels/workbook.xml.rels"), "Relationship")}
    early, sheets = False, []
    for element in _all(part("xl/workbook.xml"), "workbookPr", "sheet"):
        if _tag(element) == "workbookPr":
            early = element.get("date1904") in {"1", "true"}
            continue
        link = next((value for name, value in element.items() if name.endswith("}id")), "")
        if element.get("state", "visible") == "visible":
            sheets.append((element.get("name", ""), targets.get(link, "")))
    names = [name for name, _target in sheets]
    chosen = next(((n, t) for n, t in sheets if not wanted or n == wanted), ("", ""))
    target = chosen[1].lstrip("/")
    return [chosen[0], *names], (target if not target or target.startswith("xl/") else f"xl/{target}"), early


def _shared(part: Part) -> list[str]:
    data = part("xl/sharedStrings.xml")
    return [_text(element) for element in _all(data, "si")] if data else []


def _text(element: ElementTree.Element) -> str:
    """The text of a string item: its runs, without the reading aids (rPh)."""
    texts = [t.text or "" for t in element if _tag(t) == "t"]
    texts += [t.text or "" for run in element if _tag(run) == "r" for t in run if _tag(t) == "t"]
    return "".join(texts)


def _date_styles(part: Part) -> frozenset[int]:
    """The numbers of the cell styles that show a date."""
    data = part("xl/styles.xml")
    if not data:
        return frozenset()
    root = ElementTree.fromstring(data)  # noqa: S314 no DTD gets here
    formats = set(DATE_FORMATS)
    styles: list[int] = []
    for element in root.iter():
        if _tag(element) == "numFmt" and _shows_date(element.get("formatCode", "")):
            formats.add(int(element.get("numFmtId", "0")))
        elif _tag(element) == "cellXfs":
            styles = [int(xf.get("numFmtId", "0")) for xf in element]
    return frozenset(number for number, known in enumerate(styles) if known in formats)


def _shows_date(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", code).lower()
    return "y" in bare or ("d" in bare and "m" in bare)


def column_number(letters: str) -> int:
    """1 for A, 16384 for XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Sheet:
    def __init__(
        self, shared: list[str], dates: frozenset[int], early: bool, limits: dict[str, int]
    ) -> None:
        self.merged: list[list[Any]] = []
        self._shared, self._dates, self._limits = shared, dates, limits
        self._first_day = date(1904, 1, 1) if early else date(1899, 12, 30)
        self._text_left = MOST_TEXT

    def rows(self, data: bytes) -> Iterator[list[Any]]:
        """[number, cells] of each row that holds something, in order."""
        number = 0
        for element in _all(data, "row", "mergeCell"):
            if _tag(element) == "mergeCell":
                self._merge(element.get("ref", ""))
                continue
            number = int(element.get("r") or number + 1)
            if cells := self._cells(element, number):
                yield [number, cells]

    def _merge(self, reference: str) -> None:
        ends = [REFERENCE.fullmatch(end) for end in reference.replace("$", "").split(":")]
        if len(ends) != 2 or not ends[0] or not ends[1]:
            raise Broken(reference)
        self.merged.append([reference, int(ends[0][2]), int(ends[1][2])])
        if len(self.merged) > 10_000:
            raise Refusal("bomb")

    def _cells(self, row: ElementTree.Element, number: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for element in row:
            if _tag(element) != "c":
                continue
            reference = element.get("r", "")
            found = REFERENCE.fullmatch(reference)
            column = column_number(found[1]) if found else column + 1
            value = self._value(element)
            if value is None:
                continue
            if column > self._limits["columns"] or number > self._limits["rows"]:
                raise Refusal("outside", cell=reference or str(number), **self._limits)
            if column <= len(cells):
                raise Broken(reference)
            cells.extend([None] * (column - 1 - len(cells)))
            cells.append(value)
        return cells

    def _value(self, cell: ElementTree.Element) -> Cell:
        parts = {_tag(child): child for child in cell}
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return self._kept(_text(parts["is"])) if "is" in parts else None
        raw = (parts["v"].text or "") if "v" in parts else ""
        if not raw:
            # A formula that was never calculated has no value to read; its cell must not pass for an empty one.
            return "#N/A" if "f" in parts else None
        if kind == "s":
            return self._kept(self._shared[int(raw)])
        if kind == "n":
            return self._number(raw, int(cell.get("s", "0")) in self._dates)
        if kind == "b":
            return int(raw)
        if kind == "d":
            return [raw[:10]]
        return self._kept(raw)

    def _kept(self, text: str) -> Cell:
        self._text_left -= len(text)
        if len(text) > LONGEST_TEXT or self._text_left < 0:
            raise Refusal("bomb")
        return text.strip() or None

    def _number(self, raw: str, shows_date: bool) -> Cell:
        value = float(raw)
        if value != value or abs(value) > 1e300:
            raise Broken(raw)
        if shows_date and 1 <= value < 2_958_466 and int(value) != 60:
            # Excel counts a 29 February 1900 that never was; days before it are off by one.
            days = int(value) + (1 if value < 60 and self._first_day.year == 1899 else 0)
            return [(self._first_day + timedelta(days=days)).isoformat()]
        return exact(raw)


def exact(raw: str) -> Cell:
    """A number as Excel shows it at full width, 15 digits: whole numbers as int, others as decimal text."""
    if re.fullmatch(r"-?\d{1,15}", raw):
        return int(raw)
    shown = f"{float(raw):.15g}"
    if "e" in shown:
        shown = f"{float(shown):.20f}".rstrip("0").rstrip(".") if abs(float(shown)) < 1 else str(int(float(shown)))
    return int(shown) if re.fullmatch(r"-?\d+", shown) else shown
