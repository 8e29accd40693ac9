"""People: the list, one person, entering, one-time passwords, closing accounts."""

from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.errors import Refused
from shuangbi.foundation.listing import MOMENT, Column, Listing
from shuangbi.foundation.pages import page
from shuangbi.organisations import actions, queries
from shuangbi.organisations.choices import Role
from shuangbi.organisations.forms import PersonFilter, PersonForm, show_refusal
from shuangbi.organisations.views.marking import content

WHO_READ = frozenset({*queries.ADMINISTRATION, *queries.KNOW_THEIR_PEOPLE})
WHO_ENTER = frozenset({Role.SYSTEM_ADMIN, Role.OFFICE_LEAD})
WHO_RESET = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


def address_of(person: Any) -> str:
    """A person's page."""
    return reverse("organisations:person-detail", args=[person.id])


COLUMNS = [
    Column("name", gettext_lazy("Full name"), lambda p: p.title, sort="sort_key", link=address_of, primary=True),
    Column("username", gettext_lazy("Log-in name"), lambda p: p.username, sort="username"),
    Column("unit", gettext_lazy("Unit"), lambda p: p.unit.title if p.unit else "", sort="unit__tree_key"),
    Column("post", gettext_lazy("Post"), lambda p: p.post),
    Column("roles", gettext_lazy("Roles today"), lambda p: "、".join(g.get_role_display() for g in p.held)),
    Column("account", gettext_lazy("Account"), lambda p: _("Account open") if p.is_active else _("Account closed"), sort="is_active"),
    Column("last_login", gettext_lazy("Last log-in"), lambda p: p.last_login, sort="last_login", kind=MOMENT),
]


@page(WHO_READ)
def person_list(request: HttpRequest) -> HttpResponse:
    """The people one answers for: all for the three administrators, one's own for office and unit leads."""
    access = request.access  # type: ignore[attr-defined]
    listing = Listing(
        request, queries.people_visible_to(access), title=_("People"), columns=COLUMNS, default_sort="username",
        filterset=PersonFilter, search_fields=("name", "name_en", "username", "sort_key"),
        row_class=lambda person: "" if person.is_active else "quiet",
    )
    return listing.respond("organisations/person_list.html", {"may_enter": bool(WHO_ENTER & access.roles)})


@page(WHO_READ)
def person_detail(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: account, roles over time, and for those who may, what to do about the account."""
    access = request.access  # type: ignore[attr-defined]
    person = get_object_or_404(queries.people_visible_to(access), id=person_id)
    context = {
        "other": person,
        "facts": [
            (_("Full name"), content(person.name)), (_("English name"), content(person.name_en)),
            (_("Log-in name"), content(person.username)), (_("Unit"), content(person.unit or "")), (_("Post"), content(person.post)),
            (_("Account"), _("Account open") if person.is_active else _("Account closed")),
            (_("Password"), _("One-time, not yet changed") if person.must_change_password else _("Set by the person")),
        ],
        "grants": queries.grants_visible_to(access).filter(person=person).order_by("-starts_on", "role", "id"),
        "may_reset": actions.may_reset(by=access, person=person),
        "may_give": access.has(Role.SECURITY_ADMIN) and person != access.person,
    }
    return render(request, "organisations/person_detail.html", context)


@page(WHO_ENTER, methods=["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Enter one person. The one-time password is shown once, in the answer to this form, and kept nowhere."""
    access = request.access  # type: ignore[attr-defined]
    form = PersonForm(request.POST or None, access=access)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("idempotency_key", "")
        try:
            made, once = actions.make_person(
                **form.cleaned_data, by=access.person, person_id=uuid5(NAMESPACE_OID, f"{access.person.id} {key}") if key else None
            )
        except Refused as problem:
            show_refusal(form, problem)
        else:
            context |= {"made": made, "once": once}
    return render(request, "organisations/person_new.html", context)


@page(WHO_RESET, methods=["GET", "POST"])
def person_reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a new one-time password, shown once."""
    access = request.access  # type: ignore[attr-defined]
    person = get_object_or_404(queries.people_visible_to(access), id=person_id)
    context: dict[str, Any] = {"other": person, "crumb": content(person), "may_reset": actions.may_reset(by=access, person=person)}
    status = 200
    if request.method == "POST":
        try:
            context["once"] = actions.reset_password(person=person, by=access.person)
        except Refused as problem:
            context["refused"] = problem.message
            status = 403
    return render(request, "organisations/person_reset.html", context, status=status)


@page(WHO_RESET, methods=["POST"])
def person_close(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Shut an account."""
    return _set_account(request, person_id, actions.close_person, _("The account is closed."))


@page(WHO_RESET, methods=["POST"])
def person_open(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open an account again."""
    return _set_account(request, person_id, actions.open_person, _("The account is open again."))


def _set_account(request: HttpRequest, person_id: UUID, act: Any, done: str) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    person = get_object_or_404(queries.people_visible_to(access), id=person_id)
    try:
        act(person=person, by=access.person)
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, done)
    return redirect("organisations:person-detail", person.id)
