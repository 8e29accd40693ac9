"""All claims a person may see, and those that wait for them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shuangbi.claims import actions
from shuangbi.claims.access import may_report_somewhere
from shuangbi.claims.choices import REPORTERS, REVIEWERS, State
from shuangbi.claims.forms import DECISIONS, ClaimFilter
from shuangbi.claims.models import Claim
from shuangbi.claims.queries import claims_visible_to, claims_waiting_for, with_paper_counts
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.listing import AREA, DAY, MONEY, NUMBER, Column, Listing
from shuangbi.foundation.pages import INSIDE, page

# How a state is drawn: a sign and a word.
SIGNS = {
    State.REPORTED: "waiting", State.RETURNED: "active", State.CHECKED: "active", State.RECOGNISED: "done",
    State.REFUSED: "stopped", State.WITHDRAWN: "stopped",
}


def _amount(claim: Claim, unit: str) -> int | None:
    return claim.amount if claim.rule.amount == unit else None


COLUMNS = [
    Column(
        "subject", gettext_lazy("Project or matter"), lambda c: c.subject, sort="project__sort_key,title", primary=True,
        wide=True, link=lambda c: c.get_absolute_url(),
    ),
    Column("kind", gettext_lazy("Claim"), lambda c: c.get_kind_display(), sort="kind"),
    Column("unit", gettext_lazy("Unit"), lambda c: c.unit.title, sort="unit__position,unit__code"),
    Column("effective_on", gettext_lazy("Done on"), lambda c: c.effective_on, sort="effective_on", kind=DAY),
    Column("amount", gettext_lazy("Amount"), lambda c: _amount(c, "fen"), sort="amount", kind=MONEY, unit="万元"),
    Column("area", gettext_lazy("Area"), lambda c: _amount(c, "square_metres"), kind=AREA, unit="亩"),
    Column("papers", gettext_lazy("Evidence"), lambda c: c.papers, sort="papers", kind=NUMBER),
    Column(
        "state", gettext_lazy("State"), lambda c: c.get_state_display(), sort="state",
        template="claims/parts/state_cell.html",
    ),
]
PICK = Column("pick", gettext_lazy("Choose"), lambda c: c.id, template="claims/parts/pick_cell.html")
WAITING = Column(
    "waiting", gettext_lazy("Waits for"),
    lambda c: c.waiting_for.title if c.waiting_for else _("the unit's correction"),
)
SEARCHED = ("project__search_key", "title", "unit__name", "unit__short_name")


def _listing(request: HttpRequest, claims: QuerySet[Claim], columns: list[Column], **more: Any) -> Listing:
    return Listing(
        request, with_paper_counts(claims), columns=columns, filterset=ClaimFilter, search_fields=SEARCHED, **more
    )


@page(INSIDE)
def claim_list(request: HttpRequest) -> HttpResponse:
    """Every claim in scope, by kind, state, level, unit and period; exported as shown."""
    access = request.access  # type: ignore[attr-defined]
    listing = _listing(
        request, claims_visible_to(access), COLUMNS, title=_("Claims"), default_sort="-effective_on",
        empty_hint=_("Claims appear here once a unit of yours, or one below it, has reported."),
    )
    works = bool(access.roles & (REPORTERS | REVIEWERS))
    return listing.respond("claims/claim_list.html", {
        "may_report": may_report_somewhere(access),
        "shows_queue": works,
        "waiting": claims_waiting_for(access).count() if works else 0,
        "level": request.GET.get("level", ""),
    })


@page(REPORTERS | REVIEWERS, methods=["GET", "POST"])
def claim_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person, oldest first; many decided at once, each answered for itself."""
    access = request.access  # type: ignore[attr-defined]
    outcomes: list[tuple[Claim | None, actions.Outcome]] = []
    if request.method == "POST":
        outcomes = _decide(request)
    listing = _listing(
        request, claims_waiting_for(access), [PICK, *COLUMNS[:-1], WAITING], title=_("Waiting for me"),
        default_sort="effective_on", empty_hint=_("Nothing waits for you now."),
    )
    return listing.respond("claims/claim_queue.html", {
        "outcomes": outcomes,
        "reviews": bool(access.roles & REVIEWERS),
        "decisions": [(name, DECISIONS[name]) for name in ("check", "recognise", "return", "refuse")],
    })


def _decide(request: HttpRequest) -> list[tuple[Claim | None, actions.Outcome]]:
    """Carry out a batch; the claims that were not decided, with why not."""
    access = request.access  # type: ignore[attr-defined]
    chosen = _ids(request.POST.getlist("claim"))
    if not chosen:
        messages.warning(request, _("Choose the claims first."))
        return []
    try:
        found = actions.review_many(
            claims=chosen, decision=request.POST.get("decision", ""), by=access,
            reason=request.POST.get("reason", ""), key=request.POST.get("idempotency_key", ""),
        )
    except Refused as problem:
        messages.error(request, problem.message)
        return []
    done = sum(outcome.done for outcome in found)
    if done:
        messages.success(request, ngettext("%(done)d claim is decided.", "%(done)d claims are decided.", done) % {"done": done})
    left = [outcome for outcome in found if not outcome.done]
    claims = claims_visible_to(access).in_bulk([outcome.claim for outcome in left])
    return [(claims.get(outcome.claim), outcome) for outcome in left]


def _ids(texts: list[str]) -> list[UUID]:
    """The ids among what was sent; anything else is no claim."""
    found = []
    for text in texts[:500]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
