"""Reads the cells of fact tables into records, by the column specs of `tables`."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

from .backends import backend
from .fact_errors import FactError
from .numbers import SHARE, NotANumber, Unit, parse_number, parse_quantity
from .scheme import Scheme
from .tables import (
    EVENTS,
    TABLES,
    Adjustment,
    ClaimEvent,
    Column,
    Credit,
    Figure,
    Participant,
    Project,
    Round,
    Target,
    Waiver,
)

SHANGHAI = timezone(timedelta(hours=8))
RECORDS: dict[str, Callable[..., Any]] = {
    "projects": Project,
    "claims": ClaimEvent,
    "credits": Credit,
    "targets": Target,
    "participants": Participant,
    "figures": Figure,
    "adjustments": Adjustment,
    "waivers": Waiver,
    "rounds": Round,
}
_IN_EVERY_TABLE = ("seq", "recorded_at")
_CODES = {"day": "day", "event": "event", "text": "bar"}

Row = tuple[int, Any]
"""A record with the number of its row."""


class TableReader:
    """Reads tables one by one and collects what is wrong with them."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.errors: list[FactError] = []
        self.recorded: list[tuple[datetime, int]] = []
        self.kinds: dict[str, str] = {}
        self.units: dict[str, Unit] = {}
        for state in scheme.policy.states:
            if state.amount == "claim":
                self.units = {**dict.fromkeys(state.claims, state.unit), **self.units}

    def table(self, name: str, file: Path) -> list[Row]:
        """The records of one table; rows with errors are left out."""
        found = []
        for number, row in self._rows(name, file):
            before = len(self.errors)
            values = self._values(name, (file.name, number), row)
            if len(self.errors) == before:
                found.append((number, RECORDS[name](**values)))
        return found

    def _rows(self, name: str, file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
        try:
            header, rows = _parquet(file) if file.suffix == ".parquet" else _csv(file)
        except UnicodeDecodeError:
            self.errors.append(FactError("not_text", file.name))
            return
        if self._bad_header(name, file.name, header):
            return
        for number, cells in enumerate(rows, start=2):
            if len(cells) > len(header):
                self.errors.append(FactError("too_many_cells", file.name, number))
            elif any(cell.strip() for cell in cells):
                filled = [*cells, *[""] * (len(header) - len(cells))]
                yield number, dict(zip(header, filled, strict=True))

    def _bad_header(self, name: str, file: str, header: list[str]) -> bool:
        known = {*(column.name for column in TABLES[name]), *_IN_EVERY_TABLE}
        errors = [FactError("unknown_column", file, 1, column) for column in header if column not in known]
        twice = sorted({column for column in header if header.count(column) > 1 and column in known})
        errors += [FactError("two_columns", file, 1, column) for column in twice]
        missing = sorted({column.name for column in TABLES[name] if column.required} - set(header))
        errors += [FactError("no_column", file, 1, column) for column in missing]
        self.errors += errors
        return bool(errors)

    def _values(self, name: str, at: tuple[str, int], row: Mapping[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {"seq": self._seq(at, row)}
        if name == "participants":
            values["group"] = ""
        if name == "claims" and (kind := row.get("kind", "").strip()):
            self.kinds[row.get("claim", "").strip()] = kind
        for column in TABLES[name]:
            text = row.get(column.name, "").strip()
            if text:
                try:
                    values[column.field or column.name] = self._parsed(column, text, name, row)
                except ValueError:
                    code = _CODES.get(column.type, "number")
                    self.errors.append(FactError(code, *at, column.name, text, "、".join(EVENTS)))
            elif column.required:
                self.errors.append(FactError("empty", *at, column.name))
        return values

    def _seq(self, at: tuple[str, int], row: Mapping[str, str]) -> int:
        """The row's seq, 0 where it has none; when it was recorded is kept."""
        seq = 0
        if text := row.get("seq", "").strip():
            try:
                seq = parse_quantity(text, "count")
            except NotANumber:
                self.errors.append(FactError("integer", *at, "seq", text))
        if text := row.get("recorded_at", "").strip():
            try:
                self.recorded.append((moment(text), seq))
            except ValueError:
                self.errors.append(FactError("time", *at, "recorded_at", text))
        return seq

    def _parsed(self, column: Column, text: str, table: str, row: Mapping[str, str]) -> Any:
        """A cell by its column's type; ValueError where it does not read."""
        if column.type == "text":
            return _plain(text)
        if column.type == "day":
            return date.fromisoformat(text)
        if column.type == "names":
            return tuple(name.strip() for name in text.split("|") if name.strip())
        if column.type == "fen":
            return parse_quantity(text, "fen")
        if column.type in ("share", "points"):
            return _ten_thousandths(text)
        if column.type == "quantity":
            return parse_quantity(text, self._unit(table, row))
        if column.type == "number":
            return self._figure(text, row)
        if text not in EVENTS:
            raise ValueError(text)
        return text

    def _unit(self, table: str, row: Mapping[str, str]) -> Unit:
        """The unit of an amount: that of the measure asked for, or of the first state that counts this kind of claim."""
        if table == "targets":
            measure = self.scheme.measures.get(row.get("measure", "").strip())
            return measure.unit if measure is not None else "count"
        return self.units.get(self.kinds.get(row.get("claim", "").strip(), ""), "fen")

    def _figure(self, text: str, row: Mapping[str, str]) -> Fraction:
        rule = self.scheme.figures.get(row.get("figure", "").strip())
        if rule is None or rule.unit == "number":
            return parse_number(text)
        return Fraction(parse_quantity(text, rule.unit))


def _csv(file: Path) -> tuple[list[str], Iterable[list[str]]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    return ([cell.strip() for cell in rows[0]], rows[1:]) if rows else ([], [])


def _parquet(file: Path) -> tuple[list[str], Iterable[list[str]]]:
    found: tuple[list[str], list[list[str]]] = backend("duckdb").read_parquet(file)
    return found


def _plain(text: str) -> str:
    if "|" in text:
        raise ValueError(text)
    return text


def _ten_thousandths(text: str) -> int:
    scaled = parse_number(text) * SHARE
    if scaled.denominator != 1:
        raise NotANumber(text)
    return int(scaled)


def moment(text: str) -> datetime:
    """A time as people write it: ISO 8601, Asia/Shanghai where it has no zone; a bare day means its end."""
    read = datetime.fromisoformat(text)
    if len(text) == len("2020-10-19"):
        read = read.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return read if read.tzinfo is not None else read.replace(tzinfo=SHANGHAI)
