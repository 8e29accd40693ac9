"""How a fact of projects is written into the tables: from the fact alone, the same each time."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from shuangbi.foundation.search import normalise, pinyin_keys
from shuangbi.ledger.models import Fact
from shuangbi.projects import lifecycle
from shuangbi.projects.duplicates import duplicate_key
from shuangbi.projects.facts import bodies
from shuangbi.projects.models import (
    Agreement,
    Assignment,
    BondBatch,
    CreditShare,
    Event,
    EventProject,
    FundingPlan,
    Milestone,
    MilestoneMove,
    OutsideCode,
    Project,
    StageStep,
    Tagging,
)

UNIT_FIELDS = frozenset({"unit", "bringer", "park"})
ONE_DAY = timedelta(days=1)


def apply(fact: Fact) -> None:
    """Write a fact of this room into its tables."""
    APPLY[fact.kind](fact)


def _registered(fact: Fact) -> None:
    body = bodies.Registered.read(fact)
    said = {name: value for name, value in body.data().items() if name not in {*UNIT_FIELDS, "not_duplicate_because"}}
    project = Project(
        id=fact.subject, unit_id=body.unit, bringer_id=body.bringer, park_id=body.park,
        stage_on=fact.effective_on, registered_on=fact.effective_on, **said,
    )
    _derive(project)
    project.save(force_insert=True)
    StageStep.objects.create(
        id=fact.uuid, project=project, stage=body.stage, reached_on=fact.effective_on, seq=fact.seq
    )


def _attribute_changed(fact: Fact) -> None:
    body = bodies.AttributeChanged.read(fact)
    project = Project.objects.get(id=fact.subject)
    for name, value in body.changes.items():
        if name in UNIT_FIELDS:
            setattr(project, f"{name}_id", UUID(str(value)) if value else None)
        else:
            setattr(project, name, value)
    _derive(project)
    project.save(force_update=True)


def _derive(project: Project) -> None:
    """The keys for order, search and duplicates."""
    full, initials = pinyin_keys(project.name)
    project.sort_key = full
    words = (project.code, project.name, project.name_en, project.investor_name, project.investor_code, initials)
    project.search_key = normalise("\n".join(words))[:600]
    project.duplicate_key = duplicate_key(project.name)


def _listed(fact: Fact) -> None:
    body = bodies.Listed.read(fact)
    Tagging.objects.create(
        id=fact.uuid, project_id=fact.subject, kind=body.marker, code=body.code, starts_on=fact.effective_on,
        reason=body.reason,
    )


def _unlisted(fact: Fact) -> None:
    body = bodies.Unlisted.read(fact)
    open_rows = Tagging.objects.filter(
        project_id=fact.subject, kind=body.marker, code=body.code, ends_on__isnull=True
    )
    open_rows.update(ends_on=fact.effective_on - ONE_DAY)


def _code_given(fact: Fact) -> None:
    body = bodies.CodeGiven.read(fact)
    earlier = OutsideCode.objects.filter(project_id=fact.subject, system=body.system, ends_on__isnull=True)
    earlier.update(ends_on=fact.effective_on - ONE_DAY)
    OutsideCode.objects.create(
        id=fact.uuid, project_id=fact.subject, system=body.system, code=body.code, starts_on=fact.effective_on
    )


def _credit_set(fact: Fact) -> None:
    body = bodies.CreditSet.read(fact)
    CreditShare.objects.update_or_create(
        project_id=fact.subject, unit_id=body.unit, contract=body.contract,
        defaults={"share": body.share, "starts_on": body.starts_on, "ends_on": body.ends_on},
        create_defaults={
            "id": fact.uuid, "share": body.share, "starts_on": body.starts_on, "ends_on": body.ends_on,
        },
    )


def _milestone_set(fact: Fact) -> None:
    body = bodies.MilestoneSet.read(fact)
    Milestone.objects.create(
        id=fact.uuid, project_id=fact.subject, title=body.title, stage=body.stage, planned_on=body.planned_on,
        forecast_on=body.forecast_on or body.planned_on,
    )
    _keep_dates(fact, fact.uuid, "")


def _milestone_moved(fact: Fact) -> None:
    body = bodies.MilestoneMoved.read(fact)
    dates = {"forecast_on": body.forecast_on}
    if body.planned_on is not None:
        dates["planned_on"] = body.planned_on
    Milestone.objects.filter(id=body.milestone).update(**dates)
    _keep_dates(fact, body.milestone, body.reason)


def _keep_dates(fact: Fact, milestone_id: UUID, reason: str) -> None:
    milestone = Milestone.objects.get(id=milestone_id)
    MilestoneMove.objects.create(
        id=fact.uuid, milestone=milestone, planned_on=milestone.planned_on, forecast_on=milestone.forecast_on,
        reason=reason, moved_at=fact.recorded_at, seq=fact.seq,
    )


def _milestone_reached(fact: Fact) -> None:
    body = bodies.MilestoneReached.read(fact)
    Milestone.objects.filter(id=body.milestone).update(actual_on=fact.effective_on)


def _stage_reached(fact: Fact) -> None:
    body = bodies.StageReached.read(fact)
    StageStep.objects.create(
        id=fact.uuid, project_id=fact.subject, stage=body.stage, reached_on=fact.effective_on, claim=body.claim,
        seq=fact.seq,
    )
    _restage(fact.subject)


def _stage_withdrawn(fact: Fact) -> None:
    body = bodies.StageWithdrawn.read(fact)
    standing = StageStep.objects.filter(
        project_id=fact.subject, stage=body.stage, claim=body.claim, withdrawn_on__isnull=True
    )
    if body.claim is None:
        standing = StageStep.objects.filter(
            project_id=fact.subject, stage=body.stage, claim__isnull=True, withdrawn_on__isnull=True
        )
    standing.update(withdrawn_on=fact.effective_on)
    _restage(fact.subject)


def _restage(project_id: UUID) -> None:
    """The stage is the furthest of the steps that stand; it counts from the first day on which one reached it."""
    steps = list(StageStep.objects.filter(project_id=project_id, withdrawn_on__isnull=True))
    stage = lifecycle.furthest([step.stage for step in steps])
    since = min(step.reached_on for step in steps if step.stage == stage)
    Project.objects.filter(id=project_id).update(stage=stage, stage_on=since)


def _person_assigned(fact: Fact) -> None:
    body = bodies.PersonAssigned.read(fact)
    Assignment.objects.create(
        id=fact.uuid, project_id=fact.subject, person_id=body.person, part=body.part, stage=body.stage,
        starts_on=fact.effective_on,
    )


def _person_released(fact: Fact) -> None:
    body = bodies.PersonReleased.read(fact)
    Assignment.objects.filter(id=body.assignment).update(ends_on=fact.effective_on - ONE_DAY)


def _bond_batch(fact: Fact) -> None:
    body = bodies.BondBatchGranted.read(fact)
    said = {"amount": body.amount, "issued_on": body.issued_on, "spend_by": body.spend_by}
    BondBatch.objects.update_or_create(
        project_id=fact.subject, batch=body.batch, defaults=said, create_defaults={"id": fact.uuid, **said}
    )


def _funding_plan(fact: Fact) -> None:
    body = bodies.FundingPlanned.read(fact)
    FundingPlan.objects.update_or_create(
        project_id=fact.subject, year=body.year, source=body.source, defaults={"amount": body.amount},
        create_defaults={"id": fact.uuid, "amount": body.amount},
    )


def _agreement(fact: Fact) -> None:
    said = bodies.AgreementSigned.read(fact).data()
    reference = said.pop("reference")
    Agreement.objects.update_or_create(
        project_id=fact.subject, reference=reference, defaults=said, create_defaults={"id": fact.uuid, **said}
    )


def _event_held(fact: Fact) -> None:
    said = bodies.EventHeld.read(fact).data()
    said["unit_id"] = said.pop("unit")
    Event.objects.update_or_create(id=fact.subject, defaults=said)


def _event_project_added(fact: Fact) -> None:
    body = bodies.EventProjectAdded.read(fact)
    EventProject.objects.create(
        id=fact.uuid, event_id=fact.subject, project_id=body.project, position=body.position
    )


def _event_project_removed(fact: Fact) -> None:
    body = bodies.EventProjectRemoved.read(fact)
    standing = Q(event_id=fact.subject, project_id=body.project, removed_on__isnull=True)
    EventProject.objects.filter(standing).update(removed_on=fact.effective_on, reason=body.reason)


APPLY: dict[str, Callable[[Fact], None]] = {
    bodies.Registered.KIND: _registered,
    bodies.AttributeChanged.KIND: _attribute_changed,
    bodies.Listed.KIND: _listed,
    bodies.Unlisted.KIND: _unlisted,
    bodies.CodeGiven.KIND: _code_given,
    bodies.CreditSet.KIND: _credit_set,
    bodies.MilestoneSet.KIND: _milestone_set,
    bodies.MilestoneMoved.KIND: _milestone_moved,
    bodies.MilestoneReached.KIND: _milestone_reached,
    bodies.StageReached.KIND: _stage_reached,
    bodies.StageWithdrawn.KIND: _stage_withdrawn,
    bodies.PersonAssigned.KIND: _person_assigned,
    bodies.PersonReleased.KIND: _person_released,
    bodies.BondBatchGranted.KIND: _bond_batch,
    bodies.FundingPlanned.KIND: _funding_plan,
    bodies.AgreementSigned.KIND: _agreement,
    bodies.EventHeld.KIND: _event_held,
    bodies.EventProjectAdded.KIND: _event_project_added,
    bodies.EventProjectRemoved.KIND: _event_project_removed,
}
