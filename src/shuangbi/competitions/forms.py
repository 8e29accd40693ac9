"""Input of competitions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shuangbi.competitions import queries
from shuangbi.competitions.asked import Given
from shuangbi.competitions.choices import ROUND_NAME, RoundKind
from shuangbi.competitions.models import Competition, Round
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.forms import DayInput
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_visible_to
from shuangbi.projects.queries import projects_named
from shuangbi_engine.numbers import SHARE, NotANumber, parse_number, parse_quantity
from shuangbi_engine.scheme import Scheme

LARGEST_SCHEME = 1024 * 1024


class CompetitionForm(forms.Form):
    """A new competition of a unit whose office the person is."""

    name = forms.CharField(label=_("Name of the campaign"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    slug = forms.SlugField(label=_("Short address"), max_length=60, help_text=_("Latin letters, digits and hyphens"))
    owner: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    office = forms.CharField(label=_("Office that runs it"), max_length=120)
    basis = forms.CharField(label=_("Document it rests on"), max_length=200)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = units_visible_to(access).filter(id__in=access.units_as(OFFICE))


class SchemeForm(forms.Form):
    """A scheme file."""

    file = forms.FileField(label=_("Scheme file (YAML)"))

    def clean_file(self) -> str:
        """The text of the file."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_SCHEME:
            raise forms.ValidationError(_("A scheme file has at most 1 MB."))
        try:
            text: str = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is no UTF-8 text. Save the file as UTF-8.")) from None
        return text


class RoundForm(forms.Form):
    """A new round."""

    name = forms.RegexField(
        label=_("Name of the round"), regex=ROUND_NAME, max_length=20, help_text=_("like 2020-09, 2020-W40, 2020")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)
    counts_from = forms.DateField(label=_("Year to date counts from"), widget=DayInput, required=False)
    cutoff_on = forms.DateField(label=_("Reports until"), widget=DayInput, required=False)
    year = forms.ChoiceField(label=_("Its year round"), required=False)
    previous = forms.ChoiceField(label=_("Round before"), required=False)

    def __init__(self, *args: Any, competition: Competition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = queries.rounds_of(competition)
        year: Any = self.fields["year"]
        previous: Any = self.fields["previous"]
        year.choices = [("", "—"), *((r.name, r.name) for r in rounds if r.kind == RoundKind.YEAR)]
        previous.choices = [("", "—"), *((r.name, r.name) for r in rounds)]


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class _OfUnitAndRound(forms.Form):
    """Base: a participant and a round of the competition."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    round = forms.ChoiceField(label=_("Round"))

    def __init__(
        self, *args: Any, rounds: Sequence[Round], scheme: Scheme, units: QuerySet[Unit], access: Access, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        self.access = access
        unit: Any = self.fields["unit"]
        unit.queryset = units
        round_: Any = self.fields["round"]
        round_.choices = [(r.name, r.name) for r in rounds]


class TargetForm(_OfUnitAndRound):
    """One target, or its revision: a number or named projects. For the competition's own unit it is that of the whole."""

    measure = forms.ChoiceField(label=_("Measure"))
    value = forms.CharField(
        label=_("Target"), max_length=40, required=False, help_text=_("with its unit where it has one: 1.2亿元, 300亩")
    )
    projects = forms.CharField(
        label=_("Named projects"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("instead of a number: number or full name of each project, one a line"),
    )
    reason = forms.CharField(label=_("Reason of a revision"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure: Any = self.fields["measure"]
        measure.choices = [(m.name, queries.titled(m)) for m in self.scheme.measures.values()]

    def clean_projects(self) -> tuple[str, ...] | None:
        """The ids of the projects that the lines name; None when there are none."""
        lines = [line.strip() for line in self.cleaned_data["projects"].splitlines() if line.strip()]
        meant = projects_named(self.access, lines) if lines else {}
        unknown = [line for line in lines if line not in meant]
        if unknown:
            raise forms.ValidationError(_("There is no project {name}.").format(name=unknown[0]))
        return tuple(dict.fromkeys(str(meant[line]) for line in lines)) or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        measure = self.scheme.measures.get(data.get("measure", ""))
        if measure and data.get("value"):
            try:
                data["number"] = parse_quantity(data["value"], measure.unit)
            except NotANumber:
                self.add_error("value", _("This is no amount. Write a number, with its unit where it has one."))
        return data


class FigureForm(_OfUnitAndRound):
    """A figure that only its owner holds."""

    figure = forms.ChoiceField(label=_("Owner's figure"))
    value = forms.CharField(label=_("Value"), max_length=40, help_text=_("a number, a percentage, or an amount with its unit"))
    reason = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, owned: frozenset[str] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure: Any = self.fields["figure"]
        figure.choices = [(f.name, queries.titled(f)) for f in self.scheme.figures.values() if owned is None or f.name in owned]


class AdjustmentForm(_OfUnitAndRound):
    """Points by a document."""

    kind = forms.ChoiceField(label=_("Kind"))
    points = forms.CharField(label=_("Points"), max_length=12, help_text=_("minus takes points away; 0 cancels"))
    document = forms.CharField(label=_("Document"), max_length=300)
    adjustment = forms.ChoiceField(label=_("Changes"), required=False, help_text=_("only to change points given before"))

    def __init__(self, *args: Any, given: Sequence[Given], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adjustment: Any = self.fields["adjustment"]
        adjustment.choices = [("", "—"), *((g.id, f"{g.unit.title} {g.kind} {g.points} {g.document}") for g in given)]
        kind: Any = self.fields["kind"]
        kind.choices = [(rule.kind, queries.titled(rule)) for rule in self.scheme.adjustments.values()]

    def clean_points(self) -> int:
        """Points in 1/10000. Finer ones are refused, not rounded."""
        try:
            points = parse_number(self.cleaned_data["points"]) * SHARE
        except NotANumber:
            raise forms.ValidationError(_("This is no number.")) from None
        if points.denominator != 1:
            raise forms.ValidationError(_("Points have at most four decimals."))
        return int(points)


class WaiverForm(_OfUnitAndRound):
    """A unit excused from an item."""

    item = forms.ChoiceField(label=_("Item"))
    reason = forms.CharField(label=_("Reason and document"), max_length=300, required=False)
    ends = forms.BooleanField(label=_("The unit is no longer excused"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = {item.name: queries.titled(item) for group in self.scheme.groups.values() for item in group.items}
        item: Any = self.fields["item"]
        item.choices = list(items.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("ends") and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Say why the unit is excused."))
        return data
