"""Pages of what is asked: participants, targets, owners' figures, adjustments, waivers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shuangbi.competitions import actions, asked, queries
from shuangbi.competitions.access import competitions_visible_to, may_run
from shuangbi.competitions.forms import AdjustmentForm, FigureForm, TargetForm, WaiverForm
from shuangbi.competitions.models import Competition, Round
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import INSIDE, OFFICE, page
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import Role
from shuangbi.organisations.forms import show_refusal
from shuangbi_engine.numbers import NotANumber, parse_number, parse_quantity
from shuangbi_engine.scheme import Scheme

FIGURE_GIVERS = OFFICE | {Role.INDICATOR_OWNER}


@dataclass(frozen=True)
class Opened:
    """The competition that a page is about, for the person who asked."""

    access: Access
    competition: Competition
    scheme: Scheme | None
    rounds: Sequence[Round]
    round: str

    @property
    def context(self) -> dict[str, Any]:
        return {
            "competition": self.competition, "round": self.round, "rounds": self.rounds,
            "may_run": may_run(self.access, self.competition),
        }


def _open(request: HttpRequest, slug: str) -> Opened:
    """The competition with the round that is asked for, or the newest month."""
    access = request.access  # type: ignore[attr-defined]
    competition: Competition = get_object_or_404(competitions_visible_to(access), slug=slug)
    file, rounds = queries.frozen_scheme(competition), queries.rounds_of(competition)
    wanted = request.GET.get("round", "")
    name = wanted if any(r.name == wanted for r in rounds) else asked.current_round(rounds)
    return Opened(access, competition, queries.parsed(file) if file else None, rounds, name)


@page(INSIDE)
def participant_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, by group."""
    here = _open(request, slug)
    known = asked.known_now(here.competition, "participants")
    groups = asked.groups_now(known, here.scheme, asked.units_in(known), here.round) if here.scheme else []
    return render(request, "competitions/participant_list.html", {**here.context, "groups": groups})


@page(INSIDE)
def target_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The targets of a round, unit by measure, their sums, what does not add up, and the log of revisions."""
    here = _open(request, slug)
    found = asked.target_page(here.competition, here.scheme, here.round, here.rounds, here.access) if here.scheme else None
    return render(request, "competitions/target_list.html", {**here.context, "targets": found})


@page(OFFICE, methods=["GET", "POST"])
def target_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a target or revise it."""
    def act(form: forms.Form, here: Opened) -> None:
        data = form.cleaned_data
        target = actions.NewTarget(
            unit=data["unit"], measure=data["measure"], round=data["round"], value=data.get("number"),
            subjects=data["projects"], reason=data["reason"],
        )
        actions.set_targets(competition=here.competition, targets=[target], by=here.access, key=_key(request))

    here = _open(request, slug)
    return _entered(request, here, TargetForm, act, "target_set", units=asked.participant_units(here.competition, with_owner=True))


@page(INSIDE)
def figure_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Owners' figures, adjustments and waivers of a round."""
    here = _open(request, slug)
    context = {**here.context, "may_give": bool(FIGURE_GIVERS & here.access.roles)}
    if here.scheme:
        known = asked.known_now(here.competition, "participants", "figures", "adjustments", "waivers")
        units = asked.units_in(known)
        context |= {
            "table": asked.figure_table(known, here.scheme, units, here.round),
            "adjustments": asked.adjustments_now(known, here.scheme, units, here.round),
            "waivers": asked.waivers_now(known, here.scheme, units, here.round),
        }
    return render(request, "competitions/figure_list.html", context)


@page(FIGURE_GIVERS, methods=["GET", "POST"])
def figure_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a figure that only its owner holds."""
    def act(form: forms.Form, here: Opened) -> None:
        data = form.cleaned_data
        unit = here.scheme.figures[data["figure"]].unit if here.scheme else "number"
        try:
            value = str(parse_number(data["value"]) if unit == "number" else parse_quantity(data["value"], unit))
        except NotANumber:
            raise Refused(_("{text} is no number.").format(text=data["value"]), field="value") from None
        figure = actions.NewFigure(data["unit"], data["figure"], data["round"], value, data["reason"])
        actions.set_figures(competition=here.competition, figures=[figure], by=here.access, key=_key(request))

    here = _open(request, slug)
    every = may_run(here.access, here.competition) or "" in here.access.indicators
    return _entered(request, here, FigureForm, act, "figure_set", owned=None if every else here.access.indicators)


@page(OFFICE, methods=["GET", "POST"])
def adjustment_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Give or take points by a document, or change what was given before."""
    def act(form: forms.Form, here: Opened) -> None:
        data = form.cleaned_data
        actions.set_adjustment(
            competition=here.competition, unit=data["unit"], round_name=data["round"], kind=data["kind"],
            points=data["points"], document=data["document"], by=here.access, key=_key(request),
            adjustment=UUID(data["adjustment"]) if data["adjustment"] else None,
        )

    here = _open(request, slug)
    known = asked.known_now(here.competition, "adjustments")
    given = asked.adjustments_now(known, here.scheme, asked.units_in(known)) if here.scheme else []
    return _entered(request, here, AdjustmentForm, act, "adjustment_set", given=given)


@page(OFFICE, methods=["GET", "POST"])
def waiver_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Excuse a unit from an item, or end that."""
    def act(form: forms.Form, here: Opened) -> None:
        data = form.cleaned_data
        actions.set_waiver(
            competition=here.competition, unit=data["unit"], item=data["item"], round_name=data["round"],
            reason="" if data["ends"] else data["reason"], by=here.access, key=_key(request),
        )

    return _entered(request, _open(request, slug), WaiverForm, act, "waiver_set")


def _key(request: HttpRequest) -> str:
    return request.POST.get("idempotency_key", "")


def _entered(
    request: HttpRequest, here: Opened, form_class: Any, act: Callable[[forms.Form, Opened], None], name: str, **more: Any
) -> HttpResponse:
    """One form of what is asked: shown, checked, carried out, back to its list."""
    if here.scheme is None:
        messages.error(request, _("Freeze a scheme first."))
        return redirect("competitions:competition-detail", here.competition.slug)
    more.setdefault("units", asked.participant_units(here.competition))
    form = form_class(
        request.POST or None, initial={"round": here.round}, rounds=here.rounds, scheme=here.scheme, access=here.access, **more
    )
    if request.method == "POST" and form.is_valid():
        try:
            act(form, here)
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("Entered."))
            back = "competitions:target-list" if name == "target_set" else "competitions:figure-list"
            return redirect(f"{reverse(back, args=[here.competition.slug])}?round={form.cleaned_data['round']}")
    return render(request, f"competitions/{name}.html", {**here.context, "form": form})
