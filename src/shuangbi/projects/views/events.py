"""Themed events: what was announced beside what the list sums to."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.listing import DAY, MONEY, NUMBER, Column, Listing
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.projects import access as may
from shuangbi.projects import actions, queries
from shuangbi.projects.choices import YI, Money
from shuangbi.projects.forms.events import EventForm, EventProjectForm
from shuangbi.projects.forms.filters import EventFilter
from shuangbi.projects.forms.registry import ReasonForm
from shuangbi.projects.models import Event
from shuangbi.projects.views.asking import LEADS, access_of, allow, attempt, key_of, sent
from shuangbi_engine.numbers import short_text


def address_of(event: Any) -> str:
    """An event's page."""
    return reverse("projects:event-detail", args=[event.id])


COLUMNS = [
    Column("held_on", gettext_lazy("Held on"), lambda e: e.held_on, sort="held_on", kind=DAY),
    Column("title", gettext_lazy("Title"), lambda e: e.name, sort="title", link=address_of, primary=True, wide=True),
    Column("kind", gettext_lazy("Kind"), lambda e: e.get_kind_display(), sort="kind"),
    Column("unit", gettext_lazy("Host"), lambda e: e.unit.title, sort="unit__sort_key"),
    Column("money", gettext_lazy("Which money"), lambda e: e.get_money_display()),
    Column("announced_count", gettext_lazy("Announced projects"), lambda e: e.announced_count, sort="announced_count", kind=NUMBER),
    Column("qualifier", gettext_lazy("Said as"), lambda e: e.get_qualifier_display() if e.announced_amount is not None else ""),
    Column("announced_amount", gettext_lazy("Announced amount"), lambda e: e.announced_amount, sort="announced_amount", kind=MONEY, unit="亿元"),
    Column("listed_count", gettext_lazy("Projects on the list"), lambda e: e.listed_count, sort="listed_count", kind=NUMBER),
    Column("listed_amount", gettext_lazy("Sum of the list"), lambda e: e.listed_amount, sort="listed_amount", kind=MONEY, unit="亿元"),
]


@page(INSIDE)
def event_list(request: HttpRequest) -> HttpResponse:
    """All themed events, the newest first."""
    access = access_of(request)
    listing = Listing(
        request, queries.listed_events(access), title=_("Events"), columns=COLUMNS, default_sort="-held_on",
        filterset=EventFilter, search_fields=("title", "title_en", "place"), wide=True,
        empty_hint=_("Joint signings, starts and completions stand here with their lists."),
    )
    return listing.respond("projects/event_list.html", {"may_enter": bool(LEADS & access.roles)})


def _event(request: HttpRequest, event_id: UUID) -> Event:
    return get_object_or_404(queries.events_visible_to(access_of(request)).select_related("unit"), id=event_id)


def _exactly(fen: int) -> str:
    """亿元 with every decimal there is, none of them rounded away."""
    return short_text(Fraction(fen, YI), 10)


@page(INSIDE)
def event_detail(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One event: announced and exact, cut by tag, industry and unit, and the projects of one's scope."""
    access = access_of(request)
    event = _event(request, event_id)
    totals = queries.event_totals(event)
    rows = list(queries.projects_of_event(event, access))
    context = {
        "event": event,
        "totals": totals,
        "listed_amount": totals.moneys[event.money],
        "exact": _exactly(totals.moneys[event.money]),
        "holds": queries.announcement_holds(event, totals),
        "moneys": [(money.label, _exactly(totals.moneys[money.value])) for money in Money if money != Money.YEAR_PLAN],
        "rows": [(row, getattr(row.project, event.money)) for row in rows],
        "elsewhere": totals.count - len(rows),
        "may_change": may.may_hold_event(access, event.unit_id),
        "form": EventProjectForm(access=access),
    }
    return render(request, "projects/event_detail.html", context)


@page(LEADS, methods=["GET", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Enter an event as announced, with its list."""
    access = access_of(request)
    form = EventForm(request.POST or None, access=access)
    if sent(request, form):
        done, event_id = attempt(form, lambda: actions.hold_event(
            new=form.new(), projects=form.cleaned_data["projects"], by=access, key=key_of(request)
        ))
        if done:
            messages.success(request, _("The event is entered."))
            return redirect("projects:event-detail", event_id)
    return render(request, "projects/event_new.html", {"form": form})


@page(LEADS, methods=["GET", "POST"])
def event_edit(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Correct what was said of an event; the list has its own buttons."""
    access = access_of(request)
    event = _event(request, event_id)
    allow(may.may_hold_event(access, event.unit_id))
    form = EventForm(request.POST or None, access=access, event=event)
    if sent(request, form):
        done, _id = attempt(
            form, lambda: actions.hold_event(new=form.new(), event=event, by=access, key=key_of(request))
        )
        if done:
            messages.success(request, _("The change is entered."))
            return redirect(address_of(event))
    return render(request, "projects/event_edit.html", {"form": form, "event": event})


@page(LEADS, methods=["GET", "POST"])
def event_project_add(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Put a project on an event's list."""
    access = access_of(request)
    event = _event(request, event_id)
    allow(may.may_hold_event(access, event.unit_id))
    form = EventProjectForm(request.POST or None, access=access)
    if sent(request, form):
        project = get_object_or_404(queries.projects_visible_to(access), id=form.cleaned_data["project"])
        done, _fact = attempt(
            form, lambda: actions.add_to_event(event=event, project=project, by=access, key=key_of(request))
        )
        if done:
            messages.success(request, _("The project stands on the list."))
            return redirect(address_of(event))
    return render(request, "projects/event_project_add.html", {"form": form, "event": event})


@page(LEADS, methods=["GET", "POST"])
def event_project_remove(request: HttpRequest, event_id: UUID, project_id: UUID) -> HttpResponse:
    """Take a project off an event's list, with a reason."""
    access = access_of(request)
    event = _event(request, event_id)
    allow(may.may_hold_event(access, event.unit_id))
    listed = queries.projects_visible_to(access).filter(event_entries__event=event).distinct()
    project = get_object_or_404(listed, id=project_id)
    form = ReasonForm(request.POST or None)
    if sent(request, form):
        done, _fact = attempt(form, lambda: actions.remove_from_event(
            event=event, project=project, by=access, key=key_of(request), **form.cleaned_data
        ))
        if done:
            messages.success(request, _("The project is off the list."))
            return redirect(address_of(event))
    return render(request, "projects/event_project_remove.html", {"form": form, "event": event, "project": project})
