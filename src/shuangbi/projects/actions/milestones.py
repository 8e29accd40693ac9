"""Milestones: set, moved with a reason, reached; what was planned before stays on record."""

from datetime import date

from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.projects import access, facts
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.checks import must
from shuangbi.projects.choices import Stage
from shuangbi.projects.models import Milestone, Project


def set_milestone(
    *, project: Project, title: str, planned_on: date, by: Access, stage: str = "", forecast_on: date | None = None,
    key: str = "",
) -> Fact:
    """Promise a step by a day; the milestone's id is the fact's uuid. Raises Refused: no right, bad text or day."""
    person = checks.actor(by)
    must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
    must(not stage or stage in Stage.values, _("There is no such stage."), "stage")
    body = facts.MilestoneSet(
        title=checks.text(title, "title", 120, least=1), planned_on=checks.day(planned_on, "planned_on"), stage=stage,
        forecast_on=checks.day(forecast_on, "forecast_on") if forecast_on else None,
    )
    with writing():
        if not checks.earlier(person, key):
            again = Milestone.objects.filter(project=project, title=body.title, actual_on__isnull=True)
            must(not again.exists(), _("An open milestone of this name exists; move it instead."), "title")
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=clock.today())
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def move_milestone(
    *, milestone: Milestone, forecast_on: date, reason: str, by: Access, planned_on: date | None = None, key: str = ""
) -> Fact:
    """Say a new forecast, or with `planned_on` a new baseline (the unit's lead and the office). A reason is needed."""
    person = checks.actor(by)
    project = milestone.project
    must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
    rebased = planned_on is None or access.may_lead(by, project.unit_id)
    must(rebased, _("Only the unit's lead and the office set a new plan."), "planned_on")
    body = facts.MilestoneMoved(
        milestone=milestone.id, forecast_on=checks.day(forecast_on, "forecast_on"),
        reason=checks.text(reason, "reason", 300, least=1),
        planned_on=checks.day(planned_on, "planned_on") if planned_on else None,
    )
    with writing():
        if not checks.earlier(person, key):
            now = Milestone.objects.get(id=milestone.id)
            must(now.actual_on is None, _("This milestone is reached; it moves no more."))
            same = now.forecast_on == forecast_on and (planned_on is None or now.planned_on == planned_on)
            must(not same, _("These are the days it has already."), "forecast_on")
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=clock.today())
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def reach_milestone(*, milestone: Milestone, on: date, by: Access, note: str = "", key: str = "") -> Fact:
    """The milestone is reached on a day that has come. Raises Refused: no right, reached already, a day to come."""
    person = checks.actor(by)
    project = milestone.project
    must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
    body = facts.MilestoneReached(milestone=milestone.id, note=checks.text(note, "note", 300))
    day = checks.day(on, "on", past=True)
    with writing():
        if not checks.earlier(person, key):
            reached = Milestone.objects.get(id=milestone.id).actual_on
            must(reached is None, _("This milestone is reached already."), "on")
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=day)
        return record(draft=draft, by=person, apply=facts.apply, key=key)
