"""Input of themed events."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_standing
from shuangbi.projects import queries
from shuangbi.projects.access import LEADS
from shuangbi.projects.actions import NewEvent
from shuangbi.projects.choices import (
    EVENT_MONEYS,
    EventKind,
    Qualifier,
)
from shuangbi.projects.fields import DayField, MoneyField
from shuangbi.projects.models import Event


class EventForm(forms.Form):
    """A themed event: as announced, and which projects stand on its list."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    held_on = DayField(label=_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Host"), queryset=None)
    announced_count = forms.IntegerField(label=_("Announced projects"), min_value=0, max_value=10_000, required=False)
    qualifier = forms.ChoiceField(label=_("Said as"), choices=Qualifier.choices)
    announced_amount = MoneyField(label=_("Announced amount"), required=False)
    money = forms.ChoiceField(label=_("Which money"), choices=[(money.value, money.label) for money in EVENT_MONEYS])
    source = forms.CharField(label=_("Where it was said"), max_length=200, required=False)
    projects = forms.CharField(
        label=_("Projects"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One project a line: its number or its exact name. The list can be completed later."),
    )

    def __init__(self, *args: Any, access: Access, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        if event is not None:
            del self.fields["projects"]
            for field in self.fields:
                self.initial[field] = getattr(event, field)
        self.fields["unit"].queryset = units_standing(access).filter(id__in=access.units_as(LEADS))  # type: ignore[attr-defined]

    def clean_projects(self) -> list[Any]:
        """The ids of the projects named; every line must mean one visible project."""
        lines = [line.strip() for line in self.cleaned_data["projects"].splitlines() if line.strip()]
        found = queries.projects_named(self.access, lines)
        unknown = [line for line in lines if line not in found]
        if unknown:
            raise forms.ValidationError(
                _("No project, or more than one: %(lines)s"), params={"lines": "、".join(unknown[:5])}
            )
        return [found[line] for line in lines]

    def new(self) -> NewEvent:
        """The event as the action takes it."""
        data = {**self.cleaned_data}
        data.pop("projects", None)
        data["unit"] = data["unit"].id
        data["announced_amount"] = data["announced_amount"] or None
        return NewEvent(**data)


class EventProjectForm(forms.Form):
    """One more project for an event's list."""

    project = forms.CharField(label=_("Project"), max_length=120, help_text=_("Its number or its exact name."))

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access

    def clean_project(self) -> Any:
        line = self.cleaned_data["project"].strip()
        found = queries.projects_named(self.access, [line])
        if line not in found:
            raise forms.ValidationError(_("No project, or more than one: %(lines)s"), params={"lines": line})
        return found[line]
