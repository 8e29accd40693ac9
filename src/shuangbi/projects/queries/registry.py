"""Reading the registry, always within what a person may see: projects, their list, what is in use, likely repeats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from shuangbi.foundation import clock
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access, subtrees
from shuangbi.organisations.models import Unit
from shuangbi.projects import lifecycle
from shuangbi.projects.choices import (
    MARKER_NAMES,
    YI,
    TaggingKind,
)
from shuangbi.projects.duplicates import Likeness
from shuangbi.projects.models import (
    CreditShare,
    Milestone,
    Project,
    Tagging,
)

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


def projects_named(access: Access, lines: list[str]) -> dict[str, UUID]:
    """The visible projects that lines of text mean, by number or exact name; what means none or several is left out."""
    rows = projects_visible_to(access).filter(Q(code__in=lines) | Q(name__in=lines)).values_list("id", "code", "name")
    meant: dict[str, set[UUID]] = {line: set() for line in lines}
    for id_, code, name in rows:
        for text in {code, name} & meant.keys():
            meant[text].add(id_)
    return {line: next(iter(ids)) for line, ids in meant.items() if len(ids) == 1}
