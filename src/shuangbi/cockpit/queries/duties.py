"""What a person must do now, by when: counts of what waits, each with the list that owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuangbi.bulletins.access import issues_visible_to
from shuangbi.bulletins.choices import IssueState
from shuangbi.claims.choices import REVIEWERS, Kind, State
from shuangbi.claims.queries import claims_visible_to, claims_waiting_for
from shuangbi.cockpit.queries.shown import Season
from shuangbi.competitions.choices import SCORED, RoundState
from shuangbi.foundation import clock
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE, Act, Role
from shuangbi.organisations.models import Person
from shuangbi.organisations.queries import grants_visible_to, security_records_visible_to
from shuangbi.projects.models import Milestone
from shuangbi.projects.queries import projects_visible_to

SOON = timedelta(days=30)
WEEK = timedelta(days=7)
UNIT = frozenset({Role.REPORTER, Role.UNIT_LEAD})


@dataclass(frozen=True)
class Duty:
    """Something that waits: how much, until when, where. `state` as the sign is drawn: waiting, overdue, active, neutral."""

    title: str
    count: int
    url: str = ""
    note: str = ""
    due: date | None = None
    state: str = "waiting"


def duties_of(access: Access, season: Season | None) -> list[Duty]:
    """Everything that waits for this person, the overdue first; nothing with a count of zero."""
    found: list[Duty] = []
    if access.roles & (REVIEWERS | UNIT):
        found += _claims(access, season)
    if access.roles & UNIT:
        found += _milestones(access)
    if access.roles & OFFICE and season is not None:
        found += [*_rounds(season), *_drafts(access)]
    if Role.INSPECTOR in access.roles:
        found += _to_check_on_site(access)
    if Role.SUPERVISORY_READER in access.roles:
        found += _refused(access)
    for role, of in ADMINISTRATORS.items():
        if role in access.roles:
            found += of(access)
    return sorted((one for one in found if one.count), key=lambda one: (one.state != "overdue", one.due or date.max))


def address(name: str, query: str = "", *args: Any) -> str:
    """The address of a list; empty where the room has no such page."""
    try:
        return reverse(name, args=args) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""


def _claims(access: Access, season: Season | None) -> list[Duty]:
    """What waits in the queue: by state for the unit, by kind for those who review. One query."""
    due = reports_due(season)
    rows = claims_waiting_for(access).order_by().values_list("state", "kind").annotate(n=Count("id"))
    returned, reviewed = 0, {}
    for state, kind, count in rows:
        if state == State.RETURNED:
            returned += count
        else:
            reviewed[state, kind] = count
    found = [Duty(
        _("Claims returned to the unit: correct or withdraw"), returned, address("claims:claim-queue", "state=returned"),
        due=due, state="overdue" if due and due < clock.today() else "waiting",
    )]
    verbs = {State.REPORTED: _("To check: {kind}"), State.CHECKED: _("To recognise: {kind}")}
    if access.roles & UNIT and not access.roles & (OFFICE | {Role.INDICATOR_OWNER}):
        verbs[State.REPORTED] = _("To confirm for the unit: {kind}")
    for (state, kind), count in sorted(reviewed.items()):
        title = verbs[State(state)].format(kind=Kind(kind).label)
        found.append(Duty(title, count, address("claims:claim-queue", f"kind={kind}&state={state}"), due=due))
    return found


def reports_due(season: Season | None) -> date | None:
    """Until when reports of the running month may come: its cut-off, else its last day."""
    if season is None:
        return None
    running = [one for one in season.months() if one.state == RoundState.OPEN]
    return (running[-1].cutoff_on or running[-1].ends_on) if running else None


def _milestones(access: Access) -> list[Duty]:
    opened = Milestone.objects.filter(project__in=projects_visible_to(access), actual_on__isnull=True)
    late = opened.filter(planned_on__lt=clock.today()).aggregate(
        projects=Count("project", distinct=True), first=Min("planned_on")
    )
    return [Duty(
        _("Projects with an overdue milestone"), late["projects"], address("projects:project-list", "light=overdue"),
        due=late["first"], state="overdue", note=_("enter the day it was reached, or move the forecast with a reason"),
    )]


def _rounds(season: Season) -> list[Duty]:
    today = clock.today()
    ended = [one for one in season.rounds if one.ends_on < today]
    to_close = [one for one in ended if one.state == RoundState.OPEN]
    months = [one for one in ended if one.kind in SCORED and season.standing(one.name) is None]
    where = address("competitions:competition-detail", "", season.competition.slug) or address("competitions:competition-list")
    return [
        Duty(
            _("Rounds that have ended and are still open"), len(to_close), where,
            note="、".join(one.name for one in to_close), due=min((one.ends_on for one in to_close), default=None),
            state="active",
        ),
        Duty(
            _("Rounds to publish"), len(months), address("cockpit:standing-list"),
            note="、".join(one.name for one in months), due=min((one.ends_on for one in months), default=None), state="active",
        ),
    ]


def _drafts(access: Access) -> list[Duty]:
    names = list(issues_visible_to(access).filter(state=IssueState.DRAFT).values_list("name", flat=True))
    return [Duty(
        _("Draft bulletins to check and issue"), len(names), address("bulletins:issue-list", "state=draft"),
        note="、".join(names), state="active",
    )]


def _to_check_on_site(access: Access) -> list[Duty]:
    count = claims_visible_to(access).filter(state=State.CHECKED).count()
    return [Duty(
        _("Claims checked on paper, to be seen on site"), count, address("claims:claim-list", "state=checked"),
        note=_("each claim page can be printed for the visit"),
    )]


def _refused(access: Access) -> list[Duty]:
    count = claims_visible_to(access).filter(state=State.REFUSED).count()
    return [Duty(
        _("Claims refused, with reasons"), count, address("claims:claim-list", "state=refused"), state="neutral",
    )]


def _system(access: Access) -> list[Duty]:
    waiting = Person.objects.filter(is_active=True, must_change_password=True).count()
    return [Duty(
        _("People who have not yet changed their one-time password"), waiting, address("organisations:person-list"),
    )]


def _security(access: Access) -> list[Duty]:
    today = clock.today()
    ending = grants_visible_to(access).filter(ends_on__range=(today, today + SOON)).count()
    bare = Person.objects.filter(is_active=True).exclude(grants__isnull=False).count()
    return [
        Duty(_("Grants that end within 30 days"), ending, address("organisations:grant-list")),
        Duty(_("People without any role"), bare, address("organisations:person-list"), state="active"),
    ]


def _audit(access: Access) -> list[Duty]:
    records = security_records_visible_to(access)
    failed = records.filter(act__in=(Act.LOG_IN_FAILED, Act.LOCKED_OUT), at__gte=clock.real_now() - WEEK).count()
    return [Duty(
        _("Failed log-ins and lock-outs in seven days"), failed, address("organisations:security-record-list"),
        state="active",
    )]


ADMINISTRATORS: dict[str, Callable[[Access], list[Duty]]] = {
    Role.SYSTEM_ADMIN: _system, Role.SECURITY_ADMIN: _security, Role.SECURITY_AUDITOR: _audit,
}


def days_left(due: date) -> str:
    """How far a day lies ahead or behind, in words."""
    days = (due - clock.today()).days
    if days < 0:
        return ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
