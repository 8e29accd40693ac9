"""What is asked, as tables for pages: participants by group, targets by unit and measure, figures, adjustments, waivers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shuangbi.competitions.choices import RoundKind
from shuangbi.competitions.models import Competition, Round, Target
from shuangbi.competitions.queries import facts_at, target_row, titled, unit_titles
from shuangbi.foundation import clock
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import names_of_people
from shuangbi.projects.models import Project
from shuangbi.projects.queries import projects_visible_to
from shuangbi_engine import tables
from shuangbi_engine.known import KnownFacts, known_facts
from shuangbi_engine.numbers import points_text, quantity_text
from shuangbi_engine.scheme import Measure, Scheme
from shuangbi_engine.values import CITY


@dataclass(frozen=True)
class Cross:
    """A table of units by columns with rows below it; cells are finished texts, empty where nothing stands."""

    heads: list[str]
    groups: list[tuple[str, list[tuple[Unit, list[str]]]]]
    sums: list[str]
    whole: list[str]


@dataclass(frozen=True)
class Named:
    """A target of named projects: those the reader may open, and how many others there are."""

    unit: Unit
    measure: str
    projects: list[Project]
    others: int


@dataclass(frozen=True)
class Revision:
    """A target that replaced an earlier one; of named projects also which came and which went."""

    unit: Unit
    measure: str
    before: str
    after: str
    reason: str
    by: str
    at: datetime
    added: list[str]
    removed: list[str]
    added_others: int
    removed_others: int


@dataclass(frozen=True)
class Split:
    """Targets that do not add up: the parts sum to `parts`, the whole is `whole`. `unit` is None for the whole city."""

    unit: Unit | None
    measure: str
    what: str
    parts: str
    whole: str


@dataclass(frozen=True)
class TargetPage:
    """All that the page of a round's targets shows."""

    table: Cross
    named: list[Named]
    splits: list[Split]
    revisions: list[Revision]


def known_now(competition: Competition, *only: str) -> KnownFacts:
    """What is asked as of now, of these tables; read once for a page."""
    return known_facts(facts_at(competition, None, only))


def current_round(rounds: Sequence[Round]) -> str:
    """The month that runs today, else the last one begun, else the last of all."""
    today = clock.today()
    months = [r for r in rounds if r.kind == RoundKind.MONTH and r.starts_on <= today]
    found = months or rounds
    return found[-1].name if found else ""


def participant_units(competition: Competition, *, with_owner: bool = False) -> QuerySet[Unit]:
    """The units that take part; for targets also the owner, for whom the whole's target stands."""
    ids = {p.participant for p in known_now(competition, "participants").participants.values() if p.group}
    if with_owner:
        ids.add(str(competition.owner_id))
    units: QuerySet[Unit] = Unit.objects.filter(id__in=ids).order_by("tree_key", "id")
    return units


Groups = list[tuple[str, str, list[Unit]]]
Units = dict[str, Unit]


def units_in(known: KnownFacts) -> Units:
    """The units that anything known is about, by the text of their ids; read once for a page."""
    named = {row.participant for row in known.participants.values()}
    named |= {row.participant for row in known.adjustments.values()}
    return unit_titles(named | {row.participant for row in known.waivers.values()})


def groups_now(known: KnownFacts, scheme: Scheme, units: Units, round_name: str = "") -> Groups:
    """Each group with its name, title and units in their order."""
    return [
        (name, titled(group), _in_order([units[p.participant] for p in known.in_group(name, round_name)]))
        for name, group in scheme.groups.items()
    ]


def _in_order(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.position, unit.code, str(unit.id)))


def target_page(competition: Competition, scheme: Scheme, round_name: str, rounds: Sequence[Round], access: Access) -> TargetPage:
    """Targets of a round with their sums, the named projects, what does not add up, and the log of revisions."""
    rows = list(Target.objects.filter(competition=competition).select_related("unit").order_by("seq"))
    known = known_facts(tables.Facts(
        participants=facts_at(competition, None, ["participants"]).participants,
        targets=tuple(target_row(row, competition.owner_id) for row in rows),
    ))
    groups = groups_now(known, scheme, units_in(known), round_name)
    here = [row for row in rows if row.round == round_name]
    named = {id_ for row in here for id_ in row.subjects or ()}
    visible = _visible(access, named)
    return TargetPage(
        target_table(known, scheme, round_name, groups),
        _named(here, scheme, visible),
        [*_city_splits(known, scheme, round_name, groups), *_year_splits(known, scheme, round_name, rounds, groups)],
        _revisions(here, scheme, visible),
    )


def _visible(access: Access, ids: Iterable[str]) -> dict[str, Project]:
    wanted = set(ids)
    if not wanted:
        return {}
    return {str(project.id): project for project in projects_visible_to(access).filter(id__in=wanted).order_by("code", "id")}


def target_table(known: KnownFacts, scheme: Scheme, round_name: str, groups: Groups) -> Cross:
    """Targets of a round: units by the measures that anyone has a target in, with their sums and the whole's own."""
    asked = {name for _who, name, of_round in known.targets if of_round == round_name}
    measures = [m for m in scheme.measures.values() if m.name in asked]
    totals: dict[str, Fraction] = {}

    def cell(unit: Unit, measure: Measure) -> str:
        value = known.target(str(unit.id), measure.name, round_name)
        if value is None:
            return ""
        totals[measure.name] = totals.get(measure.name, Fraction(0)) + value
        return quantity_text(value, measure.unit)

    filled = [(title, [(unit, [cell(unit, m) for m in measures]) for unit in units]) for _name, title, units in groups]
    sums = [quantity_text(totals.get(m.name, Fraction(0)), m.unit) for m in measures]
    whole = [_quantity(known.target(CITY, m.name, round_name), m) for m in measures]
    return Cross([titled(m) for m in measures], filled, sums, whole if any(whole) else [])


def _quantity(value: Fraction | None, measure: Measure) -> str:
    return "" if value is None else quantity_text(value, measure.unit)


def _named(rows: list[Target], scheme: Scheme, visible: dict[str, Project]) -> list[Named]:
    """The targets of named projects that hold."""
    last = {(row.unit_id, row.measure): row for row in rows}
    found = []
    for row in last.values():
        if row.subjects is not None:
            known = [visible[id_] for id_ in row.subjects if id_ in visible]
            found.append(Named(row.unit, _title(scheme, row.measure), known, len(row.subjects) - len(known)))
    return found


def _city_splits(known: KnownFacts, scheme: Scheme, round_name: str, groups: Groups) -> list[Split]:
    """Where the parts of a group do not sum to the target of the whole."""
    found = []
    for measure in scheme.measures.values():
        whole = known.target(CITY, measure.name, round_name)
        for name, title, units in groups:
            parts = [known.target(str(unit.id), measure.name, round_name) for unit in units]
            given = [part for part in parts if part is not None]
            if whole is None or not given or (scheme.progress.group and name != scheme.progress.group):
                continue
            if sum(given, Fraction(0)) != whole:
                found.append(Split(
                    None, titled(measure), title, quantity_text(sum(given, Fraction(0)), measure.unit),
                    quantity_text(whole, measure.unit),
                ))
    return found


def _year_splits(
    known: KnownFacts, scheme: Scheme, round_name: str, rounds: Sequence[Round], groups: Groups
) -> list[Split]:
    """Where the months do not sum to the year: more than the year asks, or, once they cover the year, anything else."""
    here = next((r for r in rounds if r.name == round_name), None)
    year = next((r for r in rounds if here and r.name == (here.year or here.name) and r.kind == RoundKind.YEAR), None)
    if year is None:
        return []
    months = [r for r in rounds if r.year == year.name and r.kind == RoundKind.MONTH]
    covered = sum((r.ends_on - r.starts_on).days + 1 for r in months) >= (year.ends_on - year.starts_on).days + 1
    found = []
    who: list[tuple[str, Unit | None]] = [(CITY, None), *((str(u.id), u) for _name, _title, us in groups for u in us)]
    for measure in scheme.measures.values():
        if measure.window != "round":
            continue  # a target to date already holds the months before it
        for name, unit in who:
            whole = known.target(name, measure.name, year.name)
            given = [t for r in months if (t := known.target(name, measure.name, r.name)) is not None]
            parts = sum(given, Fraction(0))
            if whole is not None and given and (parts > whole or (covered and len(given) == len(months) and parts != whole)):
                found.append(Split(
                    unit, titled(measure), year.name, quantity_text(parts, measure.unit), quantity_text(whole, measure.unit)
                ))
    return found


def _revisions(rows: list[Target], scheme: Scheme, visible: dict[str, Project]) -> list[Revision]:
    """Targets that replaced earlier ones, newest first."""
    last: dict[tuple[UUID, str], Target] = {}
    found = []
    names = names_of_people({row.by for row in rows if row.by}) if rows else {}
    for row in rows:
        before = last.get((row.unit_id, row.measure))
        if before is not None:
            came, went = (set(a.subjects or ()) - set(b.subjects or ()) for a, b in ((row, before), (before, row)))
            found.append(Revision(
                row.unit, _title(scheme, row.measure), _text(scheme, before), _text(scheme, row), row.reason,
                names.get(row.by, "") if row.by else "", row.recorded_at,
                [p.title for id_, p in visible.items() if id_ in came], [p.title for id_, p in visible.items() if id_ in went],
                len(came - visible.keys()), len(went - visible.keys()),
            ))
        last[row.unit_id, row.measure] = row
    return found[::-1]


def _title(scheme: Scheme, measure: str) -> str:
    return titled(scheme.measures[measure]) if measure in scheme.measures else measure


def _text(scheme: Scheme, target: Target) -> str:
    if target.subjects is not None:
        return str(len(set(target.subjects)))
    unit = scheme.measures[target.measure].unit if target.measure in scheme.measures else "count"
    return quantity_text(Fraction(target.value or 0), unit)


def figure_table(known: KnownFacts, scheme: Scheme, units: Units, round_name: str) -> Cross:
    """Owners' figures of a round: units by figure."""
    values = {(f.participant, f.figure): f.value for f in known.figures.values() if f.round == round_name}
    figures = [f for f in scheme.figures.values() if any(name == f.name for _, name in values)]

    def cell(unit: Unit, figure: Any) -> str:
        value = values.get((str(unit.id), figure.name))
        return "" if value is None else quantity_text(value, figure.unit)

    groups = [
        (title, [(unit, [cell(unit, f) for f in figures]) for unit in members])
        for _name, title, members in groups_now(known, scheme, units, round_name)
    ]
    return Cross([titled(f) for f in figures], groups, [], [])


@dataclass(frozen=True)
class Given:
    """Points given or taken by a document; `id` names them when they are changed."""

    id: str
    unit: Unit
    kind: str
    points: str
    document: str


def adjustments_now(known: KnownFacts, scheme: Scheme, units: Units, round_name: str = "") -> list[Given]:
    """Points given and taken in a round (none named: in all)."""
    rows = [a for a in known.adjustments.values() if a.round == (round_name or a.round) and a.points]
    return [
        Given(a.adjustment, units[a.participant], titled(scheme.adjustments[a.kind]), points_text(a.points, 2), a.document)
        for a in rows if a.kind in scheme.adjustments
    ]


def waivers_now(known: KnownFacts, scheme: Scheme, units: Units, round_name: str) -> list[tuple[Unit, str, str]]:
    """Units excused from an item in a round, with the reason."""
    titles = {item.name: titled(item) for group in scheme.groups.values() for item in group.items}
    rows = [w for w in known.waivers.values() if w.round == round_name and w.reason]
    return [(units[w.participant], titles.get(w.item, w.item), w.reason) for w in rows]
