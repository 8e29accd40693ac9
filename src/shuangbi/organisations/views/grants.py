"""Grants of roles: who could do what on which day; giving and ending."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.errors import Refused
from shuangbi.foundation.listing import DAY, MOMENT, Column, Listing
from shuangbi.foundation.pages import page
from shuangbi.organisations import actions, queries
from shuangbi.organisations.choices import Role
from shuangbi.organisations.forms import EndForm, GrantFilter, GrantForm, show_refusal
from shuangbi.organisations.views.people import WHO_READ

COLUMNS = [
    Column("person", gettext_lazy("Person"), lambda g: g.person.title, sort="person__sort_key", primary=True,
           link=lambda g: reverse("organisations:person-detail", args=[g.person_id])),
    Column("role", gettext_lazy("Role"), lambda g: g.get_role_display(), sort="role"),
    Column("unit", gettext_lazy("For the unit"), lambda g: g.unit.title if g.unit else "", sort="unit__tree_key"),
    Column("indicator", gettext_lazy("Indicator"), lambda g: g.indicator, sort="indicator"),
    Column("starts_on", gettext_lazy("First day"), lambda g: g.starts_on, sort="starts_on", kind=DAY),
    Column("ends_on", gettext_lazy("Last day"), lambda g: _("never in force") if g.never_held else g.ends_on, sort="ends_on",
           template="organisations/parts/until_cell.html"),
    Column("given_at", gettext_lazy("Given at"), lambda g: g.given_at, sort="given_at", kind=MOMENT),
    Column("given_by", gettext_lazy("Given by"), lambda g: g.given_by.title if g.given_by else ""),
    Column("ended_by", gettext_lazy("Ended by"), lambda g: g.ended_by.title if g.ended_by else ""),
]
END = Column("end", "", lambda g: "" if g.ends_on else reverse("organisations:grant-end", args=[g.id]), exported=lambda g: "",
             template="organisations/parts/end_cell.html")


@page(WHO_READ)
def grant_list(request: HttpRequest) -> HttpResponse:
    """Who holds, or on a day held, which role for which unit."""
    access = request.access  # type: ignore[attr-defined]
    may_give = access.has(Role.SECURITY_ADMIN)
    listing = Listing(
        request, queries.grants_visible_to(access), title=_("Roles"), columns=[*COLUMNS, END] if may_give else COLUMNS,
        default_sort="person", filterset=GrantFilter, search_fields=("person__name", "person__username", "person__sort_key"),
        row_class=lambda grant: "quiet" if grant.ends_on else "", wide=True,
    )
    return listing.respond("organisations/grant_list.html", {"may_give": may_give})


@page({Role.SECURITY_ADMIN}, methods=["GET", "POST"])
def grant_give(request: HttpRequest) -> HttpResponse:
    """Give a role to somebody else."""
    access = request.access  # type: ignore[attr-defined]
    form = GrantForm(request.POST or None, access=access, initial={"person": request.GET.get("person", "")})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        try:
            actions.give_grant(**data, by=access.person, key=request.POST.get("idempotency_key", ""))
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The role is given."))
            return redirect("organisations:person-detail", data["person"].id)
    return render(request, "organisations/grant_give.html", {"form": form})


@page({Role.SECURITY_ADMIN}, methods=["GET", "POST"])
def grant_end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """End a role of somebody else."""
    access = request.access  # type: ignore[attr-defined]
    grant = get_object_or_404(queries.grants_visible_to(access), id=grant_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_grant(
                grant=grant, by=access.person, ends_on=form.cleaned_data["ends_on"],
                key=request.POST.get("idempotency_key", ""),
            )
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The role is ended."))
            return redirect("organisations:person-detail", grant.person_id)
    return render(request, "organisations/grant_end.html", {"form": form, "grant": grant})
