"""Reading claims: what a person may see, what waits for them, a claim's story, and claims that may be the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shuangbi.claims.access import UNIT_ROLES, Taken, units_for_step
from shuangbi.claims.choices import IN_REVIEW, LIVE, REPORTERS, RULES, TAKING, Act, State, Step
from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.organisations.access import Access, subtrees
from shuangbi.organisations.models import Unit
from shuangbi.projects.models import BondBatch, Project
from shuangbi.projects.queries import projects_visible_to


def claims_visible_to(access: Access) -> QuerySet[Claim]:
    """Claims of units in scope, and of projects that are."""
    mine = Q(unit_id__in=access.unit_ids) | Q(project__in=projects_visible_to(access))
    return Claim.objects.filter(mine).select_related("project", "unit")


def evidence_visible_to(access: Access) -> QuerySet[Evidence]:
    """Evidence of the claims a person may see."""
    return Evidence.objects.filter(claim__in=claims_visible_to(access)).select_related("file")


def claims_waiting_for(access: Access) -> QuerySet[Claim]:
    """Claims whose next move is this person's: steps they may take, and what came back to their unit."""
    if access.person is None:
        return Claim.objects.none()
    mine = Q(state=State.RETURNED, unit_id__in=access.units_as(UNIT_ROLES))
    for (step, units), kinds in _steps_open_to(access).items():
        own = ReviewStep.objects.filter(
            claim=OuterRef("pk"), by=access.person, act__in=TAKING, step__in=step.differs_from
        )
        mine |= Q(~Exists(own), state__in=IN_REVIEW, next_step=step.name, kind__in=kinds, unit_id__in=units)
    return claims_visible_to(access).filter(mine)


def _steps_open_to(access: Access) -> dict[tuple[Step, frozenset[UUID]], list[str]]:
    """Steps this person may take somewhere, with where and for which kinds."""
    found: dict[tuple[Step, frozenset[UUID]], list[str]] = defaultdict(list)
    for kind, rule in RULES.items():
        for step in rule.chain:
            if units := units_for_step(access, step, rule.indicator):
                found[step, units].append(kind)
    return found


def steps_taken(claims: Iterable[UUID]) -> dict[UUID, Taken]:
    """Who has taken which step of each claim."""
    people: dict[UUID, dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    rows = ReviewStep.objects.filter(claim_id__in=list(claims), act__in=TAKING, by__isnull=False)
    for claim, step, person in rows.values_list("claim_id", "step", "by_id"):
        if person:
            people[claim][step].add(person)
    return {
        claim: {step: frozenset(who) for step, who in steps.items()} for claim, steps in people.items()
    }


@dataclass(frozen=True)
class Moment:
    """One row of a claim's story; `was_amount` and `was_on` stand where the row changed them."""

    step: ReviewStep
    was_amount: int | None = None
    was_on: date | None = None


def claim_history(claim: Claim) -> list[Moment]:
    """Everything that happened to a claim, oldest first, with what each row changed."""
    story: list[Moment] = []
    before: ReviewStep | None = None
    for step in ReviewStep.objects.filter(claim=claim).select_related("by").order_by("seq"):
        changed_amount = before is not None and before.amount != step.amount
        changed_day = before is not None and before.effective_on != step.effective_on
        story.append(Moment(
            step,
            was_amount=before.amount if before and changed_amount else None,
            was_on=before.effective_on if before and changed_day else None,
        ))
        before = step
    return story


def evidence_of(claim: Claim) -> QuerySet[Evidence]:
    """The papers of a claim that may be seen."""
    return Evidence.objects.filter(claim=claim).select_related("file").order_by("seq", "name", "id")


def claims_already(access: Access, project: UUID, kind: str, besides: UUID | None = None) -> QuerySet[Claim]:
    """Claims of the same kind about the same project that still stand: a warning where a thing happens but once."""
    same = claims_visible_to(access).filter(project_id=project, kind=kind, state__in=LIVE)
    return same.exclude(id__in=[besides] if besides else []).order_by("effective_on", "seq")


def last_values_fact(claim: UUID) -> UUID:
    """The fact whose day and amount the claim shows now: what a correction replaces."""
    saying = (Act.REPORTED, Act.CORRECTED, Act.RECOGNISED)
    newest: UUID = (
        ReviewStep.objects.filter(claim_id=claim, act__in=saying).order_by("-seq").values_list("id", flat=True)[0]
    )
    return newest


def floors(projects: Iterable[UUID]) -> dict[UUID, list[tuple[int, date, str]]]:
    """For each project the days no later stage may lie before: (rank, day, kind) of recognised claims, newest day each."""
    staged = [kind for kind, rule in RULES.items() if rule.rank]
    rows = (
        Claim.objects.filter(project_id__in=list(projects), kind__in=staged, state=State.RECOGNISED)
        .values_list("project_id", "kind").annotate(day=Max("effective_on")).order_by("project_id", "kind")
    )
    found: dict[UUID, list[tuple[int, date, str]]] = defaultdict(list)
    for project, kind, day in rows:
        if project:
            found[project].append((RULES[kind].rank, day, kind))
    return found


def projects_reportable_by(access: Access) -> QuerySet[Project]:
    """Projects that a unit of this person owns or has brought."""
    units = access.units_as(REPORTERS)
    return Project.objects.filter(Q(unit_id__in=units) | Q(bringer_id__in=units)).order_by("sort_key", "id")


def units_reportable_by(access: Access) -> QuerySet[Unit]:
    """The units a person reports for."""
    units: QuerySet[Unit] = Unit.objects.filter(id__in=access.units_as(REPORTERS))
    return units.order_by("position", "code", "id")


def bond_batches_of(access: Access) -> QuerySet[BondBatch]:
    """Bond batches of projects a person reports on."""
    batches = BondBatch.objects.filter(project__in=projects_reportable_by(access)).select_related("project")
    return batches.order_by("issued_on", "id")


def claims_of_unit(claims: QuerySet[Claim], unit: Unit) -> QuerySet[Claim]:
    """Of these claims, those of a unit and of all below it."""
    return claims.filter(unit_id__in=subtrees().get(unit.id, frozenset({unit.id})))


def with_paper_counts(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims, each with `papers`: how many pieces of evidence it has."""
    counted = Evidence.objects.filter(claim=OuterRef("pk")).order_by().values("claim").annotate(n=Count("id"))
    return claims.annotate(papers=Coalesce(Subquery(counted.values("n")), 0))
