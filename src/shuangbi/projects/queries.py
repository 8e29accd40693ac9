"""Reading projects and events, always within what a person may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast

from shuangbi.foundation import clock
from shuangbi.foundation.parts import Entry
from shuangbi.ledger.models import Fact
from shuangbi.ledger.queries import facts_about
from shuangbi.organisations.access import Access, subtrees
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import names_of_people
from shuangbi.projects import lifecycle, story
from shuangbi.projects.choices import (
    EVENT_MONEYS,
    INDUSTRY_SECTIONS,
    MARKER_NAMES,
    YI,
    Money,
    Qualifier,
    TaggingKind,
)
from shuangbi.projects.duplicates import Likeness
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
from shuangbi_engine.numbers import SHARE, rounded, within_limit

LIGHTS = ("overdue", "near", "on_time", "done", "none")


def projects_visible_to(access: Access) -> QuerySet[Project]:
    """Projects that a unit in scope owns, has brought, or has a share in."""
    units = access.unit_ids
    if not units:
        return Project.objects.none()
    credited = CreditShare.objects.filter(project=OuterRef("pk"), unit_id__in=units, share__gt=0)
    return Project.objects.filter(Q(unit_id__in=units) | Q(bringer_id__in=units) | Exists(credited))


def listed_projects(access: Access) -> QuerySet[Project]:
    """Visible projects with what their list shows: light, next milestone, place of the stage, lists and tags."""
    standing = Tagging.objects.filter(ends_on__isnull=True).order_by("kind", "code")
    opened = Milestone.objects.filter(project=OuterRef("pk"), actual_on__isnull=True)
    return (
        projects_visible_to(access)
        .select_related("unit", "bringer")
        .prefetch_related(Prefetch("taggings", queryset=standing, to_attr="standing_tags"))
        .annotate(
            light_place=_light_place(clock.today()),
            next_milestone=Subquery(opened.order_by("planned_on").values("planned_on")[:1]),
            stage_place=Case(
                *(When(stage=stage, then=Value(place)) for stage, place in lifecycle.ORDER.items()),
                output_field=IntegerField(),
            ),
        )
    )


def _light_place(today: date) -> Case:
    """The worst light of a project as its place in LIGHTS; the same rule as lifecycle.light."""
    every = Milestone.objects.filter(project=OuterRef("pk"))
    opened = every.filter(actual_on__isnull=True)
    near = Q(planned_on__lte=today + timedelta(days=lifecycle.NEAR_DAYS)) | Q(forecast_on__gt=F("planned_on"))
    return Case(
        When(Exists(opened.filter(planned_on__lt=today)), then=Value(0)),
        When(Exists(opened.filter(near)), then=Value(1)),
        When(Exists(opened), then=Value(2)),
        When(Exists(every), then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


def of_unit(projects: QuerySet[Project], unit: UUID) -> QuerySet[Project]:
    """Those owned by a unit or by one below it."""
    return projects.filter(unit_id__in=subtrees().get(unit, frozenset()))


def marked(projects: QuerySet[Project], kind: str, code: str) -> QuerySet[Project]:
    """Those that stand on a list or under a tag now."""
    rows = Tagging.objects.filter(project=OuterRef("pk"), kind=kind, code=code, ends_on__isnull=True)
    return projects.filter(Exists(rows))


def of_size(projects: QuerySet[Project], yi: int) -> QuerySet[Project]:
    """Those of at least so many 亿元 of total investment."""
    return projects.filter(total_investment__gte=yi * YI)


def with_light(projects: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Those whose worst light is this one; for rows of `listed_projects`."""
    return projects.filter(light_place=LIGHTS.index(state))


def units_of_projects(access: Access) -> QuerySet[Unit]:
    """The units in scope, in their order."""
    units: QuerySet[Unit] = Unit.objects.filter(id__in=access.unit_ids)
    return units.order_by("position", "code", "id")


def markers_in_use(access: Access) -> dict[str, list[tuple[str, Any]]]:
    """Lists and tags that visible projects stand on now, by kind, with their names."""
    rows = Tagging.objects.filter(ends_on__isnull=True, project__in=projects_visible_to(access))
    found: dict[str, list[tuple[str, Any]]] = {str(kind): [] for kind in TaggingKind}
    for kind, code in rows.order_by("kind", "code").values_list("kind", "code").distinct():
        found[kind].append((code, MARKER_NAMES.get(code, code)))
    return found


def last_fact_seq(project: UUID) -> int:
    """The number of the newest fact about a project; what an edit form has seen."""
    newest = Fact.objects.filter(subject=project).order_by("-seq").values_list("seq", flat=True).first()
    return newest or 0


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


@dataclass(frozen=True)
class Repeat:
    """A project that a new one seems to repeat; outside one's scope only its unit is told."""

    unit: Unit
    similarity: Fraction
    same_firm: bool
    same_site: bool
    project: Project | None


def repeats_shown(likenesses: Iterable[Likeness], access: Access) -> list[Repeat]:
    """Likely repeats as this person may see them, the likest first."""
    found = {like.id: like for like in likenesses}
    projects = Project.objects.filter(id__in=found).select_related("unit")
    visible = set(projects_visible_to(access).filter(id__in=found).values_list("id", flat=True)) if found else set()
    by_id = {project.id: project for project in projects} if found else {}
    return [
        Repeat(
            by_id[like.id].unit, like.similarity, like.same_firm, like.same_site,
            by_id[like.id] if like.id in visible else None,
        )
        for like in found.values()
    ]


def events_visible_to(access: Access) -> QuerySet[Event]:
    """Events are announced to all: whoever has business inside sees them; their lists only as far as the projects."""
    return Event.objects.order_by("-held_on", "id") if access.unit_ids else Event.objects.none()


def listed_events(access: Access) -> QuerySet[Event]:
    """Events with the length of their list and the exact sum of the money that was announced."""
    standing = Q(entries__removed_on__isnull=True)
    summed = Case(
        *(When(money=money.value, then=F(f"entries__project__{money.value}")) for money in EVENT_MONEYS),
        output_field=BigIntegerField(),
    )
    return events_visible_to(access).select_related("unit").annotate(
        listed_count=Count("entries", filter=standing), listed_amount=Cast(Sum(summed, filter=standing), BigIntegerField())
    )


@dataclass(frozen=True)
class Cut:
    """A part of an event's list: how many projects, and their sum of the money that was announced, in 分."""

    code: str
    title: Any
    count: int
    amount: int


@dataclass(frozen=True)
class EventTotals:
    """What an event's list sums to now, exactly; moneys in 分, each apart. Cuts by tag and list overlap."""

    count: int
    moneys: dict[str, int]
    by_tag: list[Cut]
    by_industry: list[Cut]
    by_unit: list[Cut]

    @property
    def tagged(self) -> int:
        """The tags' counts added up, which is not the count of projects: one project may carry several or none."""
        return sum(cut.count for cut in self.by_tag)


def event_totals(event: Event) -> EventTotals:
    """Exact sums of an event's list, whole and cut by tag, industry and unit. Unscoped: announced totals are for all."""
    on_list = EventProject.objects.filter(event=event, removed_on__isnull=True).values("project_id")
    rows = list(Project.objects.filter(id__in=on_list).select_related("unit").order_by("unit__position", "id"))
    taggings = Tagging.objects.filter(project_id__in=on_list, ends_on__isnull=True).order_by("kind", "code")
    amounts = {row.id: int(getattr(row, event.money)) for row in rows}
    marks = [(f"{tag.kind}:{tag.code}", tag.title, tag.project_id) for tag in taggings]
    sections = [
        (row.industry[:1], INDUSTRY_SECTIONS.get(row.industry[:1], ""), row.id)
        for row in sorted(rows, key=lambda row: row.industry)
    ]
    return EventTotals(
        count=len(rows),
        moneys={money: within_limit(sum(int(getattr(row, money)) for row in rows)) for money in Money.values},
        by_tag=_cuts(marks, amounts),
        by_industry=_cuts(sections, amounts),
        by_unit=_cuts([(row.unit.code, row.unit.title, row.id) for row in rows], amounts),
    )


def announcement_holds(event: Event, totals: EventTotals) -> bool | None:
    """Whether the announced amount fits the list as it was said: exactly at two decimals of 亿元, over, nearly.

    None where nothing was announced, or only about so much.
    """
    said, exact = event.announced_amount, totals.moneys[event.money]
    if said is None or event.qualifier == Qualifier.ABOUT:
        return None
    if event.qualifier == Qualifier.OVER:
        return exact > said
    if event.qualifier == Qualifier.NEARLY:
        return exact < said
    return rounded(Fraction(exact, YI), 2) == rounded(Fraction(said, YI), 2)


def _cuts(marks: list[tuple[str, Any, UUID]], amounts: dict[UUID, int]) -> list[Cut]:
    """One cut a code, the most projects first, then by code."""
    titles: dict[str, Any] = {}
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for code, title, project in marks:
        titles.setdefault(code, title)
        counts[code] += 1
        sums[code] += amounts[project]
    return sorted(
        (Cut(code, title, counts[code], within_limit(sums[code])) for code, title in titles.items()),
        key=lambda cut: (-cut.count, cut.code),
    )


def projects_of_event(event: Event, access: Access) -> QuerySet[EventProject]:
    """The rows of an event's list whose projects this person may see, in order."""
    rows = EventProject.objects.filter(event=event, removed_on__isnull=True)
    rows = rows.filter(project__in=projects_visible_to(access))
    return rows.select_related("project", "project__unit").order_by("position", "id")


def projects_named(access: Access, lines: list[str]) -> dict[str, UUID]:
    """The visible projects that lines of text mean, by number or exact name; what means none or several is left out."""
    rows = projects_visible_to(access).filter(Q(code__in=lines) | Q(name__in=lines)).values_list("id", "code", "name")
    meant: dict[str, set[UUID]] = {line: set() for line in lines}
    for id_, code, name in rows:
        for text in {code, name} & meant.keys():
            meant[text].add(id_)
    return {line: next(iter(ids)) for line, ids in meant.items() if len(ids) == 1}
