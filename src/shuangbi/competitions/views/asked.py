"""Pages of what is asked: participants, targets, owners' figures, adjustments, waivers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shuangbi.competitions import actions, asked, queries
from shuangbi.competitions.access import competitions_visible_to, may_run
from shuangbi.competitions.forms import AdjustmentForm, FigureForm, TargetForm, WaiverForm
from shuangbi.competitions.models import Competition
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import INSIDE, OFFICE, page
from shuangbi.organisations.choices import Role
from shuangbi.organisations.forms import show_refusal
from shuangbi_engine.numbers import NotANumber, parse_number, parse_quantity
from shuangbi_engine.scheme import Scheme

FIGURE_GIVERS = OFFICE | {Role.INDICATOR_OWNER}


def _open(request: HttpRequest, slug: str) -> tuple[Competition, Scheme | None]:
    access = request.access  # type: ignore[attr-defined]
    competition: Competition = get_object_or_404(competitions_visible_to(access), slug=slug)
    file = queries.frozen_scheme(competition)
    return competition, queries.parsed(file) if file else None


def _fields(request: HttpRequest, competition: Competition, scheme: Scheme) -> dict[str, Any]:
    return {"competition": competition, "scheme": scheme, "units": asked.participant_units(competition)}


def _round(request: HttpRequest, competition: Competition) -> str:
    """The round that is asked for, or the newest month."""
    rounds = queries.rounds_of(competition)
    wanted = request.GET.get("round", "")
    if any(r.name == wanted for r in rounds):
        return wanted
    return asked.current_round(competition)


@page(INSIDE)
def participant_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, by group."""
    competition, scheme = _open(request, slug)
    context = {"competition": competition, "groups": asked.groups_now(asked.known_now(competition), scheme) if scheme else []}
    return render(request, "competitions/participant_list.html", context)


@page(INSIDE)
def target_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The targets of a round, unit by measure, their sums, and the log of revisions."""
    access = request.access  # type: ignore[attr-defined]
    competition, scheme = _open(request, slug)
    name = _round(request, competition)
    context = {
        "competition": competition, "round": name, "rounds": queries.rounds_of(competition),
        "table": asked.target_table(asked.known_now(competition), scheme, name) if scheme else None,
        "revisions": asked.target_revisions(competition, name, scheme), "may_run": may_run(access, competition),
    }
    return render(request, "competitions/target_list.html", context)


@page(OFFICE, methods=["GET", "POST"])
def target_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a target or revise it."""
    def act(form: forms.Form, competition: Competition) -> None:
        data = form.cleaned_data
        target = actions.NewTarget(
            unit=data["unit"], measure=data["measure"], round=data["round"], value=data["number"], reason=data["reason"]
        )
        actions.set_targets(competition=competition, targets=[target], by=request.access, key=_key(request))  # type: ignore[attr-defined]

    return _entered(request, slug, TargetForm, act, "target_set", "competitions:target-list")


@page(INSIDE)
def figure_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Owners' figures, adjustments and waivers of a round."""
    access = request.access  # type: ignore[attr-defined]
    competition, scheme = _open(request, slug)
    name = _round(request, competition)
    known = asked.known_now(competition)
    context = {
        "competition": competition, "round": name, "rounds": queries.rounds_of(competition),
        "table": asked.figure_table(known, scheme, name) if scheme else None,
        "adjustments": asked.adjustments_now(known, scheme, name) if scheme else [],
        "waivers": asked.waivers_now(known, scheme, name) if scheme else [],
        "may_run": may_run(access, competition), "may_give": bool(FIGURE_GIVERS & access.roles),
    }
    return render(request, "competitions/figure_list.html", context)


@page(FIGURE_GIVERS, methods=["GET", "POST"])
def figure_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a figure that only its owner holds."""
    access = request.access  # type: ignore[attr-defined]

    def act(form: forms.Form, competition: Competition) -> None:
        data = form.cleaned_data
        file = queries.frozen_scheme(competition)
        unit = queries.parsed(file).figures[data["figure"]].unit if file else "number"
        try:
            value = str(parse_number(data["value"]) if unit == "number" else parse_quantity(data["value"], unit))
        except NotANumber:
            raise Refused(_("{text} is no number.").format(text=data["value"]), field="value") from None
        actions.set_figure(
            competition=competition, unit=data["unit"], figure=data["figure"], round_name=data["round"], value=value,
            by=access, reason=data["reason"], key=_key(request),
        )

    owned = None if access.is_office else access.indicators
    return _entered(request, slug, FigureForm, act, "figure_set", "competitions:figure-list", owned=owned)


@page(OFFICE, methods=["GET", "POST"])
def adjustment_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Give or take points by a document."""
    def act(form: forms.Form, competition: Competition) -> None:
        data = form.cleaned_data
        actions.set_adjustment(
            competition=competition, unit=data["unit"], round_name=data["round"], kind=data["kind"],
            points=int(data["points"] * 10_000), document=data["document"], by=request.access, key=_key(request),  # type: ignore[attr-defined]
        )

    return _entered(request, slug, AdjustmentForm, act, "adjustment_set", "competitions:figure-list")


@page(OFFICE, methods=["GET", "POST"])
def waiver_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Excuse a unit from an item."""
    def act(form: forms.Form, competition: Competition) -> None:
        data = form.cleaned_data
        actions.set_waiver(
            competition=competition, unit=data["unit"], item=data["item"], round_name=data["round"],
            reason=data["reason"], by=request.access, key=_key(request),  # type: ignore[attr-defined]
        )

    return _entered(request, slug, WaiverForm, act, "waiver_set", "competitions:figure-list")


def _key(request: HttpRequest) -> str:
    return request.POST.get("idempotency_key", "")


def _entered(
    request: HttpRequest, slug: str, form_class: Any, act: Any, name: str, back: str, **more: Any
) -> HttpResponse:
    """One form of what is asked: shown, checked, carried out, back to its list."""
    competition, scheme = _open(request, slug)
    if scheme is None:
        messages.error(request, _("Freeze a scheme first."))
        return redirect("competitions:competition-detail", slug)
    form = form_class(
        request.POST or None, initial={"round": _round(request, competition)}, **_fields(request, competition, scheme), **more
    )
    if request.method == "POST" and form.is_valid():
        try:
            act(form, competition)
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("Entered."))
            return redirect(f"{back}", slug)
    return render(request, f"competitions/{name}.html", {"form": form, "competition": competition})
