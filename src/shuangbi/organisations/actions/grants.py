"""Giving roles and ending them: the security administrator alone, never to oneself, the three administrators apart."""

import uuid
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record
from shuangbi.ledger.queries import facts_under
from shuangbi.organisations import facts
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import BUSINESS, OF_AN_INDICATOR, SEPARATED, Role
from shuangbi.organisations.models import Grant, Person, Unit


def give_grant(
    *, person: Person, role: str, unit: Unit | None, by: Person | None, starts_on: date | None = None,
    indicator: str = "", key: str = "",
) -> UUID:
    """Give a role from a day on (today unless said); the same key again gives the same grant back. `by` None: the site
    itself, when it is opened or built.

    Raises Refused: by another than the security administrator, to oneself, against the separation of the three
    administrators, twice, or incomplete.
    """
    day = starts_on or clock.today()
    _may_give(person, by)
    _is_complete(role, unit, indicator)
    grant = uuid.uuid4()
    body = facts.GrantGiven(
        person=person.id, role=role, starts_on=day, unit=unit.id if unit else None, indicator=indicator
    )
    draft = Draft(body=body, subject=grant, unit=unit.id if unit else None, effective_on=day)
    with writing():
        if earlier := facts_under(key, actor=by.id if by else None):
            return earlier[0].subject
        held = _held(person, day)
        _separated(role, {other.role for other in held})
        if any((o.role, o.unit_id, o.indicator) == (role, body.unit, indicator) for o in held):
            raise Refused(_("The person holds this role already."), field="role")
        record(draft=draft, by=by.id if by else None, apply=facts.apply, key=key)
    return grant


def _may_give(person: Person, by: Person | None) -> None:
    if by is None:
        return
    if by.id == person.id:
        raise Refused(_("Nobody may give a role to themselves."), field="person")
    if not access_of(by).has(Role.SECURITY_ADMIN):
        raise Refused(_("Only the security administrator gives and ends roles."))


def _is_complete(role: str, unit: Unit | None, indicator: str) -> None:
    if role not in Role.values:
        raise Refused(_("{role} is no role.").format(role=role), field="role")
    if role in BUSINESS and unit is None:
        raise Refused(_("This role needs a unit."), field="unit")
    if role in SEPARATED and unit is not None:
        raise Refused(_("This role is for the whole site; leave the unit empty."), field="unit")
    if role not in OF_AN_INDICATOR and indicator:
        raise Refused(_("Only an indicator owner is bound to an indicator."), field="indicator")


def _held(person: Person, day: date) -> list[Grant]:
    """The person's grants that hold on a day or later."""
    still = Q(ends_on__isnull=True) | (Q(ends_on__gte=day) & Q(ends_on__gte=F("starts_on")))
    return list(Grant.objects.filter(still, person=person))


def _separated(role: str, held: set[str]) -> None:
    if (role in SEPARATED and held - {role}) or (role not in SEPARATED and held & SEPARATED):
        raise Refused(
            _("The three administrators are kept apart: one person holds one of these roles and no other."), field="role"
        )


def end_grant(*, grant: Grant, by: Person, ends_on: date | None = None, key: str = "") -> None:
    """End a grant; the person loses it from that day on (today unless said).

    Raises Refused: by another than the security administrator, one's own, ended already, or before today.
    """
    if grant.person_id == by.id:
        raise Refused(_("Nobody may end a role of their own."), field="person")
    if not access_of(by).has(Role.SECURITY_ADMIN):
        raise Refused(_("Only the security administrator gives and ends roles."))
    day = ends_on or clock.today()
    if day < clock.today():
        raise Refused(_("A role cannot end in the past: what was done under it was allowed."), field="ends_on")
    draft = Draft(body=facts.GrantEnded(ends_on=day), subject=grant.id, unit=grant.unit_id, effective_on=day)
    with writing():
        if facts_under(key, actor=by.id):
            return
        now = Grant.objects.get(id=grant.id)
        if now.ends_on is not None and now.ends_on < day:
            raise Refused(_("This role has an end already."), field="ends_on")
        record(draft=draft, by=by.id, apply=facts.apply, key=key)
