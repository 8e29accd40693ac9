"""Writing units, people and grants. Units and grants are facts; people are ordinary rows."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record, record_many
from shuangbi.organisations import facts
from shuangbi.organisations.choices import BUSINESS, SEPARATED, Role, UnitKind
from shuangbi.organisations.models import Grant, Person, Unit


@dataclass(frozen=True)
class NewUnit:
    """What is entered of a unit."""

    code: str
    name: str
    short_name: str
    kind: str
    starts_on: date
    name_en: str = ""
    parent_code: str = ""
    position: int = 0


def make_units(*, units: list[NewUnit], by: UUID | None, key: str = "") -> list[UUID]:
    """Enter units, parents before children or in any order. Raises Refused when a code is taken or a parent unknown."""
    with writing():
        ids = {code: id_ for code, id_ in Unit.objects.values_list("code", "id")}
        taken = [unit.code for unit in units if unit.code in ids]
        if taken:
            raise Refused(_("A unit with code {code} exists already.").format(code=taken[0]), field="code")
        new = {unit.code: uuid.uuid4() for unit in units}
        drafts = []
        for unit in _parents_first(units):
            parent = None
            if unit.parent_code:
                parent = new.get(unit.parent_code) or ids.get(unit.parent_code)
                if parent is None:
                    raise Refused(_("There is no unit with code {code}.").format(code=unit.parent_code), field="parent")
            if unit.kind not in UnitKind.values:
                raise Refused(_("{kind} is no kind of unit.").format(kind=unit.kind), field="kind")
            body = facts.UnitMade(
                code=unit.code, name=unit.name, short_name=unit.short_name or unit.name, kind=unit.kind,
                starts_on=unit.starts_on, name_en=unit.name_en, parent=parent, position=unit.position,
            )
            drafts.append(Draft(body=body, subject=new[unit.code], unit=new[unit.code], effective_on=unit.starts_on))
        record_many(drafts=drafts, by=by, apply=facts.apply, key=key)
    return [new[unit.code] for unit in units]


def _parents_first(units: list[NewUnit]) -> list[NewUnit]:
    by_code = {unit.code: unit for unit in units}
    done: dict[str, NewUnit] = {}

    def place(unit: NewUnit, above: frozenset[str]) -> None:
        if unit.code in above:
            raise Refused(_("Unit {code} lies below itself.").format(code=unit.code), field="parent")
        if unit.code in done:
            return
        if unit.parent_code in by_code:
            place(by_code[unit.parent_code], above | {unit.code})
        done[unit.code] = unit

    for unit in units:
        place(unit, frozenset())
    return list(done.values())


def merge_unit(*, unit: Unit, ends_on: date, successor: Unit | None, by: UUID, key: str = "") -> None:
    """End a unit on a day, with the unit that goes on in its place."""
    if successor and (successor.id == unit.id or not successor.stands_on(ends_on)):
        raise Refused(_("The successor must be another unit that exists on that day."), field="successor")
    body = facts.UnitMerged(ends_on=ends_on, successor=successor.id if successor else None)
    draft = Draft(body=body, subject=unit.id, unit=unit.id, effective_on=ends_on)
    record(draft=draft, by=by, apply=facts.apply, key=key)


def make_person(
    *, username: str, name: str, unit: Unit | None, password: str | None = None, name_en: str = "", post: str = "",
    person_id: UUID | None = None,
) -> tuple[Person, str]:
    """Enter a person with a one-time password (made here unless given) that must be changed at the first log-in."""
    if Person.objects.filter(username=username).exists():
        raise Refused(_("The log-in name {name} is taken.").format(name=username), field="username")
    once = password or secrets.token_urlsafe(9)
    person = Person(
        id=person_id or uuid.uuid4(), username=username, name=name, name_en=name_en, post=post, unit=unit,
        made_at=clock.now(), must_change_password=password is None,
    )
    person.set_password(once)
    with writing():
        person.save(force_insert=True)
    return person, once


def reset_password(*, person: Person) -> str:
    """Give a new one-time password and end what the old one opened."""
    once = secrets.token_urlsafe(9)
    person.set_password(once)
    person.must_change_password = True
    with writing():
        person.save(update_fields=["password", "must_change_password"])
    return once


def change_password(*, person: Person, password: str) -> None:
    """Set the person's own password. Raises ValidationError when it is weak."""
    validate_password(password, person)
    person.set_password(password)
    person.must_change_password = False
    with writing():
        person.save(update_fields=["password", "must_change_password"])


def give_grant(
    *, person: Person, role: str, unit: Unit | None, by: Person | None, starts_on: date | None = None,
    indicator: str = "", key: str = "",
) -> UUID:
    """Give a role. Raises Refused: to oneself, against the separation of the three administrators, or incomplete."""
    day = starts_on or clock.today()
    _may_hold(person, role, unit, by)
    grant = uuid.uuid4() if not key else uuid.uuid5(person.id, key)
    body = facts.GrantGiven(
        person=person.id, role=role, starts_on=day, unit=unit.id if unit else None, indicator=indicator
    )
    draft = Draft(body=body, subject=grant, unit=unit.id if unit else None, effective_on=day)
    with writing():
        _separated(person, role, day)
        record(draft=draft, by=by.id if by else None, apply=facts.apply, key=key)
    return grant


def _may_hold(person: Person, role: str, unit: Unit | None, by: Person | None) -> None:
    if role not in Role.values:
        raise Refused(_("{role} is no role.").format(role=role), field="role")
    if by is not None and by.id == person.id:
        raise Refused(_("Nobody may give a role to themselves."), field="person")
    if role in BUSINESS and unit is None:
        raise Refused(_("This role needs a unit."), field="unit")


def _separated(person: Person, role: str, day: date) -> None:
    held = set(
        Grant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), person=person).values_list("role", flat=True)
    )
    separated = {str(r) for r in SEPARATED}
    if (role in separated and held - {role}) or (role not in separated and held & separated):
        raise Refused(
            _("The three administrators are kept apart: one person holds one of these roles and no other."), field="role"
        )


def end_grant(*, grant: Grant, by: Person, ends_on: date | None = None, key: str = "") -> None:
    """End a grant; the person loses it from that day on. Raises Refused for one's own grant."""
    if grant.person_id == by.id:
        raise Refused(_("Nobody may end a role of their own."), field="person")
    day = ends_on or clock.today()
    draft = Draft(body=facts.GrantEnded(ends_on=day), subject=grant.id, unit=grant.unit_id, effective_on=day)
    record(draft=draft, by=by.id, apply=facts.apply, key=key)
