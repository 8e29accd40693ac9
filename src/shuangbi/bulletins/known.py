"""What was known at a seq of things whose tables only hold the present: milestones and themed events, from their facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shuangbi.bulletins.section import HeldEvent, NamedProject
from shuangbi.foundation.working_days import CalendarMissing, working_days_between
from shuangbi.ledger.models import Fact
from shuangbi.ledger.queries import facts_known_at
from shuangbi.organisations.access import subtrees
from shuangbi.projects import facts
from shuangbi.projects.models import Project

NAMED = 3
DATES = (facts.MilestoneSet.KIND, facts.MilestoneMoved.KIND, facts.MilestoneReached.KIND)


@dataclass
class Promise:
    """A milestone as known at a seq."""

    project: UUID
    title: str
    planned_on: date
    reason: str = ""
    reached_on: date | None = None


def promises_at(seq: int) -> list[Promise]:
    """Every milestone as its facts up to a seq say."""
    found: dict[UUID, Promise] = {}
    for fact in facts_known_at(seq, DATES):
        if fact.kind == facts.MilestoneSet.KIND:
            body = facts.MilestoneSet.read(fact)
            found[fact.uuid] = Promise(fact.subject, body.title, body.planned_on)
        else:
            _go_on(found, fact)
    return list(found.values())


def _go_on(found: dict[UUID, Promise], fact: Fact) -> None:
    if fact.kind == facts.MilestoneReached.KIND:
        found[facts.MilestoneReached.read(fact).milestone].reached_on = fact.effective_on
        return
    moved = facts.MilestoneMoved.read(fact)
    promise = found[moved.milestone]
    promise.planned_on = moved.planned_on or promise.planned_on
    promise.reason = moved.reason or promise.reason


def reached_in(owner: UUID, promises: Iterable[Promise], first: date, last: date) -> tuple[NamedProject, ...]:
    """Milestones reached in time within a span, those longest before their plan first."""
    reached = [
        (promise.reached_on - promise.planned_on, promise, promise.reached_on)
        for promise in promises
        if promise.reached_on and first <= promise.reached_on <= last and promise.reached_on <= promise.planned_on
    ]
    projects = _projects_below(owner, (promise.project for _early, promise, _on in reached))
    reached = [row for row in reached if row[1].project in projects]
    reached.sort(key=lambda row: (row[0], projects[row[1].project].code))
    said = []
    for early, promise, on in reached[:NAMED]:
        project = projects[promise.project]
        what = f"{on.month}月{on.day}日{promise.title}" + (f"，较计划提前{-early.days}天" if early else "")
        said.append(NamedProject(name=project.name, unit=project.unit.short_name, what=what))
    return tuple(said)


def behind_at(owner: UUID, promises: Iterable[Promise], day: date) -> tuple[NamedProject, ...]:
    """Milestones past their plan on a day and not reached by it, the longest overdue first, with the reason on record."""
    late = [
        promise for promise in promises
        if promise.planned_on < day and (promise.reached_on is None or promise.reached_on > day)
    ]
    projects = _projects_below(owner, (promise.project for promise in late))
    late = [promise for promise in late if promise.project in projects]
    late.sort(key=lambda promise: (promise.planned_on, projects[promise.project].code))
    said = []
    for promise in late[:NAMED]:
        project, planned = projects[promise.project], promise.planned_on
        what = f"应于{planned.month}月{planned.day}日{promise.title}，{_overdue(planned, day)}"
        what += f"，原因：{promise.reason}" if promise.reason else ""
        said.append(NamedProject(name=project.name, unit=project.unit.short_name, what=what))
    return tuple(said)


def _overdue(planned: date, day: date) -> str:
    try:
        return f"逾期{working_days_between(planned, day)}个工作日"
    except CalendarMissing:
        return f"逾期{(day - planned).days}天"


def _projects_below(owner: UUID, ids: Iterable[UUID]) -> dict[UUID, Project]:
    """Those of the projects that belong to the competition's owner or a unit below it."""
    units = subtrees().get(owner, frozenset({owner}))
    found = Project.objects.filter(unit__in=units).select_related("unit").in_bulk(set(ids))
    return dict(found)


def events_at(owner: UUID, seq: int, first: date, last: date) -> tuple[HeldEvent, ...]:
    """Events held within a span by the owner or a unit below it, as they were announced, by day."""
    units = subtrees().get(owner, frozenset({owner}))
    told: dict[UUID, facts.EventHeld] = {}
    for fact in facts_known_at(seq, (facts.EventHeld.KIND,)):
        told[fact.subject] = facts.EventHeld.read(fact)
    held = [event for event in told.values() if event.unit in units and first <= event.held_on <= last]
    return tuple(
        HeldEvent(
            title=event.title, kind=event.kind, held_on=event.held_on, place=event.place, count=event.announced_count,
            amount=event.announced_amount, money=event.money, qualifier=event.qualifier,
        )
        for event in sorted(held, key=lambda event: (event.held_on, event.title))
    )
