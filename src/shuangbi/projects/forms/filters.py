"""The filters of the lists of projects and events."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shuangbi.projects import queries
from shuangbi.projects.choices import (
    INDUSTRY_SECTIONS,
    SIZE_CLASSES,
    EventKind,
    Stage,
    TaggingKind,
)

LIGHT_LABELS = (
    ("overdue", _("Overdue")), ("near", _("Due soon")), ("on_time", _("On time")), ("done", _("Reached")),
    ("none", _("No milestones")),
)


class ProjectFilter(django_filters.FilterSet):
    """Projects by unit, stage, list, tag, industry, size and light."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=lambda request: queries.units_of_projects(request.access), empty_label=_("All"),
        method="by_unit",
    )
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=Stage.choices, empty_label=_("All"))
    list = django_filters.ChoiceFilter(label=_("Project list"), choices=[], empty_label=_("All"), method="by_marker")
    tag = django_filters.ChoiceFilter(label=_("Tag"), choices=[], empty_label=_("All"), method="by_marker")
    industry = django_filters.ChoiceFilter(
        label=_("Industry"), choices=tuple(INDUSTRY_SECTIONS.items()), empty_label=_("All"), lookup_expr="startswith"
    )
    size = django_filters.ChoiceFilter(
        label=_("Total investment"), choices=[(str(yi), f"≥ {yi} 亿元") for yi in SIZE_CLASSES], empty_label=_("All"),
        method="by_size",
    )
    light = django_filters.ChoiceFilter(
        label=_("Milestones"), choices=LIGHT_LABELS, empty_label=_("All"), method="by_light"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = queries.markers_in_use(self.request.access)
        for kind in TaggingKind:
            self.filters[kind.value].extra["choices"] = known[kind.value]

    def by_unit(self, projects: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        return queries.of_unit(projects, unit.id)

    def by_marker(self, projects: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:
        return queries.marked(projects, name, code)

    def by_size(self, projects: QuerySet[Any], name: str, yi: str) -> QuerySet[Any]:
        return queries.of_size(projects, int(yi))

    def by_light(self, projects: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        return queries.with_light(projects, state)


class EventFilter(django_filters.FilterSet):
    """Events by kind and day."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EventKind.choices, empty_label=_("All"))
    since = django_filters.DateFilter(label=_("Since"), field_name="held_on", lookup_expr="gte", widget=forms.DateInput(attrs={"type": "date"}))
    until = django_filters.DateFilter(label=_("Until"), field_name="held_on", lookup_expr="lte", widget=forms.DateInput(attrs={"type": "date"}))
