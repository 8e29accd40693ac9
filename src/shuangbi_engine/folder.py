"""Reads a folder of fact tables (CSV or Parquet); a bad cell is refused with its file, row, column and remedy."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

from .backends import backend
from .numbers import SHARE, NotANumber, Unit, parse_number, parse_quantity
from .scheme import Scheme
from .tables import (
    EVENTS,
    REQUIRED_TABLES,
    TABLES,
    Adjustment,
    ClaimEvent,
    Column,
    Credit,
    Facts,
    Figure,
    GroupHistory,
    Participant,
    Project,
    Round,
    Target,
    Waiver,
)

SHANGHAI = timezone(timedelta(hours=8))
_RECORDS: dict[str, Callable[..., Any]] = {
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
_KNOWN_TWICE = ("seq", "recorded_at")


class FactsRefused(ValueError):
    """Fact tables that cannot be read; `errors` has file, row (the header is row 1), column, reason and remedy."""

    def __init__(self, errors: list[dict[str, object]]) -> None:
        super().__init__("; ".join(f"{error['file']}:{error['row']} {error['column']}" for error in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """All the tables of a folder, and when each seq was recorded."""

    facts: Facts
    histories: tuple[GroupHistory, ...]
    recorded: tuple[tuple[datetime, int], ...]

    def seq_at(self, moment: datetime) -> int:
        """The last seq recorded by a time; LookupError where no row says when it was recorded."""
        if not self.recorded:
            raise LookupError("recorded_at")
        return max((seq for recorded, seq in self.recorded if recorded <= moment), default=-1)


class _Reader:
    """Collects rows and errors over all tables."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.errors: list[dict[str, object]] = []
        self.recorded: list[tuple[datetime, int]] = []

    def refuse(self, at: tuple[str, int, str], zh: str, en: str, value: str = "") -> None:
        """Record an error; at most a hundred are kept."""
        if len(self.errors) < 100:
            self.errors.append(
                {"file": at[0], "row": at[1], "column": at[2], "value": value, "reason": {"zh": zh, "en": en}}
            )

    def table(self, name: str, file: Path) -> list[Any]:
        """The records of one table; rows with errors are left out."""
        found = []
        columns = {column.name: column for column in TABLES[name]}
        for number, row in self._rows(name, file):
            before = len(self.errors)
            record = self._record(name, (file.name, number), columns, row)
            if len(self.errors) == before:
                found.append(record)
        return found

    def _rows(self, name: str, file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
        known = {column.name for column in TABLES[name]} | set(_KNOWN_TWICE)
        header, rows = _parquet(file) if file.suffix == ".parquet" else _csv(file)
        for column in header:
            if column not in known or header.count(column) > 1:
                reason = (
                    ("列名重复", "this column stands twice")
                    if column in known
                    else ("不认识的列", "unknown column")
                )
                self.refuse((file.name, 1, column), *reason)
        for column in sorted({column.name for column in TABLES[name] if column.required} - set(header)):
            self.refuse((file.name, 1, column), "缺少这一列", "this column is missing")
        if any(error["file"] == file.name for error in self.errors):
            return
        for number, cells in enumerate(rows, start=2):
            if len(cells) > len(header):
                self.refuse((file.name, number, ""), "单元格比表头多", "more cells than the header has")
                continue
            if any(cells):
                yield number, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))

    def _record(
        self, name: str, at: tuple[str, int], columns: Mapping[str, Column], row: Mapping[str, str]
    ) -> Any:
        values: dict[str, Any] = {"seq": self._known(at, row)}
        for column in columns.values():
            text = row.get(column.name, "").strip()
            where = (*at, column.name)
            if not text:
                if column.required:
                    self.refuse(where, "不能为空", "must be filled")
                continue
            try:
                values[column.field or column.name] = self._cell(column, text, name, row)
            except (NotANumber, ValueError) as bad:
                self.refuse(where, *_reason(column.type, bad), value=text)
        if any(error["file"] == at[0] and error["row"] == at[1] for error in self.errors):
            return None
        return _RECORDS[name](**{"group": "", **values} if name == "participants" else values)

    def _known(self, at: tuple[str, int], row: Mapping[str, str]) -> int:
        seq = 0
        if text := row.get("seq", "").strip():
            try:
                seq = parse_quantity(text, "count")
            except NotANumber:
                self.refuse((*at, "seq"), "应为整数", "must be an integer", text)
        if text := row.get("recorded_at", "").strip():
            try:
                self.recorded.append((moment(text), seq))
            except ValueError:
                self.refuse(
                    (*at, "recorded_at"),
                    "不是时间,写作 2020-10-19T18:00",
                    "not a time; write 2020-10-19T18:00",
                    text,
                )
        return seq

    def _cell(self, column: Column, text: str, table: str, row: Mapping[str, str]) -> Any:
        if column.type == "day":
            return date.fromisoformat(text)
        if column.type == "names":
            return tuple(name.strip() for name in text.split("|") if name.strip())
        if column.type == "event":
            return _one_of(text, EVENTS)
        if column.type == "fen":
            return parse_quantity(text, "fen")
        if column.type in ("share", "points"):
            return _ten_thousandths(text)
        if column.type == "quantity":
            return parse_quantity(text, self._unit(table, row))
        if column.type == "number":
            return self._figure(text, row)
        return _plain(text)

    def _unit(self, table: str, row: Mapping[str, str]) -> Unit:
        """The unit of an amount: that of the measure asked for, or of the state that counts this kind of claim."""
        if table == "targets":
            measure = self.scheme.measures.get(row.get("measure", "").strip())
            return measure.unit if measure is not None else "count"
        kind = row.get("kind", "").strip()
        for state in self.scheme.policy.states:
            if kind in state.claims and state.amount == "claim":
                return state.unit
        return "fen"

    def _figure(self, text: str, row: Mapping[str, str]) -> Fraction:
        rule = self.scheme.figures.get(row.get("figure", "").strip())
        if rule is None or rule.unit == "number":
            return parse_number(text)
        return Fraction(parse_quantity(text, rule.unit))

    def known_names(self, tables: Mapping[str, list[Any]]) -> None:
        """Names in the tables that the scheme or other tables do not have."""
        groups, items = (
            self.scheme.groups,
            {item.name for group in self.scheme.groups.values() for item in group.items},
        )
        self._unknown("participants", tables, "group", {*groups, ""})
        self._unknown("targets", tables, "measure", set(self.scheme.measures))
        self._unknown("figures", tables, "figure", set(self.scheme.figures))
        self._unknown("adjustments", tables, "kind", set(self.scheme.adjustments))
        self._unknown("waivers", tables, "item", items)
        for row in tables["adjustments"]:
            rule = self.scheme.adjustments.get(row.kind)
            if rule is not None and row.points and not rule.low <= Fraction(row.points, SHARE) <= rule.high:
                at = ("adjustments", 0, "points")
                self.refuse(at, "超出该种加减分的范围", "outside the range of this kind", row.adjustment)

    def _unknown(self, table: str, tables: Mapping[str, list[Any]], column: str, known: set[str]) -> None:
        for name in sorted({getattr(row, column) for row in tables[table]} - known):
            self.refuse((table, 0, column), "方案中没有这个名称", "the scheme has no such name", name)


def _csv(file: Path) -> tuple[list[str], Iterable[list[str]]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    return ([cell.strip() for cell in rows[0]], rows[1:]) if rows else ([], [])


def _parquet(file: Path) -> tuple[list[str], Iterable[list[str]]]:
    found: tuple[list[str], list[list[str]]] = backend("duckdb").read_parquet(file)
    return found


def _reason(kind: str, bad: Exception) -> tuple[str, str]:
    if kind == "day":
        return "不是有效日期,写作 2020-09-30", "not a possible date; write 2020-09-30"
    if kind == "event":
        return f"应为 {'、'.join(EVENTS)} 之一", f"must be one of {', '.join(EVENTS)}"
    if kind == "text":
        return "不能含有“|”", "must not contain |"
    return f"不是数:{bad}", f"not a number: {bad}"


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise ValueError(text)
    return text


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
    day_only = len(text) == len("2020-10-19")
    read = datetime.fromisoformat(text)
    if day_only:
        read = read.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return read if read.tzinfo is not None else read.replace(tzinfo=SHANGHAI)


def read_folder(folder: str | Path, scheme: Scheme) -> FolderFacts:
    """All fact tables of a folder. FactsRefused lists what is wrong; nothing is half loaded."""
    reader, place = _Reader(scheme), Path(folder)
    tables: dict[str, list[Any]] = {}
    for name in TABLES:
        files = [file for suffix in (".csv", ".parquet") if (file := place / f"{name}{suffix}").is_file()]
        tables[name] = reader.table(name, files[0]) if files else []
        if not files and name in REQUIRED_TABLES:
            reader.refuse((f"{name}.csv", 0, ""), "缺少这个表", "this table is missing")
        if len(files) > 1:
            reader.refuse((f"{name}.parquet", 0, ""), "同一表有两个文件", "two files hold the same table")
    for file in sorted(place.glob("*.csv")) + sorted(place.glob("*.parquet")):
        if file.stem not in TABLES:
            reader.refuse((file.name, 0, ""), "不认识的表", "unknown table")
    if not reader.errors:
        reader.known_names(tables)
        _check_shares(reader, tables["credits"])
    if reader.errors:
        raise FactsRefused(reader.errors)
    facts = Facts(
        rounds=tuple(tables["rounds"]),
        participants=tuple(tables["participants"]),
        targets=tuple(tables["targets"]),
        figures=tuple(tables["figures"]),
        adjustments=tuple(tables["adjustments"]),
        waivers=tuple(tables["waivers"]),
    )
    return FolderFacts(
        facts, histories(tables["projects"], tables["claims"], tables["credits"]), tuple(reader.recorded)
    )


def _check_shares(reader: _Reader, shares: Iterable[Credit]) -> None:
    for row in shares:
        if not 0 <= row.share <= SHARE:
            reader.refuse(
                ("credits", 0, "share"), "应在 0 与 100% 之间", "must lie between 0 and 100 %", row.project
            )


def histories(
    projects: Iterable[Project], claims: Iterable[ClaimEvent], shares: Iterable[Credit]
) -> tuple[GroupHistory, ...]:
    """The rows of each once-group together, in the order of subjects."""
    grouped: dict[str, tuple[list[Project], list[ClaimEvent], list[Credit]]] = {}
    for project in projects:
        grouped.setdefault(project.project, ([], [], []))[0].append(project)
    for claim in claims:
        grouped.setdefault(claim.subject, ([], [], []))[1].append(claim)
    for credit in shares:
        grouped.setdefault(credit.project, ([], [], []))[2].append(credit)
    return tuple(
        GroupHistory(subject, tuple(parts[0]), tuple(parts[1]), tuple(parts[2]))
        for subject, parts in sorted(grouped.items())
    )
