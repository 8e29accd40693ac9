"""Themed events: what was announced, and the projects on the list."""

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record, record_many
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.projects import access, facts
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.checks import must
from shuangbi.projects.choices import EVENT_MONEYS, EventKind, Qualifier
from shuangbi.projects.models import Event, EventProject, Project
from shuangbi.projects.queries import projects_visible_to


@dataclasses.dataclass(frozen=True)
class NewEvent:
    """What is entered of an event: as announced, with the money it names and how exactly it was said."""

    kind: str
    title: str
    held_on: date
    unit: UUID
    money: str
    title_en: str = ""
    place: str = ""
    announced_count: int | None = None
    announced_amount: int | None = None
    qualifier: str = Qualifier.EXACT.value
    source: str = ""


def hold_event(
    *, new: NewEvent, by: Access, projects: Sequence[UUID] = (), event: Event | None = None, key: str = ""
) -> UUID:
    """Enter an event with its list, or correct what was said of one (`event`); its id. Raises Refused.

    Projects must be within sight of the person; the same project twice refuses.
    """
    person = checks.actor(by)
    must(access.may_hold_event(by, new.unit), _("You may not enter events of this unit."), "unit")
    if event is not None:
        must(access.may_hold_event(by, event.unit_id), _("You may not enter events of this unit."), "unit")
    body = _event_body(new)
    id_ = event.id if event else uuid.uuid5(person, key) if key else uuid.uuid4()
    with writing():
        drafts = [Draft(body=body, subject=id_, unit=new.unit, effective_on=new.held_on)]
        if projects:
            _may_stand(projects, by)
        drafts += [
            Draft(
                body=facts.EventProjectAdded(project=project, position=place), subject=id_, unit=new.unit,
                effective_on=new.held_on,
            )
            for place, project in enumerate(projects, start=1)
        ]
        record_many(drafts=drafts, by=person, apply=facts.apply, key=key)
    return id_


def _event_body(new: NewEvent) -> facts.EventHeld:
    must(new.kind in EventKind.values, _("There is no such kind of event."), "kind")
    must(new.money in EVENT_MONEYS, _("Say which money the announced amount is."), "money")
    must(new.qualifier in Qualifier.values, _("Say how exactly the amount was announced."), "qualifier")
    if new.announced_count is not None:
        must(0 <= new.announced_count <= 10_000, _("This number of projects cannot be."), "announced_count")
    if new.announced_amount is not None:
        checks.money(new.announced_amount, "announced_amount")
    said = dataclasses.asdict(new)
    said["title"] = checks.text(new.title, "title", 120, least=2)
    for field, most in (("title_en", 200), ("place", 120), ("source", 200)):
        said[field] = checks.text(said[field], field, most)
    checks.day(new.held_on, "held_on")
    return facts.EventHeld(**said)


def _may_stand(projects: Sequence[UUID], by: Access) -> None:
    must(len(set(projects)) == len(projects), _("A project stands twice on the list."), "projects")
    seen = projects_visible_to(by).filter(id__in=projects).count()
    must(seen == len(projects), _("A project of the list does not exist."), "projects")


def add_to_event(*, event: Event, project: Project, by: Access, key: str = "") -> Fact:
    """Put a project on an event's list. Raises Refused: no right, on it already."""
    person = checks.actor(by)
    must(access.may_hold_event(by, event.unit_id), _("You may not enter events of this unit."))
    with writing():
        if not checks.earlier(person, key):
            _may_stand([project.id], by)
            stands = EventProject.objects.filter(event=event, project=project, removed_on__isnull=True)
            must(not stands.exists(), _("The project is on it already."), "project")
            place = EventProject.objects.filter(event=event).count() + 1
        else:
            place = facts.EventProjectAdded.read(checks.earlier(person, key)[0]).position
        body = facts.EventProjectAdded(project=project.id, position=place)
        draft = Draft(body=body, subject=event.id, unit=event.unit_id, effective_on=event.held_on)
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def remove_from_event(*, event: Event, project: Project, reason: str, by: Access, key: str = "") -> Fact:
    """Take a project off an event's list, with a reason. Raises Refused: no right, not on it."""
    person = checks.actor(by)
    must(access.may_hold_event(by, event.unit_id), _("You may not enter events of this unit."))
    body = facts.EventProjectRemoved(project=project.id, reason=checks.text(reason, "reason", 300, least=1))
    with writing():
        if not checks.earlier(person, key):
            stands = EventProject.objects.filter(event=event, project=project, removed_on__isnull=True)
            must(stands.exists(), _("The project is not on it."), "project")
        draft = Draft(body=body, subject=event.id, unit=event.unit_id, effective_on=clock.today())
        return record(draft=draft, by=person, apply=facts.apply, key=key)
