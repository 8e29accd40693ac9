"""Input of the registry: a project, its changes, its stage, its lists. What is wrong beyond the shape, the actions say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_standing
from shuangbi.projects import lifecycle, queries
from shuangbi.projects.access import EDITORS
from shuangbi.projects.actions import CHANGEABLE, NewProject
from shuangbi.projects.choices import (
    DEFAULT_LISTS,
    DEFAULT_TAGS,
    MARKER_NAMES,
    CodeSystem,
    Money,
    TaggingKind,
)
from shuangbi.projects.fields import DayField, MoneyField
from shuangbi.projects.models import Project

TEXTAREA = forms.Textarea(attrs={"rows": 3})


def reason_field(*, required: bool = True) -> forms.CharField:
    """Why something is changed."""
    return forms.CharField(
        label=_("Reason"), max_length=300, required=required, help_text=_("It stays on record beside the change."),
    )


def show_refusal(form: forms.Form, problem: Refused) -> None:
    """Put what an action refused beside the field it is about, or above the form."""
    problems = problem.problems if isinstance(problem, RowsRefused) else [problem]
    for one in problems:
        form.add_error(one.field if one.field in form.fields else None, one.message)


class ProjectFields(forms.Form):
    """What is said of a project, in the order in which people know it."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As it stands in the contract or approval."))
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Owning unit"), queryset=None, help_text=_("Where the project lands."))
    bringer: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("Bringing unit"), queryset=None, required=False, help_text=_("Who brought the investor, where another."),
    )
    summary = forms.CharField(label=_("Summary"), max_length=1000, required=False, widget=TEXTAREA)
    investor_name = forms.CharField(label=_("Investor"), max_length=120, required=False)
    investor_code = forms.CharField(
        label=_("Investor's credit code"), max_length=18, required=False, help_text=_("18 characters."),
    )
    industry = forms.CharField(
        label=_("Industry code"), max_length=8, required=False, help_text=_("GB/T 4754, such as C39 or I6510."),
    )
    site = forms.CharField(label=_("Site"), max_length=200, required=False)
    park: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Park"), queryset=None, required=False)
    region = forms.CharField(label=_("Region code"), max_length=6, required=False, help_text=_("Six digits."))
    total_investment = MoneyField(label=Money.TOTAL_INVESTMENT.label, required=False)
    contract_amount = MoneyField(label=Money.CONTRACT_AMOUNT.label, required=False)
    attracted_amount = MoneyField(label=Money.ATTRACTED_AMOUNT.label, required=False)
    year_plan = MoneyField(label=Money.YEAR_PLAN.label, required=False)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        standing = units_standing(access)
        self.fields["unit"].queryset = standing.filter(id__in=access.units_as(EDITORS))  # type: ignore[attr-defined]
        self.fields["bringer"].queryset = standing  # type: ignore[attr-defined]
        self.fields["park"].queryset = standing.filter(kind="park")  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """The fields as the actions take them: units by id."""
        values = {field: self.cleaned_data[field] for field in CHANGEABLE if field in self.cleaned_data}
        for field in ("unit", "bringer", "park"):
            if field in values:
                values[field] = values[field].id if values[field] else None
        return values


class ProjectForm(ProjectFields):
    """A new project."""

    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(stage.value, stage.label) for stage in lifecycle.FIRST],
        help_text=_("Later stages are reached by claims."),
    )
    national_code = forms.CharField(
        label=CodeSystem.NATIONAL.label, max_length=24, required=False, help_text=_("24 characters, where it has one."),
    )
    tags = forms.MultipleChoiceField(
        label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, MARKER_NAMES[code]) for code in DEFAULT_TAGS],
    )
    registered_on = DayField(label=_("As of"), required=False)
    not_duplicate_because = forms.CharField(
        label=_("Why it is another project"), max_length=300, required=False,
        help_text=_("Only where projects like it are shown above."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, access=access, **kwargs)
        self.fields["registered_on"].initial = clock.today

    def new(self) -> NewProject:
        """The project as the action takes it."""
        data = self.cleaned_data
        return NewProject(
            **self.said(), stage=data["stage"], national_code=data["national_code"], tags=tuple(data["tags"]),
            registered_on=data["registered_on"], not_duplicate_because=data["not_duplicate_because"],
        )


class ProjectEditForm(ProjectFields):
    """Changes of a project, with the reason, and what the page had seen when it was opened."""

    reason = reason_field()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, access: Access, project: Project, may_move: bool, **kwargs: Any) -> None:
        initial = {field: getattr(project, field) for field in CHANGEABLE}
        initial["seen"] = queries.last_fact_seq(project.id)
        super().__init__(*args, access=access, initial=initial, **kwargs)
        if not may_move:
            del self.fields["unit"], self.fields["bringer"]


class StageForm(forms.Form):
    """A stage that is reached by hand."""

    stage = forms.ChoiceField(label=_("Stage"))
    on = DayField(label=_("On"))
    reason = reason_field(required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = lifecycle.ORDER[project.stage]
        ahead = [stage for stage in lifecycle.BY_HAND if lifecycle.ORDER[stage] > here]
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in ahead]  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today


class ListForm(forms.Form):
    """Put on a list, or under a tag, from a day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TaggingKind.choices)
    code = forms.CharField(label=_("List or tag"), max_length=40)
    on = DayField(label=_("From"))
    reason = reason_field(required=False)

    def __init__(self, *args: Any, access: Access, may_list: bool, may_tag: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [(kind.value, kind.label) for kind in TaggingKind if (may_list if kind == "list" else may_tag)]
        self.fields["kind"].choices = allowed  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today
        known = queries.markers_in_use(access)
        defaults = [*(DEFAULT_LISTS if may_list else ()), *(DEFAULT_TAGS if may_tag else ())]
        names = {code: MARKER_NAMES[code] for code in defaults}
        names.update({code: name for kind, _label in allowed for code, name in known[kind]})
        self.fields["code"].widget.attrs["list"] = "markers"
        self.suggestions = sorted((str(code), str(name)) for code, name in names.items())


class UnlistForm(forms.Form):
    """Take off a list or tag; from which day it no longer stands."""

    on = DayField(label=_("First day without it"))
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = reason_field()
