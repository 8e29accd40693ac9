"""Entering people, their passwords, closing accounts, and the first three administrators."""

import re
import secrets
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.search import pinyin_keys
from shuangbi.foundation.write_gate import writing
from shuangbi.organisations.access import access_of
from shuangbi.organisations.actions.door import may_reset, note
from shuangbi.organisations.actions.grants import give_grant
from shuangbi.organisations.actions.units import NewUnit, make_units, refuse_hidden
from shuangbi.organisations.choices import Act, Role, UnitKind
from shuangbi.organisations.models import Person, Unit

# Lower case and ASCII: the same order and the same equality on every database.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@dataclass(frozen=True)
class NewPerson:
    """What is entered of a person. Without a password: a one-time password is made, to be changed at the first log-in."""

    username: str
    name: str
    unit: Unit | None = None
    password: str | None = None
    name_en: str = ""
    post: str = ""
    id: UUID = field(default_factory=uuid.uuid4)


def make_person(
    *, username: str, name: str, unit: Unit | None, password: str | None = None, name_en: str = "", post: str = "",
    person_id: UUID | None = None, by: Person | None = None,
) -> tuple[Person, str]:
    """Enter one person; see make_people."""
    new = NewPerson(username, name, unit, password, name_en, post, person_id or uuid.uuid4())
    return make_people(people=[new], by=by)[0]


def make_people(*, people: Sequence[NewPerson], by: Person | None = None) -> list[tuple[Person, str]]:
    """Enter people, all or none; each with the password to hand over. Passwords are hashed before the gate is entered:
    a hash takes long on purpose.

    With the id of someone who has never logged in: the same person with a fresh one-time password, so that a second click
    loses nothing. Raises Refused when a name is taken, comes twice, or is no log-in name.
    """
    rows = [(_unsaved(new), new.password or one_time_password()) for new in people]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda row: row[0].set_password(row[1]), rows))
    with writing():
        earlier = Person.objects.in_bulk([person.username for person, _once in rows], field_name="username")
        made = []
        for person, once in rows:
            known = earlier.get(person.username)
            made.append((_renewed(known, person) if known else _entered(person, by), once))
            earlier[person.username] = made[-1][0]
    return made


def _unsaved(new: NewPerson) -> Person:
    username = new.username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Refused(_("A log-in name has two or more of a–z, 0–9, dot, dash and underscore."), field="username")
    if not new.name.strip():
        raise Refused(_("A person needs a name."), field="name")
    for attribute in ("name", "name_en", "post"):
        refuse_hidden(getattr(new, attribute), attribute)
    return Person(
        id=new.id, username=username, name=new.name.strip(), name_en=new.name_en, post=new.post, unit=new.unit,
        made_at=clock.now(), password_set_at=clock.real_now(), must_change_password=new.password is None,
        sort_key=pinyin_keys(new.name)[0],
    )


def _entered(person: Person, by: Person | None) -> Person:
    person.save(force_insert=True)
    note(act=Act.PERSON_MADE, person=by, about=person)
    return person


def _renewed(known: Person, person: Person) -> Person:
    if known.id != person.id or known.last_login or not known.must_change_password:
        raise Refused(_("The log-in name {name} is taken.").format(name=person.username), field="username")
    known.password, known.password_set_at = person.password, person.password_set_at
    known.save(update_fields=["password", "password_set_at"])
    return known


def one_time_password() -> str:
    """About 72 bits, in groups that can be read out: no characters that look alike."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _place in range(5)) for _group in range(3))


def reset_password(*, person: Person, by: Person | None = None) -> str:
    """Give a new one-time password; whatever the old one opened is shut. Raises Refused for whom `by` may not reset."""
    if by is not None and not may_reset(by=access_of(by), person=person):
        raise Refused(_("You may not reset this person's password."), field="person")
    once = one_time_password()
    _set_password(person, once, must_change=True)
    with writing():
        person.save(update_fields=["password", "password_set_at", "must_change_password"])
        note(act=Act.PASSWORD_RESET, person=by, about=person)
    return once


def change_password(*, person: Person, password: str, address: str | None = None) -> None:
    """Set the person's own password. Raises ValidationError when it is weak or the one that stands."""
    validate_password(password, person)
    if person.check_password(password):
        raise ValidationError(_("The new password must differ from the current one."))
    _set_password(person, password, must_change=False)
    with writing():
        person.save(update_fields=["password", "password_set_at", "must_change_password"])
        note(act=Act.PASSWORD_CHANGED, person=person, address=address)


def _set_password(person: Person, password: str, must_change: bool) -> None:
    person.set_password(password)
    person.must_change_password = must_change
    person.password_set_at = clock.real_now()


def close_person(*, person: Person, by: Person) -> None:
    """Shut an account; what stands in the ledger keeps the name. Raises Refused for whom `by` may not reset."""
    _set_active(person, by, is_active=False, act=Act.PERSON_CLOSED)


def open_person(*, person: Person, by: Person) -> None:
    """Open an account again. Raises Refused for whom `by` may not reset."""
    _set_active(person, by, is_active=True, act=Act.PERSON_OPENED)


def _set_active(person: Person, by: Person, is_active: bool, act: Act) -> None:
    if not may_reset(by=access_of(by), person=person):
        raise Refused(_("You may not close or open this account."), field="person")
    if person.is_active == is_active:
        return
    person.is_active = is_active
    with writing():
        person.save(update_fields=["is_active"])
        note(act=act, person=by, about=person)


@dataclass(frozen=True)
class Administrator:
    """One of the first three, with the password to be handed over and changed at the first log-in."""

    role: Role
    username: str
    password: str


def create_admin(
    *, region: str, region_en: str = "", code: str = "region", usernames: tuple[str, str, str] | None = None,
    starts_on: date | None = None,
) -> list[Administrator]:
    """Open an empty site: the region as the first unit, and system administrator, security administrator and security
    auditor with one-time passwords. Raises Refused when people exist already."""
    day = starts_on or date(clock.today().year, 1, 1)
    made = []
    with writing():
        if Person.objects.exists():
            raise Refused(_("There are people already. A security administrator gives further roles."))
        make_units(
            units=[NewUnit(code=code, name=region, short_name=region, name_en=region_en, kind=UnitKind.REGION, starts_on=day)],
            by=None,
        )
        roles = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.SECURITY_AUDITOR)
        for role, username in zip(roles, usernames or ("system", "security", "auditor"), strict=True):
            person, once = make_person(username=username, name=str(role.label), unit=None)
            give_grant(person=person, role=role, unit=None, by=None)
            made.append(Administrator(role=role, username=username, password=once))
    return made
