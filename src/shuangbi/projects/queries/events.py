"""Reading themed events: announced to all, their lists only as far as one sees projects."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Q,
    QuerySet,
    Sum,
    When,
)
from django.db.models.functions import Cast

from shuangbi.organisations.access import Access
from shuangbi.projects.choices import (
    EVENT_MONEYS,
    INDUSTRY_SECTIONS,
    YI,
    Money,
    Qualifier,
)
from shuangbi.projects.models import (
    Event,
    EventProject,
    Project,
    Tagging,
)
from shuangbi.projects.queries.registry import projects_visible_to
from shuangbi_engine.numbers import rounded, within_limit


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
