"""Measure → one additive query over postings, the same on every database.

Days and seqs fall into buckets by a balanced CASE, so that any window is a sum of buckets and any cutoff a prefix:
fifty-two weekly cutoffs are one GROUP BY.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlglot import exp

from .numbers import within_limit
from .scheme import Measure

Span = tuple[int, int]
"""First and last day of a window, as ordinals, both included."""


class Backend(Protocol):
    """Where the query runs: a dialect of SQL, the name of the postings there, and a way to run it."""

    @property
    def dialect(self) -> str:
        """The name sqlglot has for the dialect."""

    @property
    def table(self) -> str:
        """What stands after FROM."""

    def rows(self, sql: str) -> Iterable[Sequence[object]]:
        """Run a query."""


@dataclass(slots=True)
class Sums:
    """Sums by cutoff, window and measure, then by unit; whatever is absent is 0."""

    totals: dict[tuple[int, Span, str], dict[str, int]] = field(default_factory=dict)

    def of(self, cut: int, span: Span, measure: str) -> Mapping[str, int]:
        """Sum by unit of one measure in one window at one cutoff."""
        return self.totals.get((cut, span, measure), {})


def unit_sums(
    backend: Backend, measures: Sequence[Measure], spans: Iterable[Span], cuts: Iterable[int]
) -> Sums:
    """All measures in all windows at all cutoffs (seqs), in one pass over the postings."""
    wanted, cutoffs = sorted(set(spans)), sorted(set(cuts))
    sums = Sums()
    if not (measures and wanted and cutoffs):
        return sums
    edges = _edges(wanted)
    query = exp.select(
        _bucket("seq", [cut + 1 for cut in cutoffs[:-1]]).as_("cut"),
        _bucket("day", edges[1:-1]).as_("span"),
        exp.column("unit"),
        *(_total(measure).as_(f"m{at}") for at, measure in enumerate(measures)),
    )
    query = query.from_(backend.table).where(*_bounds(measures, edges, cutoffs)).group_by("1", "2", "3")
    for row in backend.rows(query.sql(dialect=backend.dialect)):
        cut, bucket, unit = _int(row[0]), _int(row[1]), str(row[2])
        for at, measure in enumerate(measures):
            total = _int(row[3 + at])
            if total:
                _add(sums, (measure.name, unit, total), (cutoffs[cut:], _covering(wanted, edges[bucket])))
    for by_unit in sums.totals.values():
        for total in by_unit.values():
            within_limit(total)
    return sums


def _add(sums: Sums, cell: tuple[str, str, int], to: tuple[Sequence[int], list[Span]]) -> None:
    measure, unit, total = cell
    for cutoff in to[0]:
        for span in to[1]:
            by_unit = sums.totals.setdefault((cutoff, span, measure), {})
            by_unit[unit] = by_unit.get(unit, 0) + total


def subject_rows(
    backend: Backend, measure: Measure, span: Span, cut: int
) -> list[tuple[str, str, int, str, int, int]]:
    """What a measure counts in one window at one cutoff: unit, subject, size, tags, amount, count."""
    names = ("unit", "subject", "size", "tags")
    query = exp.select(
        *(exp.column(name) for name in names),
        _cast(exp.Sum(this=exp.column("amount"))).as_("amount"),
        _cast(exp.Sum(this=exp.column("count", quoted=True))).as_("number"),
    )
    query = (
        query.from_(backend.table)
        .where(_test(measure), *_within([span[0], span[1] + 1], [cut]))
        .group_by(*(exp.column(name) for name in names))
    )
    found = []
    for unit, subject, size, tags, amount, count in backend.rows(query.sql(dialect=backend.dialect)):
        if _int(amount) or _int(count):
            sums = within_limit(_int(amount)), within_limit(_int(count))
            found.append((str(unit), str(subject), _int(size), str(tags), *sums))
    return sorted(found)


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _edges(spans: Sequence[Span]) -> list[int]:
    """Where some window begins or has ended: between two edges nothing changes."""
    return sorted({edge for first, last in spans for edge in (first, last + 1)})


def _covering(spans: Sequence[Span], day: int) -> list[Span]:
    return [span for span in spans if span[0] <= day <= span[1]]


def _bucket(column: str, edges: Sequence[int], base: int = 0) -> exp.Expression:
    """How many of the edges lie at or below the column, by a CASE of logarithmic depth."""
    if not edges:
        return exp.Literal.number(base)
    middle = len(edges) // 2
    return (
        exp.Case()
        .when(
            exp.LT(this=exp.column(column), expression=exp.Literal.number(edges[middle])),
            _bucket(column, edges[:middle], base),
        )
        .else_(_bucket(column, edges[middle + 1 :], base + middle + 1))
    )


def _cast(value: exp.Expression) -> exp.Expression:
    return exp.cast(value, "BIGINT")


def _total(measure: Measure) -> exp.Expression:
    taken = exp.column(measure.take, quoted=True)
    case = exp.Case().when(_test(measure), taken).else_(exp.Literal.number(0))
    return _cast(exp.Sum(this=case))


def _test(measure: Measure) -> exp.Condition:
    where = measure.where
    tests: list[exp.Expression] = [
        _equals("state", measure.state),
        exp.EQ(this=exp.column("level"), expression=exp.Literal.number(measure.level)),
        _equals("credit", measure.credit),
    ]
    if where.size_at_least is not None:
        tests.append(exp.GTE(this=exp.column("size"), expression=exp.Literal.number(where.size_at_least)))
    if where.size_below is not None:
        tests.append(exp.LT(this=exp.column("size"), expression=exp.Literal.number(where.size_below)))
    tests += [exp.paren(exp.or_(*(_has(marker) for marker in anyof))) for anyof in where.has]
    tests += [exp.not_(exp.paren(_has(marker))) for marker in where.lacks]
    return exp.and_(*tests)


def _equals(column: str, text: str) -> exp.Expression:
    return exp.EQ(this=exp.column(column), expression=exp.Literal.string(text))


def _has(marker: str) -> exp.Expression:
    found = exp.StrPosition(this=exp.column("tags"), substr=exp.Literal.string(marker))
    return exp.GT(this=found, expression=exp.Literal.number(0))


def _within(edges: Sequence[int], cutoffs: Sequence[int]) -> list[exp.Expression]:
    return [
        exp.GTE(this=exp.column("day"), expression=exp.Literal.number(edges[0])),
        exp.LT(this=exp.column("day"), expression=exp.Literal.number(edges[-1])),
        exp.LTE(this=exp.column("seq"), expression=exp.Literal.number(cutoffs[-1])),
    ]


def _bounds(
    measures: Sequence[Measure], edges: Sequence[int], cutoffs: Sequence[int]
) -> list[exp.Expression]:
    states = sorted({measure.state for measure in measures})
    modes = sorted({measure.credit for measure in measures})
    levels = sorted({measure.level for measure in measures})
    return [
        exp.column("state").isin(*states),
        exp.column("credit").isin(*modes),
        exp.column("level").isin(*levels),
        *_within(edges, cutoffs),
    ]
