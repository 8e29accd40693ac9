"""Units: the tree, one unit, entering and ending."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.formats import day_text
from shuangbi.foundation.listing import DAY, Column, Listing
from shuangbi.foundation.pages import PERSON, page
from shuangbi.organisations import actions, queries
from shuangbi.organisations.choices import Role
from shuangbi.organisations.forms import MergeForm, UnitFilter, UnitForm, show_refusal
from shuangbi.organisations.views.marking import content


def address_of(unit: Any) -> str:
    """A unit's page."""
    return reverse("organisations:unit-detail", args=[unit.id])


COLUMNS = [
    Column("name", gettext_lazy("Name"), lambda u: u.name, sort="tree_key", primary=True, template="organisations/parts/unit_cell.html"),
    Column("short_name", gettext_lazy("Short name"), lambda u: u.title, sort="sort_key"),
    Column("kind", gettext_lazy("Kind"), lambda u: u.get_kind_display(), sort="kind"),
    Column("code", gettext_lazy("Code"), lambda u: u.code, sort="code"),
    Column("parent", gettext_lazy("Belongs to"), lambda u: u.parent.title if u.parent else ""),
    Column("starts_on", gettext_lazy("First day"), lambda u: u.starts_on, sort="starts_on", kind=DAY),
    Column("ends_on", gettext_lazy("Last day"), lambda u: u.ends_on, sort="ends_on", kind=DAY),
    Column("successor", gettext_lazy("Goes on as"), lambda u: u.successor.title if u.successor else ""),
]


@page(PERSON)
def unit_list(request: HttpRequest) -> HttpResponse:
    """The tree of units, with those that have ended."""
    access = request.access  # type: ignore[attr-defined]
    listing = Listing(
        request, queries.units_visible_to(access).select_related("parent", "successor"), title=_("Units"),
        columns=COLUMNS, default_sort="name", filterset=UnitFilter, wide=True,
        search_fields=("name", "short_name", "name_en", "code", "sort_key"),
        row_class=lambda unit: "" if unit.stands_on(clock.today()) else "quiet",
        empty_hint=_("You hold no role yet. The security administrator gives roles."),
    )
    return listing.respond("organisations/unit_list.html", {"may_enter": access.has(Role.OFFICE_LEAD)})


@page(PERSON)
def unit_detail(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """One unit: what it is, what lies below it, what went before, who works there."""
    access = request.access  # type: ignore[attr-defined]
    unit = get_object_or_404(queries.units_visible_to(access).select_related("parent", "successor"), id=unit_id)
    units = queries.units_visible_to(access)
    context = {
        "unit": unit,
        "facts": [
            (_("Name"), content(unit.name)), (_("Short name"), content(unit.short_name)),
            (_("English name"), content(unit.name_en)), (_("Kind"), unit.get_kind_display()),
            (_("Code"), content(unit.code)), (_("Belongs to"), content(unit.parent or "")),
            (_("First day"), day_text(unit.starts_on)), (_("Last day"), day_text(unit.ends_on) if unit.ends_on else ""),
            (_("Goes on as"), content(unit.successor or "")),
        ],
        "below": units.filter(parent=unit),
        "before": units.filter(successor=unit),
        "people": queries.people_visible_to(access).filter(unit=unit),
        "may_end": access.has(Role.OFFICE_LEAD) and unit.ends_on is None,
    }
    return render(request, "organisations/unit_detail.html", context)


@page({Role.OFFICE_LEAD}, methods=["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """Enter one unit; many at once come by import."""
    access = request.access  # type: ignore[attr-defined]
    form = UnitForm(request.POST or None, access=access)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = actions.NewUnit(
            code=data["code"], name=data["name"], short_name=data["short_name"], name_en=data["name_en"],
            kind=data["kind"], parent_code=data["parent"].code, starts_on=data["starts_on"], position=data["position"] or 0,
        )
        try:
            ids = actions.make_units(units=[unit], by=access.person.id, key=request.POST.get("idempotency_key", ""))
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The unit is entered."))
            return redirect("organisations:unit-detail", ids[0])
    return render(request, "organisations/unit_new.html", {"form": form})


@page({Role.OFFICE_LEAD}, methods=["GET", "POST"])
def unit_merge(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """End a unit, and say which one goes on in its place."""
    access = request.access  # type: ignore[attr-defined]
    unit = get_object_or_404(queries.units_visible_to(access).filter(id__in=access.units_as({Role.OFFICE_LEAD})), id=unit_id)
    form = MergeForm(request.POST or None, access=access, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge_unit(
                unit=unit, ends_on=form.cleaned_data["ends_on"], successor=form.cleaned_data["successor"],
                by=access.person.id, key=request.POST.get("idempotency_key", ""),
            )
        except Refused as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, _("The end of the unit is entered."))
            return redirect("organisations:unit-detail", unit.id)
    return render(request, "organisations/unit_merge.html", {"form": form, "unit": unit, "crumb": content(unit)})
