"""A table someone sent: its head matched to the columns we know, its cells turned into typed values, errors by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.foundation.texts import hidden_characters
from shuangbi.foundation.uploads import Table
from shuangbi_engine.numbers import LIMIT, NotANumber, parse_number, parse_quantity

# Texts of this length may have lines.
LONG_TEXT = 500
MOST_COUNTED = 2**31 - 1

CellType = Literal["text", "day", "money", "area", "count", "number", "choice", "names"]


@dataclass(frozen=True)
class Column:
    """A column of a template: its key, its title in the head, and how a cell is read.

    Money without a unit in the cell is in `unit` (元, 万元 or 亿元), which stands in the head. `choices` maps what people
    write to the value.
    """

    key: str
    title: str
    type: CellType = "text"
    required: bool = False
    unit: str = ""
    note: Any = ""
    choices: Callable[[], Mapping[str, str]] | None = None
    longest: int = 300

    @property
    def head(self) -> str:
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row; `row` is the number the person sees in the spreadsheet, 0 for the whole table."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        if not self.row:
            return self.message
        where = _("Row {row}, {column}: ") if self.column else _("Row {row}: ")
        return where.format(row=self.row, column=self.column) + self.message


class TableRefused(Exception):
    """A table with errors; nothing of it was loaded."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = list(errors)

    @property
    def summary(self) -> str:
        count = len(self.errors)
        return ngettext(
            "{count} error; nothing was loaded.", "{count} errors; nothing was loaded.", count
        ).format(count=count)


@dataclass(frozen=True)
class Row:
    """One row: its number in the spreadsheet, and typed values by column key (absent cells are None)."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """A text cell, empty when absent."""
        return self.values.get(key) or ""


def placed(refusal: RowsRefused, rows: Sequence[Row], columns: Sequence[Column]) -> TableRefused:
    """What an action refused, at the rows and columns of the table that was sent."""
    titles = {column.key: column.title for column in columns}
    return TableRefused([
        RowError(rows[problem.row].number, titles.get(problem.field, ""), problem.message) for problem in refusal.problems
    ])


def typed_rows(table: Table, columns: Sequence[Column]) -> list[Row]:
    """Rows with typed cells. Raises TableRefused with every error there is."""
    places = _places(table.head, columns)
    rows, errors = [], []
    for number, raw in ((row.number, row.cells) for row in table.rows):
        values: dict[str, Any] = {}
        for column in columns:
            at = places.get(column.key)
            cell = raw[at] if at is not None and at < len(raw) else None
            try:
                values[column.key] = typed(cell, column)
            except Refused as refusal:
                errors.append(RowError(number, column.title, refusal.message))
        rows.append(Row(number, values))
    if errors:
        raise TableRefused(errors)
    if not rows:
        raise TableRefused([RowError(0, "", _("The table has a head but no rows."))])
    return rows


def _places(head: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    titles = [_head_text(cell) for cell in head]
    twice = sorted({title for title in titles if title and titles.count(title) > 1})
    errors = [RowError(0, "", _("The column {title} stands in the head twice.").format(title=title)) for title in twice]
    places: dict[str, int] = {}
    for column in columns:
        names = {_head_text(column.head), _head_text(column.title), column.key}
        found = [at for at, title in enumerate(titles) if title in names]
        if len(found) > 1 and titles[found[0]] not in twice:
            words = _("The column {title} stands in the head twice.").format(title=column.title)
            errors.append(RowError(0, column.title, words))
        if found:
            places[column.key] = found[0]
        elif column.required:
            errors.append(
                RowError(0, column.title, _("The column {title} is missing. Take the template.").format(title=column.head))
            )
    if errors:
        raise TableRefused(errors)
    return places


def _head_text(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return text.replace("(", "（").replace(")", "）").replace(" ", "").replace("*", "").strip()


def typed(cell: Any, column: Column) -> Any:
    """The value of a cell. Raises Refused with what is wrong and what would be right."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        if column.required:
            raise Refused(_("Something must stand here."))
        return None
    return READERS[column.type](cell, column)


def _text(cell: Any, column: Column) -> str:
    text = str(cell).strip()
    if text[:1] == "'" and text[1:2] in set("=+-@"):
        text = text[1:]  # our own exports write it so that no spreadsheet takes the text for a formula
    if len(text) > column.longest:
        raise Refused(_("At most {count} characters.").format(count=column.longest))
    if hidden_characters(text, lines=column.longest >= LONG_TEXT):
        raise Refused(_("The text holds invisible characters. Type it again by hand."))
    return text


def _day(cell: Any, column: Column) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip().replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").replace("日", "")
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError:
        raise Refused(_("{text} is no day. Write it like 2020-09-30.").format(text=cell)) from None


def _quantity(cell: Any, column: Column) -> int:
    text = str(cell).strip()
    unit = {"money": "fen", "area": "square_metres", "count": "count"}[column.type]
    plain = text.replace(",", "").lstrip("+-").replace(".", "", 1).isdigit()
    try:
        value = parse_quantity(f"{text}{column.unit}" if plain else text, unit)  # type: ignore[arg-type]
    except NotANumber:
        raise Refused(
            _("{text} is no amount. Write a number in {unit}.").format(text=cell, unit=column.unit or _("pieces"))
        ) from None
    if value < 0:
        raise Refused(_("{text} is negative.").format(text=cell))
    if value > (MOST_COUNTED if column.type == "count" else LIMIT):
        raise Refused(_("This number is too large."))
    return value


def _number(cell: Any, column: Column) -> str:
    try:
        return str(parse_number(str(cell).strip()))
    except NotANumber:
        raise Refused(_("{text} is no number.").format(text=cell)) from None


def _choice(cell: Any, column: Column) -> str:
    known = column.choices() if column.choices else {}
    text = str(cell).strip()
    if text not in known:
        shown = "、".join(list(dict.fromkeys(known))[:12])
        raise Refused(_("{text} is not one of: {known}").format(text=text, known=shown))
    return known[text]


def _names(cell: Any, column: Column) -> tuple[str, ...]:
    parts = str(cell).replace("，", "、").replace(",", "、").replace(";", "、").replace("；", "、").split("、")
    known = column.choices() if column.choices else None
    names = [part.strip() for part in parts if part.strip()]
    if known is not None:
        unknown = [name for name in names if name not in known]
        if unknown:
            raise Refused(_("{text} is not known here.").format(text=unknown[0]))
        names = [known[name] for name in names]
    return tuple(dict.fromkeys(names))


READERS: dict[str, Callable[[Any, Column], Any]] = {
    "text": _text, "day": _day, "money": _quantity, "area": _quantity, "count": _quantity, "number": _number,
    "choice": _choice, "names": _names,
}


def labels(choices: Sequence[tuple[str, str | Promise]]) -> dict[str, str]:
    """What people may write for a choice: its label in either language, or its value."""
    found: dict[str, str] = {}
    for language in (get_language() or "zh-hans", "zh-hans", "en"):
        with override(language):
            found |= {str(label): value for value, label in choices if str(label) not in found}
    return {**found, **{value: value for value, _label in choices}}
