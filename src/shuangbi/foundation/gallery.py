"""Every component on one page, with invented figures: to look at while building, and for the tests to walk over."""

from datetime import UTC, date, datetime
from fractions import Fraction

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.charts import Bar, Goal, Line, period_lines, ranking_bars, target_bars
from shuangbi.foundation.pages import PERSON, page
from shuangbi.foundation.parts import Chart, Entry, Evidence, Step


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As it stands in the contract."))
    amount = forms.CharField(label=gettext_lazy("Amount"), help_text=gettext_lazy("For example 1.2亿元 or 8,600万元."))
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[("reported", gettext_lazy("Flash figure")), ("recognised", gettext_lazy("Recognised figure"))],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), widget=forms.RadioSelect, required=False,
        choices=[("a", gettext_lazy("Month")), ("b", gettext_lazy("Year"))],
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = forms.FileField(label=gettext_lazy("Paper"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("I have compared this with the original"), required=False)


@page(PERSON)
def gallery(request: HttpRequest) -> HttpResponse:
    """The components, each in its states; ?errors=1 shows the form refused."""
    form = SampleForm({"name": "", "amount": "12 x", "day": "2020-02-30"} if request.GET.get("errors") else None)
    messages.success(request, _("The claim was sent to the county."))
    messages.warning(request, _("Two figures differ from last week's."))
    return render(request, "foundation/gallery.html", {
        "form": form, "entries": _entries(), "steps": _steps(), "papers": _papers(), "charts": _charts(),
        "pairs": [(_("Total investment"), "12.60 亿元"), (_("Signed"), "2020-09-03"), (_("Industry"), None)],
        "rate": Fraction(26, 15), "behind": Fraction(-41, 1000), "when": datetime(2020, 10, 20, 1, 0, tzinfo=UTC),
    })


def _entries() -> list[Entry]:
    return [
        Entry(date(2020, 3, 12), _("Contract signed"), _("Contract amount 12.60 亿元"), by="示例县"),
        Entry(date(2020, 9, 21), _("Work begun"), _("Piles driven; recognised on 9 October"), url="#started"),
        Entry(date(2020, 10, 10), _("Main building closed"), _("Planned for 10 October"), state="overdue"),
        Entry(date(2020, 12, 20), _("Equipment installed"), state="planned"),
    ]


def _steps() -> list[Step]:
    return [
        Step(_("Park"), "done", "填报员甲", date(2020, 9, 25)),
        Step(_("County"), "done", "审核员乙", date(2020, 9, 27)),
        Step(_("Indicator owner"), "current", note=_("Due 2020-10-22, two working days left")),
        Step(_("Competition office")),
    ]


def _papers() -> list[Evidence]:
    return [
        Evidence("施工许可证.pdf", "#paper", 1_482_133, "9f2c41aa07d3" * 5, when=date(2020, 9, 24)),
        Evidence("桩基施工现场.jpg", "#photo", 3_204_120, "01b8e6c4d512" * 5, "image", when=date(2020, 9, 25)),
    ]


def _charts() -> list[Chart]:
    def exact(*values: str) -> list[Fraction]:
        return [Fraction(value) for value in values]

    scores = exact("92.35", "90.1", "88.74", "88.74", "85", "81.2")
    ranks = (1, 2, 3, 3, 5, 6)
    names = ("东山县", "云溪区", "南湖区", "北岭县", "白石市", "清江县")
    bars = [Bar(n, s, r, n == "北岭县") for n, s, r in zip(names, scores, ranks, strict=True)]
    goals = [
        Goal(_("Signed"), Fraction(26), Fraction(15), Fraction(12)), Goal(_("Landed"), Fraction(11), Fraction(6), Fraction(5)),
        Goal(_("Started"), Fraction(14), Fraction(18), Fraction(16)), Goal(_("Completed"), Fraction(23), Fraction(8)),
    ]
    weeks = ["9-06", "9-13", "9-20", "9-27", "10-11", "10-18"]
    lines: list[Line] = [
        Line(_("Signed"), exact("4", "9", "15", "22", "26", "29")), Line(_("Started"), exact("2", "6", "14", "27", "38", "41")),
        Line(_("Completed"), [*exact("1", "3", "8", "15", "23"), None]),
    ]
    return [
        ranking_bars("ranking", _("September: scores of the counties"), bars, unit=_("Points")),
        target_bars("targets", _("September: done against target"), goals, unit=_("Projects")),
        period_lines("weeks", _("Week by week"), weeks, lines, unit=_("Projects")),
    ]
