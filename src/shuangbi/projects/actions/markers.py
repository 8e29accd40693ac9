"""Lists and tags, outside codes and credit shares: what is said about a project from a day until a day."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.projects import access, codes, facts
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.checks import must
from shuangbi.projects.choices import CodeSystem, TaggingKind
from shuangbi.projects.models import CreditShare, OutsideCode, Project, Tagging
from shuangbi_engine.numbers import SHARE


def put_on_list(
    *, project: Project, kind: str, code: str, by: Access, on: date | None = None, reason: str = "", key: str = ""
) -> Fact:
    """Put a project on a list or under a tag (`kind`) from a day. Raises Refused: no right, twice, no such name."""
    person = checks.actor(by)
    _may_mark(by, project, kind)
    must(codes.is_marker(code), _("This cannot be the name of a list or tag."), "code")
    since = checks.day(on or clock.today(), "on", past=True)
    body = facts.Listed(marker=kind, code=code, reason=checks.text(reason, "reason", 300))
    with writing():
        if not checks.earlier(person, key):
            stands = _standing(project, kind, code).exists()
            must(not stands, _("The project is on it already."), "code")
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=since)
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def take_off_list(
    *, project: Project, kind: str, code: str, by: Access, reason: str, on: date | None = None, key: str = ""
) -> Fact:
    """Take a project off a list or tag; `on` is the first day without it. Raises Refused: no right, not on it."""
    person = checks.actor(by)
    _may_mark(by, project, kind)
    day = checks.day(on or clock.today(), "on", past=True)
    body = facts.Unlisted(marker=kind, code=code, reason=checks.text(reason, "reason", 300, least=1))
    with writing():
        if not checks.earlier(person, key):
            row = _standing(project, kind, code).first()
            must(row is not None, _("The project is not on it."), "code")
            must(row is not None and row.starts_on <= day, _("The last day lies before the first."), "on")
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=day)
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def _may_mark(by: Access, project: Project, kind: str) -> None:
    must(kind in TaggingKind.values, _("There is no such kind of list."), "kind")
    if kind == TaggingKind.LIST:
        allowed = access.may_list(by, project.unit_id)
        must(allowed, _("Only the office and the indicator's owner put projects on lists."), "kind")
    else:
        must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."), "kind")


def _standing(project: Project, kind: str, code: str) -> QuerySet[Tagging]:
    return Tagging.objects.filter(project=project, kind=kind, code=code, ends_on__isnull=True)


def give_code(
    *, project: Project, system: str, code: str, by: Access, on: date | None = None, key: str = ""
) -> Fact:
    """Give a project an outside code from a day; the earlier one of the same system ends. Raises Refused."""
    person = checks.actor(by)
    must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
    must(system in CodeSystem.values, _("There is no such kind of code."), "system")
    code = checks.text(code, "code", 40, least=1)
    since = checks.day(on or clock.today(), "on", past=True)
    if system == CodeSystem.NATIONAL:
        fits = codes.is_national_code(code, clock.today())
        must(fits, _("This is no national project code: 24 characters, 4-6-2-2-6 digits."), "code")
    with writing():
        if not checks.earlier(person, key):
            held = OutsideCode.objects.filter(system=system, code=code, ends_on__isnull=True)
            must(not held.exists(), _("A project carries this code already."), "code")
            newer = OutsideCode.objects.filter(project=project, system=system, starts_on__gt=since)
            must(not newer.exists(), _("The code now held is newer."), "on")
        body = facts.CodeGiven(system=system, code=code)
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=since)
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def set_credit(
    *, project: Project, unit: Unit, share: int, contract: str, by: Access, starts_on: date | None = None,
    ends_on: date | None = None, key: str = "",
) -> Fact:
    """A unit's share (1/10000) by contract, for effective days within the dates; 0 ends it.

    Raises Refused: no right (the lead of the owning unit, the office), no contract named, more than one whole given away.
    """
    person = checks.actor(by)
    must(access.may_lead(by, project.unit_id), _("Only the unit's lead and the office agree on shares."))
    must(0 <= share <= SHARE, _("A share lies between 0 and 1."), "share")
    must(unit.id != project.unit_id, _("What no share covers is the owner's; give shares to others."), "unit")
    contract = checks.text(contract, "contract", 120, least=1)
    checks.ordered(starts_on, ends_on, "ends_on")
    body = facts.CreditSet(unit=unit.id, share=share, contract=contract, starts_on=starts_on, ends_on=ends_on)
    with writing():
        given = _given_away(project, unit.id, contract, starts_on, ends_on)
        must(given + share <= SHARE, _("More than the whole project would be given away."), "share")
        draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=starts_on or clock.today())
        return record(draft=draft, by=person, apply=facts.apply, key=key)


def _given_away(
    project: Project, unit: UUID, contract: str, starts_on: date | None, ends_on: date | None
) -> int:
    """The most that other shares give away on one day of the span."""
    others = CreditShare.objects.filter(project=project).exclude(unit_id=unit, contract=contract)
    if ends_on:
        others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=ends_on))
    if starts_on:
        others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    rows = list(others)
    days = {starts_on or date.min, *(row.starts_on for row in rows if row.starts_on)}
    return max(
        sum(
            row.share for row in rows
            if (row.starts_on or date.min) <= day <= (row.ends_on or date.max)
        )
        for day in days
    )
