"""Measure → one additive query over postings, the same on every database.

Days and seqs fall into buckets by a balanced CASE, so that any window is a sum of buckets and any cutoff a prefix:
fifty-two weekly cutoffs are one GROUP BY.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
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
    def indexed(self) -> bool:
        """Whether an index on `postings.INDEX` makes it cheap to read the rows of each measure apart."""

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
    """All measures in all windows at all cutoffs (seqs), in one query over the postings.

    Measures that differ only in name and window are summed once.
    """
    wanted, cutoffs = sorted(set(spans)), sorted(set(cuts))
    alike: dict[Measure, list[str]] = {}
    for measure in measures:
        alike.setdefault(_bare(measure), []).append(measure.name)
    sums = Sums()
    if not (alike and wanted and cutoffs):
        return sums
    edges = _edges(wanted)
    axes = len(edges), len(cutoffs)
    text = _sums_sql(tuple(alike), axes, backend.table, (backend.dialect, backend.indexed))
    sql = _filled(text, [*edges, *cutoffs, *(cutoff + 1 for cutoff in cutoffs)])
    names = list(alike.values())
    grown: dict[int, list[tuple[int, str, int, int]]] = {}
    for cut, bucket, unit, at, total in _cells(backend.rows(sql), len(names), backend.indexed):
        grown.setdefault(cut, []).append((bucket, unit, at, total))
    covering = [_covering(wanted, edge) for edge in edges]
    running: dict[tuple[Span, int], dict[str, int]] = {}
    for number, cutoff in enumerate(cutoffs):
        for bucket, unit, at, total in grown.get(number, ()):
            for span in covering[bucket]:
                by_unit = running.setdefault((span, at), {})
                by_unit[unit] = within_limit(by_unit.get(unit, 0) + total)
        for (span, at), by_unit in running.items():
            known = dict(by_unit)
            for name in names[at]:
                sums.totals[cutoff, span, name] = known
    return sums


def _bare(measure: Measure) -> Measure:
    """The measure without what the sum does not depend on."""
    return replace(measure, name="", title="", title_en="", window="round", unit="count", only_listed=False)


def _cells(
    rows: Iterable[Sequence[object]], measures: int, indexed: bool
) -> Iterator[tuple[int, int, str, int, int]]:
    """Cutoff, bucket of days, unit, measure and its sum, out of either shape of the query."""
    for row in rows:
        if indexed:
            yield _int(row[0]), _int(row[1]), str(row[2]), _int(row[3]), _int(row[4])
        else:
            for at in range(measures):
                if total := _int(row[3 + at]):
                    yield _int(row[0]), _int(row[1]), str(row[2]), at, total


def _blank(at: int) -> exp.Expression:
    """The place of a number that is filled in later. No name in a scheme contains NUL."""
    return exp.Literal(this=f"\0{at}\0", is_string=False)


def _filled(text: str, numbers: Sequence[int]) -> str:
    """A text of `_sums_sql` or `_subjects_sql` with its days and seqs, so that it is made once for all of them."""
    return re.sub("\0(\\d+)\0", lambda found: str(numbers[int(found[1])]), text)


@lru_cache(maxsize=64)
def _sums_sql(
    measures: tuple[Measure, ...], axes: tuple[int, int], table: str, place: tuple[str, bool]
) -> str:
    """One pass with a conditional sum per measure, or, where an index finds the rows of each, their union.

    `axes` says how many edges and cutoffs there are; they are filled in with the first seqs after each cutoff.
    """
    edges = [_blank(at) for at in range(axes[0])]
    cutoffs = [_blank(axes[0] + at) for at in range(axes[1])]
    after = [_blank(axes[0] + axes[1] + at) for at in range(axes[1])]
    cut, span = _bucket("seq", after[:-1]), _bucket("day", edges[1:-1])
    head = [cut.as_("cut"), span.as_("span"), exp.column("unit")]
    dialect, indexed = place
    if not indexed:
        totals = [_total(measure).as_(f"m{at}") for at, measure in enumerate(measures)]
        query = exp.select(*head, *totals).from_(table)
        return query.where(*_bounds(measures, edges, cutoffs[-1])).group_by("1", "2", "3").sql(dialect=dialect)
    parts = [
        exp.select(
            *head,
            exp.Literal.number(at).as_("measure"),
            _cast(exp.Sum(this=exp.column(measure.take, quoted=True))).as_("total"),
        )
        .from_(table)
        .where(_test(measure), *_within(edges, cutoffs[-1]))
        .group_by("1", "2", "3")
        .sql(dialect=dialect)
        for at, measure in enumerate(measures)
    ]
    return " UNION ALL ".join(parts)


def subject_rows(
    backend: Backend, measure: Measure, span: Span, cut: int
) -> list[tuple[str, str, int, str, int, int]]:
    """What a measure counts in one window at one cutoff: unit, subject, size, tags, amount, count."""
    text = _subjects_sql(_bare(measure), backend.table, backend.dialect)
    found = []
    for unit, subject, size, tags, amount, count in backend.rows(_filled(text, [span[0], span[1] + 1, cut])):
        if _int(amount) or _int(count):
            sums = within_limit(_int(amount)), within_limit(_int(count))
            found.append((str(unit), str(subject), _int(size), str(tags), *sums))
    return sorted(found)


@lru_cache(maxsize=64)
def _subjects_sql(measure: Measure, table: str, dialect: str) -> str:
    names = ("unit", "subject", "size", "tags")
    query = exp.select(
        *(exp.column(name) for name in names),
        _cast(exp.Sum(this=exp.column("amount"))).as_("amount"),
        _cast(exp.Sum(this=exp.column("count", quoted=True))).as_("number"),
    )
    query = query.from_(table).where(_test(measure), *_within([_blank(0), _blank(1)], _blank(2)))
    return query.group_by(*(exp.column(name) for name in names)).sql(dialect=dialect)


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _edges(spans: Sequence[Span]) -> list[int]:
    """Where some window begins or has ended: between two edges nothing changes."""
    return sorted({edge for first, last in spans for edge in (first, last + 1)})


def _covering(spans: Sequence[Span], day: int) -> list[Span]:
    return [span for span in spans if span[0] <= day <= span[1]]


def _bucket(column: str, edges: Sequence[exp.Expression], base: int = 0) -> exp.Expression:
    """How many of the edges lie at or below the column, by a CASE of logarithmic depth."""
    if not edges:
        return exp.Literal.number(base)
    middle = len(edges) // 2
    return (
        exp.Case()
        .when(
            exp.LT(this=exp.column(column), expression=edges[middle].copy()),
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


def _within(edges: Sequence[exp.Expression], last: exp.Expression) -> list[exp.Expression]:
    return [
        exp.GTE(this=exp.column("day"), expression=edges[0].copy()),
        exp.LT(this=exp.column("day"), expression=edges[-1].copy()),
        exp.LTE(this=exp.column("seq"), expression=last.copy()),
    ]


def _bounds(
    measures: Sequence[Measure], edges: Sequence[exp.Expression], last: exp.Expression
) -> list[exp.Expression]:
    states = sorted({measure.state for measure in measures})
    modes = sorted({measure.credit for measure in measures})
    levels = sorted({measure.level for measure in measures})
    return [
        exp.column("state").isin(*states),
        exp.column("credit").isin(*modes),
        exp.column("level").isin(*levels),
        *_within(edges, last),
    ]
