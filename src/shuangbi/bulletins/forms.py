"""Forms of bulletins: a new draft, a correction, a section's words; and the filters of the list."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.bulletins.actions import LONGEST_WORDS, NewIssue
from shuangbi.bulletins.choices import IssueKind, IssueState
from shuangbi.bulletins.models import Issue
from shuangbi.competitions.choices import RoundKind
from shuangbi.competitions.models import Competition, Round
from shuangbi.competitions.queries import rounds_of
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, as browsers ask for it."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class Refusing(forms.Form):
    """A form that can show why an action said no."""

    def refuse(self, problem: Refused) -> None:
        """The reason beside the field it names."""
        self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class IssueForm(Refusing):
    """A new draft: weekly of a week beside its month, or monthly of a published month."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=IssueKind.choices, widget=forms.RadioSelect)
    week = forms.ChoiceField(
        label=gettext_lazy("Period"), required=False, help_text=gettext_lazy("For a weekly bulletin. Merged weeks are one period.")
    )
    month = forms.ChoiceField(
        label=gettext_lazy("Month"), help_text=gettext_lazy("The month whose tasks the figures are compared with.")
    )
    cutoff_on = day_field(
        gettext_lazy("Figures until"),
        help_text=gettext_lazy("Figures known at the end of this day. A monthly bulletin carries those of the published standing."),
    )
    dated_on = day_field(gettext_lazy("Date of the bulletin"))
    number = forms.IntegerField(
        label=gettext_lazy("Issue number"), required=False, min_value=1, max_value=999, help_text=gettext_lazy("Empty: the next one.")
    )

    def __init__(self, *args: Any, competition: Competition, **kwargs: Any) -> None:
        rounds = rounds_of(competition)
        weeks = [row for row in rounds if row.kind == RoundKind.WEEK]
        months = [row for row in rounds if row.kind == RoundKind.MONTH]
        super().__init__(*args, **kwargs)
        self.initial = first_guess(weeks, months, clock.today())
        self.fields["week"].choices = [("", "---------"), *map(round_choice, reversed(weeks))]  # type: ignore[attr-defined]
        self.fields["month"].choices = [*map(round_choice, reversed(months))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == IssueKind.WEEKLY and not data.get("week"):
            self.add_error("week", _("Choose the period that the bulletin reports."))
        return data

    def new_issue(self) -> NewIssue:
        """What was entered."""
        data = self.cleaned_data
        weekly = data["kind"] == IssueKind.WEEKLY
        return NewIssue(
            kind=data["kind"], round=data["week"] if weekly else data["month"], month=data["month"],
            dated_on=data["dated_on"], cutoff_on=data["cutoff_on"], number=data["number"] if weekly else None,
        )


def round_choice(row: Round) -> tuple[str, str]:
    """A round with its days, as a choice."""
    return row.name, f"{row.name} · {row.starts_on:%m-%d} – {row.ends_on:%m-%d}"


def first_guess(weeks: list[Round], months: list[Round], today: date) -> dict[str, Any]:
    """The last week that is over, the month it began in, and today's date."""
    over = [row for row in weeks if row.ends_on < today]
    week = max(over, key=lambda row: row.ends_on, default=None)
    within = week.starts_on if week else today - timedelta(days=28)
    month = next((row.name for row in months if row.starts_on <= within <= row.ends_on), None)
    return {
        "kind": IssueKind.WEEKLY, "week": week.name if week else "", "month": month,
        "cutoff_on": week.ends_on if week else today, "dated_on": today,
    }


class CorrectionForm(Refusing):
    """The days of a correction; everything else is the corrected bulletin's."""

    cutoff_on = day_field(gettext_lazy("Figures until"), help_text=gettext_lazy("Figures known at the end of this day."))
    dated_on = day_field(gettext_lazy("Date of the correction"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.initial = clock.today()


class WordsForm(Refusing):
    """The office's words of one section."""

    words = forms.CharField(
        label=gettext_lazy("Words"), required=False, max_length=LONGEST_WORDS, strip=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("Each line is a paragraph. Figures cannot be written here."),
    )


class IssueFilter(django_filters.FilterSet):
    """By kind, state, and whether it is a correction."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=IssueKind.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=IssueState.choices)
    corrects = django_filters.BooleanFilter(
        label=gettext_lazy("Corrections"), field_name="corrects", lookup_expr="isnull", exclude=True,
        widget=forms.Select(choices=[("", gettext_lazy("All")), ("true", gettext_lazy("Corrections")), ("false", gettext_lazy("Originals"))]),
    )

    class Meta:
        model = Issue
        fields: tuple[str, ...] = ()
