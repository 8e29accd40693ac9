"""Postings and facts → measured values of one round, at one seq or at many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .known import KnownFacts, fed_by, known_facts
from .measure import Backend, Span, Sums, subject_rows, unit_sums
from .numbers import LIMIT, SHARE
from .scheme import Measure, Scheme, Step, Window
from .tables import Facts, Participant, Round
from .values import CITY, MeasuredValues, MeasureWindow, SubjectRow, year_of

_BEGINNING = 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """One round of one scheme at one seq, with its windows as spans."""

    scheme: Scheme
    known: KnownFacts
    round: Round
    cut: int
    earlier: Mapping[str, Mapping[str, int]]

    def span(self, window: Window) -> Span | None:
        """First and last day of a window; None where the comparison round is not known."""
        return span_of(self.known, self.round, window)

    def named(self, name: str, measure: Measure) -> frozenset[str]:
        """The projects that a participant's target names for this round."""
        target = self.known.targets.get((name, measure.name, self.round.round))
        return frozenset(target.subjects if target else ())


def span_of(known: KnownFacts, asked: Round, window: Window) -> Span | None:
    """First and last day (ordinals) of a window of a round; None where the comparison round is not known."""
    if window == "round":
        return _span(asked)
    if window == "to_date":
        return known.counts_from(asked).toordinal(), asked.end.toordinal()
    if window == "stock":
        return _BEGINNING, asked.end.toordinal()
    before = known.rounds.get(asked.previous)
    return None if before is None else _span(before)


def _span(of_round: Round) -> Span:
    return of_round.start.toordinal(), of_round.end.toordinal()


def measured_values(
    backend: Backend,
    scheme: Scheme,
    facts: Facts,
    round_name: str,
    seq: int | None = None,
    earlier: Mapping[str, Mapping[str, int]] | None = None,
) -> MeasuredValues:
    """Everything a round is scored from, as known at a seq (None: now).

    `earlier` gives the totals (1/10000) of rounds that a composite takes. Raises UnknownRound.
    """
    return measured_at(backend, scheme, facts, round_name, [seq], earlier)[0]


def measured_at(
    backend: Backend,
    scheme: Scheme,
    facts: Facts,
    round_name: str,
    seqs: Sequence[int | None],
    earlier: Mapping[str, Mapping[str, int]] | None = None,
) -> list[MeasuredValues]:
    """The same at many cutoffs in one pass over the postings."""
    asked = []
    for seq in seqs:
        known = known_facts(facts, seq)
        cut = LIMIT if seq is None else seq
        asked.append(_Asked(scheme, known, known.round(round_name), cut, earlier or {}))
    wanted = _windows(scheme)
    spans = {span for one in asked for _, window in wanted if (span := one.span(window)) is not None}
    measures = [measure for measure in scheme.measures.values() if not measure.only_listed]
    sums = unit_sums(backend, measures, spans, [one.cut for one in asked])
    return [_values(backend, one, wanted, sums) for one in asked]


def _windows(scheme: Scheme) -> list[MeasureWindow]:
    """Each measure in its own window; those shown as progress also in the round and to date."""
    shown = {indicator.measure for indicator in scheme.progress.indicators}
    for outcome in scheme.outcomes:
        shown |= {*outcome.settings.get("measures", ()), outcome.settings.get("measure", "")}
    found: dict[MeasureWindow, None] = {}
    for measure in scheme.measures.values():
        found[measure.name, measure.window] = None
        if measure.name in shown:
            found[measure.name, "round"] = None
            found[measure.name, "to_date"] = None
    return list(found)


def _values(backend: Backend, asked: _Asked, wanted: list[MeasureWindow], sums: Sums) -> MeasuredValues:
    scheme, known = asked.scheme, asked.known
    groups = {name: known.in_group(name, asked.round.round) for name in scheme.groups}
    everyone = [one for members in groups.values() for one in members]
    measured: dict[MeasureWindow, dict[str, Fraction]] = {}
    city: dict[MeasureWindow, Fraction] = {}
    for name, window in wanted:
        measure, span = scheme.measures[name], asked.span(window)
        if span is None:
            continue
        if measure.only_listed:
            column, whole = _listed(backend, asked, measure, span, everyone)
            measured[name, window], city[name, window] = column, whole
            continue
        by_unit = sums.of(asked.cut, span, name)
        measured[name, window] = {
            one.participant: _number(measure, sum(by_unit.get(unit, 0) for unit in fed_by(one)))
            for one in everyone
        }
        city[name, window] = _number(measure, sum(by_unit.values()))
    return MeasuredValues(
        round=asked.round,
        participants=groups,
        measured=measured,
        city=city,
        targets=_targets(asked, everyone),
        figures=_figures(asked, everyone),
        subjects={
            name: _subjects(backend, asked, scheme.measures[name], everyone) for name in _itemised(scheme)
        },
        expected=_expected(asked, everyone),
        adjustments=tuple(
            row for row in known.adjustments.values() if row.round == asked.round.round and row.points
        ),
        waivers={
            (row.participant, row.item): row.reason
            for row in known.waivers.values()
            if row.round == asked.round.round and row.reason
        },
        earlier=asked.earlier,
    )


def _number(measure: Measure, total: int) -> Fraction:
    return Fraction(total, SHARE) if measure.take == "count" else Fraction(total)


def _listed(
    backend: Backend, asked: _Asked, measure: Measure, span: Span, everyone: Iterable[Participant]
) -> tuple[dict[str, Fraction], Fraction]:
    """Sums over the projects that each participant's target names, and over all that anyone names, each once."""
    rows = subject_rows(backend, measure, span, asked.cut)
    at = 5 if measure.take == "count" else 4
    found = {}
    for one in everyone:
        named, units = asked.named(one.participant, measure), fed_by(one)
        total = sum(int(row[at]) for row in rows if row[0] in units and row[1] in named)
        found[one.participant] = _number(measure, total)
    anyone = asked.named(CITY, measure).union(*(asked.named(one.participant, measure) for one in everyone))
    return found, _number(measure, sum(int(row[at]) for row in rows if row[1] in anyone))


def _subjects(
    backend: Backend, asked: _Asked, measure: Measure, everyone: Iterable[Participant]
) -> dict[str, tuple[SubjectRow, ...]]:
    span = asked.span(measure.window)
    if span is None:
        return {}
    by_unit: dict[str, list[SubjectRow]] = {}
    for unit, subject, size, tags, amount, count in subject_rows(backend, measure, span, asked.cut):
        by_unit.setdefault(unit, []).append(SubjectRow(subject, unit, size, tags, amount, count))
    found = {}
    for one in everyone:
        rows = [row for unit in fed_by(one) for row in by_unit.get(unit, ())]
        if measure.only_listed:
            named = asked.named(one.participant, measure)
            rows = [row for row in rows if row.subject in named]
        found[one.participant] = tuple(rows)
    return found


def _itemised(scheme: Scheme) -> list[str]:
    """Measures whose single projects a function looks at."""
    found: dict[str, None] = {}

    def look(steps: Iterable[Step]) -> None:
        for step in steps:
            for part in (*step.settings.get("parts", ()), *step.settings.get("columns", ())):
                look(part.get("steps", ()))
                if step.function == "per_item":
                    found[part["of"].name] = None

    for group in scheme.groups.values():
        for item in group.items:
            look(item.steps)
        nodes = list(group.totals.values())
        while nodes:
            node = nodes.pop()
            look(node.multiply)
            nodes += node.children
    return list(found)


def _targets(asked: _Asked, everyone: Iterable[Participant]) -> dict[tuple[str, str], dict[str, Fraction]]:
    """Targets of the round, of its year and of the comparison round, by measure and round."""
    found: dict[tuple[str, str], dict[str, Fraction]] = {}
    for measure in asked.scheme.measures:
        for round_name in dict.fromkeys((asked.round.round, year_of(asked.round))):
            found[measure, round_name] = {
                name: target
                for name in (*(one.participant for one in everyone), CITY)
                if (target := asked.known.target(name, measure, round_name)) is not None
            }
    return found


def _figures(asked: _Asked, everyone: Iterable[Participant]) -> dict[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {}
    for figure in asked.scheme.figures:
        found[figure] = {}
        for one in everyone:
            row = asked.known.figures.get((one.participant, figure, asked.round.round))
            if row is not None and row.value is not None:
                found[figure][one.participant] = row.value
    return found


def _expected(asked: _Asked, everyone: Iterable[Participant]) -> dict[str, dict[str, Fraction]]:
    """What was to be reached by the end of the round (序时进度): by the rounds' targets, or by days of the year."""
    found: dict[str, dict[str, Fraction]] = {}
    names = [*(one.participant for one in everyone), CITY]
    for indicator in asked.scheme.progress.indicators:
        column = {name: _expected_of(asked, name, indicator.measure) for name in names}
        found[indicator.measure] = {name: value for name, value in column.items() if value is not None}
    return found


def _expected_of(asked: _Asked, name: str, measure: str) -> Fraction | None:
    year = asked.known.rounds.get(year_of(asked.round))
    whole = asked.known.target(name, measure, year_of(asked.round))
    if whole is None or year is None:
        return None
    begun = asked.known.counts_from(asked.round)
    if asked.scheme.progress.schedule == "days":
        days = (year.end - begun).days + 1
        passed = (asked.round.end - begun).days + 1
        return whole * min(max(passed, 0), days) / days if days > 0 else None
    if asked.round.round == year.round:
        return whole
    parts = [
        target
        for row in asked.known.rounds.values()
        if row.year == year.round
        and row.kind == asked.round.kind
        and begun <= row.start
        and row.end <= asked.round.end
        and (target := asked.known.target(name, measure, row.round)) is not None
    ]
    return sum(parts, Fraction(0)) if parts else None
