"""Input of competitions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.choices import RoundKind
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import rounds_of
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.forms import DayInput
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_visible_to
from shuangbi_engine.numbers import NotANumber, parse_quantity
from shuangbi_engine.scheme import Scheme

LARGEST_SCHEME = 1024 * 1024


class CompetitionForm(forms.Form):
    """A new competition of a unit whose office the person is."""

    name = forms.CharField(label=_("Name of the campaign"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    slug = forms.SlugField(label=_("Short address"), max_length=60, help_text=_("Latin letters, digits and hyphens"))
    owner = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
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
        label=_("Name of the round"), regex=r"[0-9A-Za-z][0-9A-Za-z-]{1,18}", help_text=_("like 2020-09, 2020-W40, 2020")
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
        rounds = rounds_of(competition)
        year: Any = self.fields["year"]
        previous: Any = self.fields["previous"]
        year.choices = [("", "—"), *((r.name, r.name) for r in rounds if r.kind == RoundKind.YEAR)]
        previous.choices = [("", "—"), *((r.name, r.name) for r in rounds)]


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class _OfUnitAndRound(forms.Form):
    """Base: a participant and a round of the competition."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    round = forms.ChoiceField(label=_("Round"))

    def __init__(self, *args: Any, competition: Competition, scheme: Scheme, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        unit: Any = self.fields["unit"]
        unit.queryset = units
        rounds: Any = self.fields["round"]
        rounds.choices = [(r.name, r.name) for r in rounds_of(competition)]


class TargetForm(_OfUnitAndRound):
    """One target, or its revision."""

    measure = forms.ChoiceField(label=_("Measure"))
    value = forms.CharField(label=_("Target"), max_length=40, help_text=_("with its unit where it has one: 1.2亿元, 300亩"))
    reason = forms.CharField(label=_("Reason of a revision"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure: Any = self.fields["measure"]
        measure.choices = [(m.name, m.title) for m in self.scheme.measures.values()]

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

    figure = forms.ChoiceField(label=_("Figure"))
    value = forms.CharField(label=_("Value"), max_length=40, help_text=_("a number, a percentage, or an amount with its unit"))
    reason = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, owned: frozenset[str] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure: Any = self.fields["figure"]
        figure.choices = [(f.name, f.title) for f in self.scheme.figures.values() if owned is None or f.name in owned]


class AdjustmentForm(_OfUnitAndRound):
    """Points by a document."""

    kind = forms.ChoiceField(label=_("Kind"))
    points = forms.DecimalField(label=_("Points"), max_digits=8, decimal_places=4, help_text=_("minus takes points away"))
    document = forms.CharField(label=_("Document"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(rule.kind, rule.title) for rule in self.scheme.adjustments.values()]


class WaiverForm(_OfUnitAndRound):
    """A unit excused from an item."""

    item = forms.ChoiceField(label=_("Item"))
    reason = forms.CharField(label=_("Reason and document"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = {item.name: item.title for group in self.scheme.groups.values() for item in group.items}
        item: Any = self.fields["item"]
        item.choices = list(items.items())
