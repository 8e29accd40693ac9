"""Input of claims: the report, its evidence, decisions, corrections; and the filters of the list."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.claims.access import may_report
from shuangbi.claims.actions import Correction, File, NewClaim
from shuangbi.claims.amounts import Foreign, minor_text, read_amount, read_minor, typed_amount
from shuangbi.claims.choices import CURRENCIES, LEVEL_CHOICES, LEVELS, RULES, Kind, Paper, Rule, State
from shuangbi.claims.models import Claim
from shuangbi.claims.queries import (
    bond_batches_of,
    claims_of_unit,
    projects_reportable_by,
    units_reportable_by,
)
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Problem, Refused, RowsRefused
from shuangbi.foundation.periods import period
from shuangbi.foundation.uploads import Sent
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_visible_to

SALT = "claims.kept"
ABOUT_CURRENCY = frozenset({"currency", "rate", "rate_on", "rate_source"})


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, as browsers ask for it."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


def names() -> forms.Select:
    """A choice among names, which are as they are in every language."""
    return forms.Select(attrs={"data-content": ""})


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """Several files; empty where none was sent."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in sent]


class ProjectChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A project with its number, so that two of one name can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.code})"


class EvidenceForm(forms.Form):
    """Papers by what they are. Files that came with a form that was refused stay: `kept` names them, signed."""

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, papers: Iterable[str], person: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = list(dict.fromkeys([*papers, Paper.OTHER]))
        self.salt = f"{SALT}.{person}"
        for paper in self.papers:
            self.fields[f"paper_{paper}"] = ManyFilesField(label=Paper(paper).label, required=False)

    def paper_fields(self) -> list[forms.BoundField]:
        """The file fields, for the template."""
        return [self[f"paper_{paper}"] for paper in self.papers]

    def uploads(self) -> list[tuple[str, Sent]]:
        """What was sent now: (what it is, file)."""
        return [
            (paper, upload)
            for paper in self.papers
            for upload in self.files.getlist(f"paper_{paper}")
        ]

    def kept_files(self) -> list[File]:
        """What was sent before with this form and is kept already."""
        try:
            return [File(*one) for one in signing.loads(self.data.get("kept") or "", salt=self.salt)]
        except signing.BadSignature:
            return []

    def keep(self, files: Iterable[File]) -> None:
        """Let the page carry these along."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["kept"] = signing.dumps([[file.sha256, file.name, file.kind] for file in files], salt=self.salt)
        self.data = data


class ClaimForm(forms.Form):
    """What a claim of one kind asks for; nothing that its project says already."""

    def __init__(self, *args: Any, kind: str, access: Access, editing: Claim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.editing = kind, editing
        self.rule: Rule = RULES[kind]
        if editing is None:
            self._about(access)
        elif editing.project is None:
            self.fields["title"] = forms.CharField(label=gettext_lazy("Title"), max_length=160)
        self.fields["effective_on"] = day_field(gettext_lazy("Done on"))
        self._amount()
        if not self.rule.needs_project:
            self.fields["due_on"] = day_field(gettext_lazy("Was due on"), required=False)
        self.fields["note"] = forms.CharField(
            label=gettext_lazy("Remarks"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Kept for good: no names or numbers of persons."),
        )

    def _about(self, access: Access) -> None:
        needs = self.rule.needs_project
        self.fields["project"] = ProjectChoice(
            projects_reportable_by(access), label=gettext_lazy("Project"), required=needs, widget=names(),
            empty_label=_("Choose a project") if needs else _("No project"),
        )
        if needs:
            return
        units = units_reportable_by(access)
        self.fields["title"] = forms.CharField(
            label=gettext_lazy("Title"), max_length=160, required=False,
            help_text=gettext_lazy("What was done, where no project is chosen."),
        )
        self.fields["unit"] = forms.ModelChoiceField(
            units, label=gettext_lazy("Unit"), empty_label=None, widget=names()
        )
        if self.kind == Kind.BOND_DRAWN:
            self.fields["bond_batch"] = forms.ModelChoiceField(
                bond_batches_of(access), label=gettext_lazy("Bond batch"), required=False, empty_label=_("None"),
                widget=names(),
            )

    def _amount(self) -> None:
        if not self.rule.amount:
            return
        area = self.rule.amount == "square_metres"
        self.fields["amount"] = forms.CharField(
            label=gettext_lazy("Area") if area else gettext_lazy("Amount"), max_length=40,
            help_text=gettext_lazy("With its unit: 300亩 or 20000平方米.") if area
            else gettext_lazy("With its unit: 3.2亿元, 4500万元 or 12000元."),
        )
        if not area:
            codes = [(code, code) for code in CURRENCIES]
            self.fields["currency"] = forms.ChoiceField(
                label=gettext_lazy("Currency"), choices=codes, initial="CNY", required=False
            )
            self.fields["rate"] = forms.CharField(
                label=gettext_lazy("Exchange rate"), required=False, max_length=20, help_text=gettext_lazy("Yuan for one unit of it.")
            )
            self.fields["rate_on"] = day_field(gettext_lazy("Exchange rate of"), required=False)
            self.fields["rate_source"] = forms.CharField(
                label=gettext_lazy("Source of the exchange rate"), required=False, max_length=80
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        try:
            data["foreign"] = self._foreign(data)
            if self.rule.amount and data.get("amount") and data["foreign"] is None:
                data["fen"] = read_amount(data["amount"], self.rule.amount)
        except Refused as problem:
            self.refuse(problem)
        return data

    def _foreign(self, data: dict[str, Any]) -> Foreign | None:
        currency = data.get("currency") or "CNY"
        if currency == "CNY" or not data.get("amount"):
            return None
        if not data.get("rate_on"):
            raise Refused(_("Say of which day the rate is."), field="rate_on")
        return Foreign(
            currency, read_minor(data["amount"], currency), data.get("rate") or "", data["rate_on"],
            data.get("rate_source") or "",
        )

    def main_fields(self) -> list[forms.BoundField]:
        """The fields of every claim, for the template."""
        return [bound for bound in self if bound.name not in ABOUT_CURRENCY]

    def currency_fields(self) -> list[forms.BoundField]:
        """The fields of money that is not 元; they stand folded away."""
        return [bound for bound in self if bound.name in ABOUT_CURRENCY]

    def refuse(self, problem: Refused | Problem) -> None:
        """Show why an action said no beside the field it named."""
        if isinstance(problem, RowsRefused):
            for one in problem.problems:
                self.refuse(one)
            return
        field = problem.field if problem.field in self.fields else None
        self.add_error(field, problem.message)

    def new_claim(self, access: Access, evidence: Iterable[File]) -> NewClaim:
        """The claim as entered. Its unit: the project's owner where this person reports for it, else its bringer."""
        data = self.cleaned_data
        batch = data.get("bond_batch")
        project: Any = data.get("project") or (batch.project if batch else None)
        unit: UUID = data["unit"].id if "unit" in data else project.unit_id
        if "unit" not in data and not may_report(access, unit):
            unit = project.bringer_id
        return NewClaim(
            kind=self.kind, unit=unit, effective_on=data["effective_on"], project=project.id if project else None,
            title="" if project else data.get("title", ""), amount=data.get("fen", 0), note=data["note"],
            due_on=data.get("due_on"), bond_batch=batch.id if batch else None, foreign=data.get("foreign"),
            evidence=tuple(evidence),
        )


def said_amount(claim: Claim) -> str:
    """The amount as it was typed: in its own currency, or with its unit."""
    if claim.foreign_minor is not None:
        return minor_text(claim.foreign_minor, claim.currency)
    return typed_amount(claim.amount, claim.rule.amount)


class CorrectionForm(ClaimForm):
    """New values for a claim, beginning with what it says."""

    def __init__(self, *args: Any, claim: Claim, access: Access, **kwargs: Any) -> None:
        initial = {
            "effective_on": claim.effective_on, "title": claim.title, "note": claim.note, "due_on": claim.due_on,
            "amount": said_amount(claim), "currency": claim.currency, "rate": claim.rate,
            "rate_on": claim.rate_on, "rate_source": claim.rate_source,
        }
        super().__init__(*args, kind=claim.kind, access=access, editing=claim, initial=initial, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Reason"), min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
        )

    def correction(self) -> Correction:
        """The new values."""
        data = self.cleaned_data
        claim = self.editing
        return Correction(
            effective_on=data["effective_on"], amount=data.get("fen", 0), title=data.get("title", ""),
            note=data["note"], due_on=data.get("due_on"), due_amount=claim.due_amount if claim else 0,
            foreign=data.get("foreign"),
        )


DECISIONS = {
    "confirm": gettext_lazy("Confirm"), "check": gettext_lazy("Pass the check"),
    "recognise": gettext_lazy("Recognise"), "return": gettext_lazy("Return"), "refuse": gettext_lazy("Refuse"),
    "revoke": gettext_lazy("Revoke recognition"),
}


class DecisionForm(forms.Form):
    """What a reviewer decides about one claim: only what they may do now is offered."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, decisions: list[str], claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.fields["decision"].choices = [(name, DECISIONS[name]) for name in decisions]  # type: ignore[attr-defined]
        if "recognise" in decisions:
            if claim.rule.amount:
                self.fields["amount"] = forms.CharField(
                    label=gettext_lazy("Recognised amount"), required=False, max_length=40, initial=typed_amount(claim.amount, claim.rule.amount),
                    help_text=gettext_lazy("Less than reported needs a reason."),
                )
            self.fields["recognised_on"] = day_field(
                gettext_lazy("Recognised on"), required=False, initial=clock.today()
            )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Needed to return, refuse or revoke. The unit reads it."),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "recognise" and data.get("amount"):
            try:
                data["fen"] = read_amount(data["amount"], self.claim.rule.amount)
            except Refused as problem:
                self.refuse(problem)
        return data

    def refuse(self, problem: Refused) -> None:
        """Show why the action said no beside the field it named."""
        self.add_error(problem.field if problem.field in self.fields else None, problem.message)


def months_back() -> list[tuple[str, str]]:
    """This year and last, and their months, newest first."""
    today = clock.today()
    years = [str(today.year), str(today.year - 1)]
    months = [f"{year}-{month:02d}" for year in years for month in range(12, 0, -1)]
    return [("", _("All")), *((name, name) for name in [*years, *months] if name <= today.isoformat())]


class ClaimFilter(django_filters.FilterSet):
    """By kind, state, level, unit (with all below it) and period of the day it was done."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=Kind.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices)
    level = django_filters.ChoiceFilter(label=gettext_lazy("Level"), choices=LEVEL_CHOICES, method="of_level")
    unit = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Unit"), queryset=lambda request: units_visible_to(request.access), method="of_unit"
    )
    period = django_filters.CharFilter(
        label=gettext_lazy("Done in"), method="of_period", widget=forms.Select(choices=[])
    )

    class Meta:
        model = Claim
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        asked = request.GET.get("period", "")
        choices = months_back()
        if asked and asked not in dict(choices):
            choices.insert(1, (asked, asked))
        self.form.fields["period"].widget.choices = choices

    def of_level(self, rows: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return rows.filter(state__in=LEVELS[value])

    def of_unit(self, rows: QuerySet[Claim], name: str, value: Unit) -> QuerySet[Claim]:
        return claims_of_unit(rows, value)

    def of_period(self, rows: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        try:
            span = period(value)
        except ValueError:
            return rows.none()
        return rows.filter(effective_on__range=(span.starts_on, span.ends_on))
