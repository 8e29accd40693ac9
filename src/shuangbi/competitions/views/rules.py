"""Pages of the rules: competitions, their scheme files and rounds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shuangbi.competitions import actions, queries
from shuangbi.competitions.access import competitions_visible_to, may_run
from shuangbi.competitions.forms import CompetitionForm, ReasonForm, RoundForm, SchemeForm
from shuangbi.competitions.models import Competition
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.formats import day_text
from shuangbi.foundation.listing import DAY, Column, Listing
from shuangbi.foundation.pages import INSIDE, OFFICE, page
from shuangbi.organisations.forms import show_refusal
from shuangbi_engine.scheme_errors import SchemeError, SchemeRefused
from shuangbi_engine.scheme_file import read_scheme
from shuangbi_engine.scheme_text import explain_scheme

COLUMNS = [
    Column("name", gettext_lazy("Competition"), lambda c: c.title, sort="name", primary=True, link=lambda c: f"/competitions/{c.slug}/"),
    Column("owner", gettext_lazy("Unit"), lambda c: c.owner.title, sort="owner__position"),
    Column("office", gettext_lazy("Office"), lambda c: c.office, sort="office"),
    Column("basis", gettext_lazy("Document it rests on"), lambda c: c.basis, sort="basis"),
    Column("starts_on", gettext_lazy("First day"), lambda c: c.starts_on, sort="starts_on", kind=DAY),
    Column("ends_on", gettext_lazy("Last day"), lambda c: c.ends_on, sort="ends_on", kind=DAY),
]


def _competition(request: HttpRequest, slug: str) -> Competition:
    return get_object_or_404(competitions_visible_to(request.access), slug=slug)  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str:
    return request.POST.get("idempotency_key", "")


@page(INSIDE)
def competition_list(request: HttpRequest) -> HttpResponse:
    """The competitions of one's own units and of those above."""
    access = request.access  # type: ignore[attr-defined]
    listing = Listing(
        request, competitions_visible_to(access), title=_("Competitions"), columns=COLUMNS, default_sort="-starts_on",
        search_fields=("name", "name_en", "basis"),
    )
    return listing.respond("competitions/competition_list.html", {"may_open": access.is_office})


@page(OFFICE, methods=["GET", "POST"])
def competition_new(request: HttpRequest) -> HttpResponse:
    """Open a competition; a county's office may open its own for its towns."""
    access = request.access  # type: ignore[attr-defined]
    form = CompetitionForm(request.POST or None, access=access)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_competition(new=actions.NewCompetition(**form.cleaned_data), by=access, key=_key(request))
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The competition is open. Upload its scheme next."))
            return redirect("competitions:competition-detail", made.slug)
    return render(request, "competitions/competition_new.html", {"form": form})


@page(INSIDE)
def competition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a competition rests on: scheme, rounds, and the ways to what is asked."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    return render(request, "competitions/competition_detail.html", {
        "competition": competition,
        "facts": [
            (_("Unit"), competition.owner.title), (_("Office"), competition.office),
            (_("Document it rests on"), competition.basis),
            (_("From – until"), f"{day_text(competition.starts_on)} – {day_text(competition.ends_on)}"),
        ],
        "files": queries.scheme_files(competition, drafts=may_run(access, competition)),
        "rounds": queries.rounds_of(competition),
        "may_run": may_run(access, competition),
        "in_force": queries.frozen_scheme(competition),
    })


@page(OFFICE, methods=["GET", "POST"])
def scheme_upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload a scheme file; every error is named with its line and remedy, and nothing is kept then."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    form = SchemeForm(request.POST or None, request.FILES or None)
    findings: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            file = actions.upload_scheme(
                competition=competition, text=form.cleaned_data["file"], by=access, key=_key(request)
            )
        except SchemeRefused as refusal:
            findings = _findings(refusal.errors)
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The scheme can be used. Read it back, and have a second person freeze it."))
            return redirect("competitions:scheme-detail", slug, file.id)
    context = {"form": form, "competition": competition, "findings": findings}
    return render(request, "competitions/scheme_upload.html", context, status=422 if findings else 200)


def _findings(errors: list[SchemeError]) -> list[dict[str, Any]]:
    tongue = "en" if (get_language() or "").startswith("en") else "zh"
    return [
        {"line": e.line, "path": e.path, "reason": e.reason(tongue), "remedy": e.remedy(tongue), "level": e.level}
        for e in errors
    ]


@page(INSIDE)
def scheme_detail(request: HttpRequest, slug: str, file_id: UUID) -> HttpResponse:
    """A scheme read back in sentences, with its warnings and its text."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    file = get_object_or_404(queries.scheme_files(competition, drafts=may_run(access, competition)), id=file_id)
    tongue: Any = "en" if (get_language() or "").startswith("en") else "zh"
    return render(request, "competitions/scheme_detail.html", {
        "competition": competition, "file": file, "sentences": explain_scheme(queries.parsed(file), tongue),
        "warnings": _findings(read_scheme(file.text)[1]),
        "may_freeze": may_run(access, competition) and file.frozen_seq is None and file.uploaded_by_id != access.person.id,
        "own_upload": file.frozen_seq is None and file.uploaded_by_id == access.person.id,
    })


@page(OFFICE, methods=["POST"])
def scheme_freeze(request: HttpRequest, slug: str, file_id: UUID) -> HttpResponse:
    """Freeze a scheme, as another person than the one who uploaded it."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    file = get_object_or_404(queries.scheme_files(competition, drafts=may_run(access, competition)), id=file_id)
    try:
        actions.freeze_scheme(file=file, by=access, key=_key(request))
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("The scheme is frozen and in force."))
    return redirect("competitions:scheme-detail", slug, file_id)


@page(OFFICE, methods=["GET", "POST"])
def round_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a round with free dates."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    form = RoundForm(request.POST or None, competition=competition)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_round(
                competition=competition, new=actions.NewRound(**form.cleaned_data), by=access, key=_key(request)
            )
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The round is open."))
            return redirect("competitions:competition-detail", slug)
    return render(request, "competitions/round_open.html", {"form": form, "competition": competition})


@page(OFFICE, methods=["POST"])
def round_close(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Mark a round as finished."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    row = get_object_or_404(queries.round_rows(competition), name=name)
    try:
        actions.close_round(round_=row, by=access, key=_key(request))
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("The round is closed."))
    return redirect("competitions:competition-detail", slug)


@page(OFFICE, methods=["GET", "POST"])
def round_reopen(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Open a closed round again, for a reason that is kept."""
    access = request.access  # type: ignore[attr-defined]
    competition = _competition(request, slug)
    row = get_object_or_404(queries.round_rows(competition), name=name)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_round(round_=row, by=access, reason=form.cleaned_data["reason"], key=_key(request))
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The round is open again."))
            return redirect("competitions:competition-detail", slug)
    return render(request, "competitions/round_reopen.html", {"form": form, "competition": competition, "round": row})
