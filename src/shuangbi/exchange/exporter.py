"""What an exporter is: a name, the columns of the importer of that name, and the rows that a person may take away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from shuangbi.competitions.models import Competition
from shuangbi.exchange.table import Column
from shuangbi.foundation.tabular import Head, csv_bytes, xlsx_bytes
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_by_name
from shuangbi_engine.numbers import short_text

Cells = dict[str, Any]
WAN = 10**6
"""分 in one 万元."""


@dataclass(frozen=True)
class Exporter:
    """A kind of table on its way out; read back by the importer with the same columns. Cells are named by column key."""

    name: str
    title: Any
    columns: tuple[Column, ...]
    rows: Callable[[Access, Competition | None], Iterable[Cells]]


def exported(exporter: Exporter, *, suffix: str, access: Access, competition: Competition | None) -> bytes:
    """The table as an xlsx or csv file (by suffix), with the heads that the importer knows."""
    head = [Head(column.head) for column in exporter.columns]
    rows = ([cells.get(column.key) for column in exporter.columns] for cells in exporter.rows(access, competition))
    return csv_bytes(head, rows) if suffix == ".csv" else xlsx_bytes(str(exporter.title), head, rows)


def unit_words() -> dict[UUID, str]:
    """For each unit the shortest of its names that means it alone."""
    known = units_by_name()

    def word(unit: Unit) -> str:
        return next(text for text in (unit.short_name, unit.name, unit.code) if known.get(text) == unit)

    return {unit.id: word(unit) for unit in set(known.values())}


def in_wan(fen: int) -> int | str | None:
    """Money as a number of 万元, exact; nothing for what was not stated."""
    whole, rest = divmod(fen, WAN)
    return (short_text(Fraction(fen, WAN), 6) if rest else whole) or None


def exact_text(amount: int, unit: str) -> str:
    """An amount with its unit, exact: 1200万元, 20000平方米, 3."""
    if unit == "fen":
        return f"{short_text(Fraction(amount, WAN), 6)}万元"
    return f"{amount}平方米" if unit == "square_metres" else str(amount)
