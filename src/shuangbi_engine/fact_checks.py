"""What must agree between fact tables and with the scheme."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .fact_cells import Row
from .fact_errors import FactError
from .numbers import SHARE, points_text
from .scheme import Scheme
from .tables import ClaimEvent, Credit
from .values import CITY

Tables = Mapping[str, list[Row]]


def check_tables(scheme: Scheme, tables: Tables, files: Mapping[str, str]) -> list[FactError]:
    """Everything in the tables that fits neither the scheme nor the other tables."""
    participants = {row.participant for _, row in tables["participants"]}
    rounds = {row.round for _, row in tables["rounds"]}
    items = {item.name for group in scheme.groups.values() for item in group.items}
    known = {
        ("participants", "group"): {"", *scheme.groups},
        ("participants", "round"): {"", *rounds},
        ("targets", "measure"): set(scheme.measures),
        ("figures", "figure"): set(scheme.figures),
        ("adjustments", "kind"): set(scheme.adjustments),
        ("waivers", "item"): items,
        ("targets", "participant"): {CITY, *participants},
        **{(table, "participant"): participants for table in ("figures", "adjustments", "waivers")},
        **{(table, "round"): rounds for table in ("targets", "figures", "adjustments", "waivers")},
    }
    errors = [
        FactError("unknown_name", files[table], number, column, getattr(row, column))
        for (table, column), names in known.items()
        for number, row in tables[table]
        if getattr(row, column) not in names
    ]
    errors += [
        FactError("dates", files["rounds"], number, "end")
        for number, row in tables["rounds"]
        if row.end < row.start
    ]
    errors += _ranges(scheme, tables["adjustments"], files["adjustments"])
    errors += _shares(tables["credits"], files["credits"])
    return errors + _claims(tables["claims"], files["claims"])


def _ranges(scheme: Scheme, rows: Iterable[Row], file: str) -> list[FactError]:
    errors = []
    for number, row in rows:
        rule = scheme.adjustments.get(row.kind)
        if rule is not None and row.points and not rule.low <= Fraction(row.points, SHARE) <= rule.high:
            errors.append(FactError("range", file, number, "points", points_text(row.points)))
    return errors


def _shares(rows: Iterable[Row], file: str) -> list[FactError]:
    """Single shares beyond one whole, and projects whose shares on some day add up to more."""
    errors: list[FactError] = []
    latest: dict[str, dict[tuple[str, str], Credit]] = {}
    for number, row in sorted(rows, key=lambda one: one[1].seq):
        if not 0 <= row.share <= SHARE:
            errors.append(FactError("share", file, number, "share", points_text(row.share)))
        latest.setdefault(row.project, {})[row.unit, row.contract] = row
    for project, credited in latest.items():
        days = {row.first_day or date.min for row in credited.values()}
        if not errors and any(_share_on(day, credited.values()) > SHARE for day in days):
            errors.append(FactError("shares", file, 0, "share", project))
    return errors


def _share_on(day: date, rows: Iterable[Credit]) -> int:
    return sum(row.share for row in rows if (row.first_day or day) <= day <= (row.last_day or day))


def _claims(rows: list[Row], file: str) -> list[FactError]:
    """Claims without a kind, and claims that are about two subjects or stand in for one about another."""
    errors: list[FactError] = []
    first: dict[str, ClaimEvent] = {}
    for number, row in sorted(rows, key=_order):
        before = first.setdefault(row.claim, row)
        if before is row and not row.kind:
            errors.append(FactError("no_kind", file, number, "kind", row.claim))
        if before.subject != row.subject:
            errors.append(FactError("two_subjects", file, number, "subject", row.claim))
    for number, row in rows:
        replaced = first.get(row.replaces)
        if replaced is not None and replaced.subject != row.subject:
            errors.append(FactError("other_subject", file, number, "replaces", row.replaces))
    return errors


def _order(row: tuple[int, Any]) -> tuple[int, int]:
    return (row[1].seq, row[0])
