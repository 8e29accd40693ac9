"""Input of organisations: forms, and the filters of its lists."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.organisations import queries
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OF_AN_INDICATOR, Act, Role, UnitKind


def show_refusal(form: forms.Form, problem: Refused) -> None:
    """Put what an action refused beside the field it is about, or above the form."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.message)


class ContentSelect(forms.Select):
    """A choice among names, which no language of the interface translates."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-content": "", **(attrs or {})}, choices)


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PasswordForm(forms.Form):
    """The old password, and a new one twice."""

    old = forms.CharField(
        label=_("Current password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
    new = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    again = forms.CharField(
        label=_("New password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    @property
    def rules(self) -> list[str]:
        """What a password must be, in sentences."""
        return list(password_validators_help_texts())

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.person.check_password(old):
            raise forms.ValidationError(_("This is not your current password."))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.person)
        # The current one was checked just before, so comparing texts is enough.
        if new == self.cleaned_data.get("old"):
            raise forms.ValidationError(_("The new password must differ from the current one."))
        return new

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two entries differ."))
        return data


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False, help_text=_("As it stands in tables; the name itself where left empty."))
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    code = forms.CharField(label=_("Code"), max_length=32, help_text=_("Unique; used in files that are imported."))
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    parent: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Belongs to"), queryset=None, widget=ContentSelect)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=0, max_value=99999, required=False,
        help_text=_("Official order among its neighbours; zero comes first."),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = access.units_as({Role.OFFICE_LEAD})
        self.fields["parent"].queryset = queries.units_standing(access).filter(id__in=led)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = clock.today


class MergeForm(forms.Form):
    """The end of a unit."""

    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    successor: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Goes on as"), queryset=None, widget=ContentSelect, required=False,
        help_text=_("People of this unit will also see the business of the one that ends."),
    )

    def __init__(self, *args: Any, access: Access, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = access.units_as({Role.OFFICE_LEAD})
        self.fields["successor"].queryset = queries.units_standing(access).filter(id__in=led).exclude(id=unit.id)  # type: ignore[attr-defined]
        self.fields["ends_on"].initial = clock.today


class PersonForm(forms.Form):
    """A new person."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    username = forms.CharField(
        label=_("Log-in name"), max_length=60, help_text=_("Small letters, figures, dot, dash, underscore."),
    )
    unit: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Unit"), queryset=None, widget=ContentSelect, required=False)
    post = forms.CharField(label=_("Post"), max_length=80, required=False)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.units_standing(access)  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """A role for a person."""

    person: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(label=_("Person"), queryset=None, widget=ContentSelect)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("For the unit"), queryset=None, widget=ContentSelect, required=False,
        help_text=_("With all that lies below it. Empty only for the three administrators."),
    )
    indicator = forms.CharField(
        label=_("Indicator"), max_length=60, required=False,
        help_text=_("Only for an indicator owner: the code of the indicator in the scheme; empty for all."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.people_visible_to(access).filter(is_active=True)
        if access.person:
            people = people.exclude(id=access.person.id)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda person: f"{person.title}（{person.username}）"  # type: ignore[attr-defined]
        self.fields["unit"].queryset = queries.units_standing(access)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("indicator") and data.get("role") not in OF_AN_INDICATOR:
            self.add_error("indicator", _("Only an indicator owner is bound to an indicator."))
        return data


class EndForm(forms.Form):
    """The end of a grant."""

    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput, help_text=_("From this day on the role is gone."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = clock.today


class UnitFilter(django_filters.FilterSet):
    """Kind of unit, and which exist on a day."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=UnitKind.choices, empty_label=_("All"))
    day = django_filters.DateFilter(label=_("Exists on"), method="on_day", widget=DayInput)

    def on_day(self, units: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return queries.standing_on(units, day)


class PersonFilter(django_filters.FilterSet):
    """People by role held today and by account."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=_("All"), method="by_role")
    is_active = django_filters.ChoiceFilter(
        label=_("Account"), choices=[("true", _("Account open")), ("false", _("Account closed"))], empty_label=_("All"), method="by_account"
    )

    def by_role(self, people: QuerySet[Any], name: str, role: str) -> QuerySet[Any]:
        return queries.holding_today(people, role)

    def by_account(self, people: QuerySet[Any], name: str, account: str) -> QuerySet[Any]:
        return people.filter(is_active=account == "true")


class GrantFilter(django_filters.FilterSet):
    """Grants by day, role and unit."""

    day = django_filters.DateFilter(label=_("Could act on"), method="on_day", widget=DayInput)
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=_("All"))
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=lambda request: queries.units_visible_to(request.access), empty_label=_("All"),
        widget=ContentSelect
    )

    def on_day(self, grants: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return queries.grants_on(grants, day)


class FactFilter(django_filters.FilterSet):
    """Facts by kind, unit and day of recording."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind of fact"), choices=lambda: [(kind, kind) for kind in queries.fact_kinds()], empty_label=_("All")
    )
    since = django_filters.DateFilter(label=_("From day"), method="from_day", widget=DayInput)
    until = django_filters.DateFilter(label=_("To day"), method="to_day", widget=DayInput)

    def from_day(self, facts: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return facts.filter(recorded_at__gte=queries.start_of(day))

    def to_day(self, facts: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return facts.filter(recorded_at__lt=queries.end_of(day))


class SecurityRecordFilter(django_filters.FilterSet):
    """Notes of the door by act and day."""

    act = django_filters.ChoiceFilter(label=_("Act"), choices=Act.choices, empty_label=_("All"))
    since = django_filters.DateFilter(label=_("From day"), method="from_day", widget=DayInput)
    until = django_filters.DateFilter(label=_("To day"), method="to_day", widget=DayInput)

    def from_day(self, records: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return records.filter(at__gte=queries.start_of(day))

    def to_day(self, records: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return records.filter(at__lt=queries.end_of(day))
