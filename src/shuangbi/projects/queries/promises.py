"""Reading what was promised of a visible project, and its whole story."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    F,
    QuerySet,
)

from shuangbi.foundation import clock
from shuangbi.foundation.parts import Entry
from shuangbi.ledger.queries import facts_about
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import names_of_people
from shuangbi.projects import lifecycle, story
from shuangbi.projects.choices import (
    TaggingKind,
)
from shuangbi.projects.models import (
    Agreement,
    Assignment,
    BondBatch,
    CreditShare,
    EventProject,
    FundingPlan,
    Milestone,
    MilestoneMove,
    OutsideCode,
    Project,
    StageStep,
    Tagging,
)
from shuangbi.projects.queries.events import events_visible_to
from shuangbi.projects.queries.registry import projects_visible_to
from shuangbi_engine.numbers import SHARE


@dataclass(frozen=True)
class LitMilestone:
    """A milestone with its light today."""

    milestone: Milestone
    light: lifecycle.Light


@dataclass(frozen=True)
class ProjectStory:
    """All that its page tells of a project."""

    entries: list[Entry]
    milestones: list[LitMilestone]
    lists: list[Tagging]
    tags: list[Tagging]
    assignments: list[Assignment]
    seq: int


def project_story(project: Project, access: Access) -> ProjectStory:
    """A visible project's whole story: facts, promises still open and events on one line, oldest first. ≤ 7 queries."""
    today = clock.today()
    facts = list(facts_about([project.id]))
    milestones = [
        LitMilestone(row, lifecycle.light(row, today)) for row in Milestone.objects.filter(project=project)
    ]
    taggings = list(Tagging.objects.filter(project=project, ends_on__isnull=True))
    assignments = list(Assignment.objects.filter(project=project).select_related("person"))
    told = EventProject.objects.filter(project=project, removed_on__isnull=True).select_related("event")
    told = told.filter(event__in=events_visible_to(access))
    people = {fact.actor for fact in facts if fact.actor} | {row.person_id for row in assignments}
    units = story.units_named(facts)
    names = story.Names(
        people=names_of_people(people),
        units={unit.id: unit.title for unit in Unit.objects.filter(id__in=units)} if units else {},
        milestones={row.milestone.id: row.milestone.title for row in milestones},
        assignments={row.id: row for row in assignments},
    )
    entries = [
        *story.told_by_facts(facts, names),
        *(story.open_promise(row.milestone, row.light) for row in milestones if row.milestone.actual_on is None),
        *(story.at_event(row.event) for row in told),
    ]
    entries.sort(key=lambda entry: (entry.when, entry.state == "planned"))
    return ProjectStory(
        entries=entries, milestones=milestones, seq=facts[-1].seq if facts else 0,
        lists=[row for row in taggings if row.kind == TaggingKind.LIST],
        tags=[row for row in taggings if row.kind == TaggingKind.TAG],
        assignments=[row for row in assignments if row.ends_on is None],
    )


def milestones_visible_to(access: Access) -> QuerySet[Milestone]:
    """Milestones of visible projects."""
    return Milestone.objects.filter(project__in=projects_visible_to(access)).select_related("project")


def moves_of(milestone: Milestone) -> QuerySet[MilestoneMove]:
    """Every pair of dates a milestone has had, oldest first."""
    return MilestoneMove.objects.filter(milestone=milestone).order_by("seq")


def taggings_of(project: Project) -> QuerySet[Tagging]:
    """Lists and tags of a visible project, those that stand first."""
    return Tagging.objects.filter(project=project).order_by(F("ends_on").desc(nulls_first=True), "kind", "code", "id")


def assignments_of(project: Project) -> QuerySet[Assignment]:
    """Who answers and answered for a visible project, those who do first."""
    rows = Assignment.objects.filter(project=project).select_related("person")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "part", "starts_on", "id")


@dataclass(frozen=True)
class Promises:
    """What a project has been promised and has promised, beside its milestones."""

    agreements: list[Agreement]
    shares: list[CreditShare]
    owner_share: int
    funding: list[FundingPlan]
    bonds: list[BondBatch]
    codes: list[OutsideCode]
    reached: dict[str, date]


def promises_of(project: Project) -> Promises:
    """Contracts, shares (with what is left to the owner today, 1/10000), funding, bonds, codes of a visible project;
    and on which day each stage that stands was first reached, to hold against what the contracts promise."""
    shares = list(CreditShare.objects.filter(project=project).select_related("unit"))
    today = clock.today()
    given = sum(
        row.share for row in shares
        if (row.starts_on is None or row.starts_on <= today) and (row.ends_on is None or today <= row.ends_on)
    )
    return Promises(
        agreements=list(Agreement.objects.filter(project=project)), shares=shares, owner_share=SHARE - given,
        funding=list(FundingPlan.objects.filter(project=project)),
        bonds=list(BondBatch.objects.filter(project=project)), codes=list(OutsideCode.objects.filter(project=project)),
        reached=_stages_reached(project),
    )


def _stages_reached(project: Project) -> dict[str, date]:
    steps = StageStep.objects.filter(project=project, withdrawn_on__isnull=True).order_by("-reached_on")
    return {step.stage: step.reached_on for step in steps}
