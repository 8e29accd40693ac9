"""Stages reached and withdrawn, by a recognised claim or by hand; and the people who answer for a project."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Person
from shuangbi.projects import access, facts, lifecycle
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.checks import must
from shuangbi.projects.actions.registry import needed
from shuangbi.projects.choices import Part, Stage
from shuangbi.projects.models import Assignment, Project, StageStep


def refuse_incomplete(*, project: Project, stage: str) -> None:
    """Raise Refused, naming the field, when the project lacks what the stage demands."""
    lacking = lifecycle.missing(project, stage)
    if lacking:
        must(False, needed(lacking[0]), lacking[0])


def stage_reached(
    *, project: Project, stage: str, on: date, claim: UUID, by: UUID | None, key: str = ""
) -> Fact:
    """A recognised claim says that a stage was reached on a day. For the room of claims; it has checked who may.

    Raises Refused when the project lacks a field that the stage demands, named in `field`.
    """
    must(stage in Stage.values, _("There is no such stage."), "stage")
    with writing():
        project = Project.objects.get(id=project.id)
        if not checks.earlier(by, key):
            refuse_incomplete(project=project, stage=stage)
        body = facts.StageReached(stage=stage, claim=claim)
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=on)
        return record(draft=draft, by=by, apply=facts.apply, key=key)


def stage_withdrawn(
    *, project: Project, stage: str, claim: UUID, by: UUID | None, on: date | None = None, reason: str = "", key: str = ""
) -> Fact:
    """The claim that had reached a stage no longer stands. For the room of claims. Harmless when it had reached none."""
    body = facts.StageWithdrawn(stage=stage, claim=claim, reason=reason)
    with writing():
        unit = Project.objects.values_list("unit_id", flat=True).get(id=project.id)
        draft = Draft(body=body, subject=project.id, unit=unit, effective_on=on or clock.today())
        return record(draft=draft, by=by, apply=facts.apply, key=key)


def move_stage(
    *, project: Project, stage: str, on: date, by: Access, reason: str = "", key: str = ""
) -> Fact:
    """Move a project by hand: into talks, to after-care, or end it (with a reason). All else is a claim's to do."""
    person = checks.actor(by)
    must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
    by_hand = stage in lifecycle.RULES and not lifecycle.RULES[stage].by_claim
    must(by_hand, _("This stage is reached by a recognised claim only."), "stage")
    why = checks.text(reason, "reason", 300, least=1 if stage == Stage.ENDED else 0)
    day = checks.day(on, "on", past=True)
    with writing():
        project = Project.objects.get(id=project.id)
        if not checks.earlier(person, key):
            ahead = lifecycle.ORDER[stage] > lifecycle.ORDER[project.stage]
            must(ahead, _("The project is at this stage or beyond it."), "stage")
            from_production = stage != Stage.AFTER_CARE or project.stage == Stage.IN_PRODUCTION
            must(from_production, _("After-care follows production."), "stage")
            refuse_incomplete(project=project, stage=stage)
        body = facts.StageReached(stage=stage, reason=why)
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=day)
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def take_back_stage(*, project: Project, by: Access, reason: str, key: str = "") -> Fact:
    """Undo the present stage where it was reached by hand, such as an ending. Raises Refused for a claim's stage."""
    person = checks.actor(by)
    must(access.may_lead(by, project.unit_id), _("Only the unit's lead and the office undo a stage."))
    why = checks.text(reason, "reason", 300, least=1)
    with writing():
        stage = Project.objects.values_list("stage", flat=True).get(id=project.id)
        if checks.earlier(person, key):
            body = facts.StageWithdrawn(stage=_undone(person, key), reason=why)
        else:
            steps = StageStep.objects.filter(project=project, withdrawn_on__isnull=True)
            here = list(steps.filter(stage=stage))
            must(steps.count() > len(here), _("This is the first stage; nothing lies before it."))
            by_hand = all(step.claim is None for step in here)
            must(by_hand, _("This stage was reached by a claim; the claim must be withdrawn."))
            body = facts.StageWithdrawn(stage=stage, reason=why)
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=clock.today())
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def _undone(person: UUID, key: str) -> str:
    return facts.StageWithdrawn.read(checks.earlier(person, key)[0]).stage


def assign_person(
    *, project: Project, person: Person, part: str, by: Access, stage: str = "", on: date | None = None, key: str = ""
) -> Fact:
    """Name who answers for the project, or for one stage of it; the assignment's id is the fact's uuid."""
    actor = checks.actor(by)
    must(access.may_lead(by, project.unit_id), _("Only the unit's lead and the office name responsible people."))
    must(part in Part.values, _("There is no such part."), "part")
    must(not stage or stage in Stage.values, _("There is no such stage."), "stage")
    must(person.is_active, _("This account is closed."), "person")
    body = facts.PersonAssigned(person=person.id, part=part, stage=stage)
    with writing():
        if not checks.earlier(actor, key):
            same = Assignment.objects.filter(
                project=project, person=person, part=part, stage=stage, ends_on__isnull=True
            )
            must(not same.exists(), _("This person has this part already."), "person")
        since = checks.day(on or clock.today(), "on", past=True)
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=since)
        return record(draft=draft, by=actor, apply=facts.apply, key=key)


def release_person(*, assignment: Assignment, by: Access, on: date | None = None, key: str = "") -> Fact:
    """End an assignment; `on` is the first day without it. Raises Refused: no right, ended already."""
    actor = checks.actor(by)
    project = assignment.project
    must(access.may_lead(by, project.unit_id), _("Only the unit's lead and the office name responsible people."))
    body = facts.PersonReleased(assignment=assignment.id)
    with writing():
        if not checks.earlier(actor, key):
            ended = Assignment.objects.get(id=assignment.id).ends_on is not None
            must(not ended, _("This has ended already."))
        day = checks.day(on or clock.today(), "on", past=True)
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=day)
        return record(draft=draft, by=actor, apply=facts.apply, key=key)
