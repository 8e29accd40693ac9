"""What is asked, as tables for pages: participants by group, targets by unit and measure, figures, adjustments, waivers."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shuangbi.competitions.choices import RoundKind
from shuangbi.competitions.models import Competition, Target
from shuangbi.competitions.queries import facts_at, rounds_of, unit_titles
from shuangbi.foundation import clock
from shuangbi.ledger.queries import head_seq
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import names_of_people
from shuangbi_engine.known import KnownFacts, known_facts
from shuangbi_engine.numbers import points_text, quantity_text
from shuangbi_engine.scheme import Scheme


@dataclass(frozen=True)
class Cross:
    """A table of units by columns with a row of sums; cells are finished texts, empty where nothing stands."""

    heads: list[str]
    groups: list[tuple[str, list[tuple[Unit, list[str]]]]]
    sums: list[str]


@dataclass(frozen=True)
class Revision:
    """A target that replaced an earlier one."""

    unit: Unit
    measure: str
    before: str
    after: str
    reason: str
    by: str
    at: Any


def known_now(competition: Competition) -> KnownFacts:
    """What is asked as of now; read once for a page."""
    return known_facts(facts_at(competition, head_seq()))


def current_round(competition: Competition) -> str:
    """The month that runs today, else the last one begun, else any."""
    today = clock.today()
    months = [r for r in rounds_of(competition) if r.kind == RoundKind.MONTH and r.starts_on <= today]
    rounds = months or rounds_of(competition)
    return rounds[-1].name if rounds else ""


def participant_units(competition: Competition) -> QuerySet[Unit]:
    """The units that take part."""
    ids = {p.participant for p in known_now(competition).participants.values() if p.group}
    units: QuerySet[Unit] = Unit.objects.filter(id__in=ids).order_by("position", "code")
    return units


def groups_now(known: KnownFacts, scheme: Scheme, round_name: str = "") -> list[tuple[str, list[Unit]]]:
    """Each group with its units in their order."""
    units = unit_titles(p.participant for p in known.participants.values())
    return [
        (group.title, _in_order([units[p.participant] for p in known.in_group(name, round_name)]))
        for name, group in scheme.groups.items()
    ]


def _in_order(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.position, unit.code))


def target_table(known: KnownFacts, scheme: Scheme, round_name: str) -> Cross:
    """Targets of a round: units by the measures that anyone has a target in, with their sums."""
    rows = {(t.participant, t.measure): t for t in known.targets.values() if t.round == round_name}
    measures = [m for m in scheme.measures.values() if any(name == m.name for _, name in rows)]
    totals: dict[str, Fraction] = {}

    def cell(unit: Unit, measure: Any) -> str:
        value = known.target(str(unit.id), measure.name, round_name)
        if value is None:
            return ""
        totals[measure.name] = totals.get(measure.name, Fraction(0)) + value
        return quantity_text(value, measure.unit)

    groups = [
        (title, [(unit, [cell(unit, m) for m in measures]) for unit in units])
        for title, units in groups_now(known, scheme, round_name)
    ]
    sums = [quantity_text(totals.get(m.name, Fraction(0)), m.unit) for m in measures]
    return Cross([m.title for m in measures], groups, sums)


def target_revisions(competition: Competition, round_name: str, scheme: Scheme | None) -> list[Revision]:
    """Targets of a round that replaced earlier ones, newest first."""
    last: dict[tuple[UUID, str], Target] = {}
    found = []
    rows = list(Target.objects.filter(competition=competition, round=round_name).select_related("unit"))
    names = names_of_people({row.by for row in rows if row.by})
    for row in rows:
        before = last.get((row.unit_id, row.measure))
        if before is not None:
            found.append(Revision(
                row.unit, _title(scheme, row.measure), _text(scheme, before), _text(scheme, row), row.reason,
                names.get(row.by, "") if row.by else "", row.recorded_at,
            ))
        last[row.unit_id, row.measure] = row
    return found[::-1]


def _title(scheme: Scheme | None, measure: str) -> str:
    return scheme.measures[measure].title if scheme and measure in scheme.measures else measure


def _text(scheme: Scheme | None, target: Target) -> str:
    if target.subjects is not None:
        return str(len(target.subjects))
    unit = scheme.measures[target.measure].unit if scheme and target.measure in scheme.measures else "count"
    return quantity_text(Fraction(target.value or 0), unit)


def figure_table(known: KnownFacts, scheme: Scheme, round_name: str) -> Cross:
    """Owners' figures of a round: units by figure."""
    values = {(f.participant, f.figure): f.value for f in known.figures.values() if f.round == round_name}
    figures = [f for f in scheme.figures.values() if any(name == f.name for _, name in values)]

    def cell(unit: Unit, figure: Any) -> str:
        value = values.get((str(unit.id), figure.name))
        return "" if value is None else quantity_text(value, figure.unit)

    groups = [
        (title, [(unit, [cell(unit, f) for f in figures]) for unit in units])
        for title, units in groups_now(known, scheme, round_name)
    ]
    return Cross([f.title for f in figures], groups, [])


def adjustments_now(known: KnownFacts, scheme: Scheme, round_name: str) -> list[tuple[Unit, str, str, str]]:
    """Points given and taken in a round: unit, kind, points, document."""
    rows = [a for a in known.adjustments.values() if a.round == round_name and a.points]
    units = unit_titles(a.participant for a in rows)
    return [
        (units[a.participant], scheme.adjustments[a.kind].title, points_text(a.points, 2), a.document)
        for a in rows if a.kind in scheme.adjustments
    ]


def waivers_now(known: KnownFacts, scheme: Scheme, round_name: str) -> list[tuple[Unit, str, str]]:
    """Units excused from an item in a round, with the reason."""
    titles = {item.name: item.title for group in scheme.groups.values() for item in group.items}
    rows = [w for w in known.waivers.values() if w.round == round_name and w.reason]
    units = unit_titles(w.participant for w in rows)
    return [(units[w.participant], titles.get(w.item, w.item), w.reason) for w in rows]
