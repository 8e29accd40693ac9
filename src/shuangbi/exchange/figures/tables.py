"""Tables in a text: a head that names task and done, then rows of bare numbers. One indicator per row and task."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from shuangbi.exchange.figures.model import Figure
from shuangbi.exchange.figures.naming import stage_of, subject_of
from shuangbi.exchange.figures.normalising import Plain
from shuangbi.exchange.figures.numerals import ARABIC, per_cent, plain, value

SPLIT = re.compile(r"[\t|]+| {2,}")
CELLED = re.compile(r"\t|\|| {2}")
NUMBER_CELL = re.compile(rf"^(?P<number>{ARABIC})(?:[个项家%]|亿元|万元)?$")
NAME_HEAD = re.compile(r"单位|县|区|市|地区|乡镇|街道|园区|部门|名称|板块")
IGNORED_HEAD = re.compile(r"序号|得分|分值|排名|名次|位次|备注|权重|增长|增速|同比")
TARGET_HEAD = re.compile(r"任务|目标|计划")
ACTUAL_HEAD = re.compile(r"完成|实际|已|累计")
TOTAL_ROW = re.compile(r"^(?:合计|总计|全市|全县|全区|小计)$")
MONEY = (("亿元", Fraction(10000)), ("万元", Fraction(1)))


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: name, target, actual, rate or nothing we read."""

    role: str
    label: str = ""
    unit: Fraction | None = None
    """万 per unit for money, None for counts."""


def read_tables(source: Plain, original: str) -> tuple[list[Figure], str]:
    """The indicators of all tables, and the text with their rows blanked."""
    figures: list[Figure] = []
    text = source.text
    kept: list[str] = []
    done = 0
    head: list[Column] = []
    for start, end in _lines(text):
        cells = [cell.strip() for cell in SPLIT.split(text[start:end].strip(" |\t")) if cell.strip()]
        if columns := _head(cells):
            head = columns
        elif head and len(cells) == len(head) and any(NUMBER_CELL.match(cell) for cell in cells):
            span = source.source_span(*_trimmed(text, start, end))
            figures += _row(head, cells, original[slice(*span)], span[0])
        else:
            head = []
            continue
        kept += [text[done:start], " " * (end - start)]
        done = end
    return figures, "".join([*kept, text[done:]])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines with cells."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start < 2000 and CELLED.search(text, start, end):
            yield start, end
        start = end + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t|":
        start += 1
    while end > start and text[end - 1] in " \t|":
        end -= 1
    return start, end


def _head(cells: list[str]) -> list[Column]:
    """The columns when the cells name at least a task and what was done; nothing otherwise."""
    if len(cells) < 3 or any(NUMBER_CELL.match(cell) for cell in cells):
        return []
    columns: list[Column] = []
    label = ""
    for cell in cells:
        column = _column(cell, label)
        label = column.label or label
        columns.append(column)
    roles = {column.role for column in columns}
    return columns if {"name", "target", "actual"} <= roles else []


def _column(cell: str, label: str) -> Column:
    if IGNORED_HEAD.search(cell):
        return Column("")
    unit = next((factor for name, factor in MONEY if name in cell), None)
    if "率" in cell or "%" in cell:
        return Column("rate", label)
    if ACTUAL_HEAD.search(cell) and not TARGET_HEAD.search(cell):
        return Column("actual", label or _label(cell), unit)
    if TARGET_HEAD.search(cell):
        return Column("target", _label(cell), unit)
    return Column("name") if NAME_HEAD.search(cell) else Column("")


def _label(cell: str) -> str:
    return subject_of(re.sub(r"[((].*?[))]", "", cell)) or "-"


def _row(head: list[Column], cells: list[str], span: str, span_start: int) -> list[Figure]:
    name = next((cell for column, cell in zip(head, cells, strict=True) if column.role == "name"), "")
    values: dict[str, dict[str, Fraction]] = {}
    for column, cell in zip(head, cells, strict=True):
        match = NUMBER_CELL.match(cell)
        if column.role in ("target", "actual", "rate") and match:
            factor = column.unit or 1
            values.setdefault(column.label, {})[column.role] = value(match["number"]) * factor
    money = {column.label for column in head if column.unit is not None}
    place = None if TOTAL_ROW.match(name) else name or None
    return [
        _indicator(label, numbers, label in money, place, (span, span_start))
        for label, numbers in values.items()
        if "target" in numbers or "actual" in numbers
    ]


def _indicator(
    label: str, numbers: dict[str, Fraction], money: bool, place: str | None, span: tuple[str, int]
) -> Figure:
    return Figure(
        kind="indicator",
        subject=None if label == "-" else label,
        stage=("other" if money else stage_of(label)) or "other",
        count=None,
        target=plain(numbers["target"]) if "target" in numbers else None,
        actual=plain(numbers["actual"]) if "actual" in numbers else None,
        rate=per_cent(numbers["rate"]) if "rate" in numbers else None,
        amount_wan=None,
        amount_qualifier="exact" if money else None,
        currency="CNY" if money else None,
        area_m2=None,
        unit_price=None,
        unit_price_unit=None,
        price_role=None,
        period=None,
        place=place,
        span=span[0],
        span_start=span[1],
        measure="money" if money else "count",
    )
