"""Input of what is promised: milestones, people, codes, shares, agreements, funds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi.foundation import clock
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Person, Unit
from shuangbi.organisations.queries import people_visible_to, units_standing
from shuangbi.projects.choices import (
    CodeSystem,
    Part,
    Stage,
)
from shuangbi.projects.fields import DayField, MoneyField, ShareField
from shuangbi.projects.forms.registry import reason_field
from shuangbi.projects.models import Milestone, Project


class MilestoneForm(forms.Form):
    """A promised step."""

    title = forms.CharField(label=_("Milestone"), max_length=120)
    stage = forms.ChoiceField(
        label=_("Leads to stage"), choices=[("", "–"), *Stage.choices], required=False,
    )
    planned_on = DayField(label=_("Planned"))
    forecast_on = DayField(label=_("Expected on"), required=False, help_text=_("Only where it differs from the plan."))


class MilestoneMoveForm(forms.Form):
    """A new forecast, or a new plan."""

    forecast_on = DayField(label=_("Expected now"))
    planned_on = DayField(label=_("New plan"), required=False, help_text=_("The unit's lead and the office only."))
    reason = reason_field()

    def __init__(self, *args: Any, milestone: Milestone, may_rebase: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forecast_on"].initial = milestone.forecast_on
        if not may_rebase:
            del self.fields["planned_on"]


class MilestoneReachForm(forms.Form):
    """The day on which a milestone was reached."""

    on = DayField(label=_("Reached on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class AssignForm(forms.Form):
    """Who answers for a project."""

    part = forms.ChoiceField(label=_("Part"), choices=Part.choices)
    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(label=_("Person"), queryset=None)
    stage = forms.ChoiceField(
        label=_("For the stage"), choices=[("", _("All stages")), *Stage.choices], required=False
    )
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_visible_to(access).filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today


class CodeForm(forms.Form):
    """An outside code from a day."""

    system = forms.ChoiceField(label=_("Kind of code"), choices=CodeSystem.choices)
    code = forms.CharField(label=_("Code"), max_length=40)
    on = DayField(label=_("From"))


class CreditForm(forms.Form):
    """A unit's share by contract."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    share = ShareField(label=_("Share"), help_text=_("In per cent; 0 ends it."))
    contract = forms.CharField(label=_("Contract"), max_length=120)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, access: Access, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_standing(access).exclude(id=project.unit_id)  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """A contract and what it promises."""

    reference = forms.CharField(label=_("Contract"), max_length=120)
    signed_on = DayField(label=_("Signed on"))
    amount = MoneyField(label=_("Contract amount"), required=False)
    investment = MoneyField(label=_("Promised investment"), required=False)
    start_by = DayField(label=_("Start promised by"), required=False)
    completion_by = DayField(label=_("Completion promised by"), required=False)
    production_by = DayField(label=_("Production promised by"), required=False)


class FundingForm(forms.Form):
    """What a source is to give in a year."""

    year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2100)
    source = forms.CharField(label=_("Source"), max_length=60)
    amount = MoneyField(label=_("Amount"), required=False)


class BondForm(forms.Form):
    """A batch of special-bond money."""

    batch = forms.CharField(label=_("Batch"), max_length=60)
    amount = MoneyField(label=_("Amount"))
    issued_on = DayField(label=_("Issued on"))
    spend_by = DayField(label=_("To be spent by"), required=False, help_text=_("Six months after issue where left empty."))
