"""The security auditor's lists: every fact, and every act at the door. Read only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.listing import DAY, MOMENT, NUMBER, Column, Listing
from shuangbi.foundation.pages import page
from shuangbi.organisations import queries
from shuangbi.organisations.choices import Role
from shuangbi.organisations.forms import FactFilter, SecurityRecordFilter

FACT_COLUMNS = [
    Column("seq", gettext_lazy("Fact number"), lambda f: f.seq, sort="seq", kind=NUMBER),
    Column("recorded_at", gettext_lazy("Recorded at"), lambda f: f.recorded_at, sort="recorded_at,seq", kind=MOMENT),
    Column("actor", gettext_lazy("Recorded by"), lambda f: f.actor_name or _("the site itself"), primary=True),
    Column("kind", gettext_lazy("Kind of fact"), lambda f: _(f.kind), sort="kind", exported=lambda f: f.kind),
    Column("unit", gettext_lazy("Unit"), lambda f: f.unit_name),
    Column("effective_on", gettext_lazy("True since"), lambda f: f.effective_on, sort="effective_on", kind=DAY),
    Column("subject", gettext_lazy("Subject"), lambda f: str(f.subject)[:8], exported=lambda f: str(f.subject)),
    Column("hash", gettext_lazy("Hash"), lambda f: f.hash[:12], exported=lambda f: f.hash),
]


def who_did(record: Any) -> str:
    """Who did it: a person, the site itself, or somebody whose name is not known."""
    if record.person:
        return str(record.person.title)
    return _("the site itself") if record.succeeded else _("unknown")


RECORD_COLUMNS = [
    Column("at", gettext_lazy("Time"), lambda r: r.at, sort="at", kind=MOMENT),
    Column("person", gettext_lazy("Person"), who_did, sort="person__username", primary=True),
    Column("act", gettext_lazy("Act"), lambda r: r.get_act_display(), sort="act"),
    Column("succeeded", gettext_lazy("Succeeded"), lambda r: _("yes") if r.succeeded else _("no"), sort="succeeded"),
    Column("about", gettext_lazy("Account of"), lambda r: r.about.title if r.about else ""),
    Column("address", gettext_lazy("Address"), lambda r: r.address, sort="address"),
]


@page({Role.SECURITY_AUDITOR})
def audit_list(request: HttpRequest) -> HttpResponse:
    """All facts in the order in which they were recorded, newest first."""
    access = request.access  # type: ignore[attr-defined]
    listing = Listing(
        request, queries.facts_for_audit(access), title=_("Ledger"), columns=FACT_COLUMNS, default_sort="-seq",
        filterset=FactFilter, wide=True,
    )
    return listing.respond("organisations/audit_list.html")


@page({Role.SECURITY_AUDITOR})
def security_record_list(request: HttpRequest) -> HttpResponse:
    """Log-ins, failures, passwords and accounts, newest first."""
    access = request.access  # type: ignore[attr-defined]
    listing = Listing(
        request, queries.security_records_visible_to(access), title=_("Log-ins and accounts"), columns=RECORD_COLUMNS,
        default_sort="-at", filterset=SecurityRecordFilter, search_fields=("person__name", "person__username", "about__name"),
    )
    return listing.respond("organisations/security_record_list.html")
