"""Themed events beside the month's counts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shuangbi.cockpit.queries.events import events_of, reconciled, round_of
from shuangbi.cockpit.views.asking import access_of, base, season_or_404, shown_or_404
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.projects.queries import listed_events


@page(INSIDE)
def event_reconciliation_list(request: HttpRequest) -> HttpResponse:
    """The events of a round as announced, beside exact sums; and how many of their projects count in the round."""
    season = season_or_404(request)
    shown = shown_or_404(request, season, request.GET.get("round", ""))
    context = base(season, shown)
    access = access_of(request)
    try:
        context["result"] = reconciled(shown, access, events_of(shown, access))
    except Refused as problem:
        context["refusal"] = problem.message
    return render(request, "cockpit/event_reconciliation_list.html", context)


@page(INSIDE)
def event_reconciliation(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One event: each of its projects counts among the round's figures, or why not."""
    access = access_of(request)
    season = season_or_404(request)
    event = get_object_or_404(listed_events(access), id=event_id)
    shown = shown_or_404(request, season, request.GET.get("round", "") or round_of(season, event))
    context = {**base(season, shown), "event": event}
    try:
        context["result"] = reconciled(shown, access, [event], rows_of=event)
    except Refused as problem:
        context["refusal"] = problem.message
    return render(request, "cockpit/event_reconciliation.html", context)
