"""Entering units and ending them."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.foundation.errors import Refused
from shuangbi.foundation.texts import hidden_characters
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record, record_many
from shuangbi.ledger.queries import facts_under
from shuangbi.organisations import facts
from shuangbi.organisations.access import subtrees
from shuangbi.organisations.choices import UnitKind
from shuangbi.organisations.models import Unit


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
    """Enter units, in any order; the same key again gives the same units back.

    Raises Refused when a code is taken or comes twice, a parent is unknown, a name holds invisible characters.
    """
    with writing():
        if earlier := facts_under(key, actor=by):
            made = {fact.data["code"]: fact.subject for fact in earlier}
            return [made[unit.code] for unit in units]
        ids = dict(Unit.objects.order_by().values_list("code", "id"))
        new = {unit.code: uuid.uuid4() for unit in units}
        _checked(units, ids)
        drafts = [_draft(unit, new, ids) for unit in _parents_first(units)]
        record_many(drafts=drafts, by=by, apply=facts.apply, key=key)
    return [new[unit.code] for unit in units]


def refuse_hidden(text: str, field: str) -> None:
    """Raise Refused for characters that cannot be seen: with them two names look alike."""
    if hidden_characters(text):
        raise Refused(_("The text holds invisible characters. Type it again by hand."), field=field)


def _checked(units: list[NewUnit], ids: dict[str, UUID]) -> None:
    seen: set[str] = set()
    for unit in units:
        if not unit.code or not unit.name:
            raise Refused(_("A unit needs a code and a name."), field="name" if unit.code else "code")
        if unit.code in ids or unit.code in seen:
            raise Refused(_("A unit with code {code} exists already.").format(code=unit.code), field="code")
        seen.add(unit.code)
        if unit.kind not in UnitKind.values:
            raise Refused(_("{kind} is no kind of unit.").format(kind=unit.kind), field="kind")
        for field in ("code", "name", "short_name", "name_en"):
            refuse_hidden(getattr(unit, field), field)


def _draft(unit: NewUnit, new: dict[str, UUID], ids: dict[str, UUID]) -> Draft:
    parent = None
    if unit.parent_code:
        parent = new.get(unit.parent_code) or ids.get(unit.parent_code)
        if parent is None:
            raise Refused(_("There is no unit with code {code}.").format(code=unit.parent_code), field="parent")
    body = facts.UnitMade(
        code=unit.code, name=unit.name, short_name=unit.short_name or unit.name, kind=unit.kind,
        starts_on=unit.starts_on, name_en=unit.name_en, parent=parent, position=unit.position,
    )
    return Draft(body=body, subject=new[unit.code], unit=new[unit.code], effective_on=unit.starts_on)


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
    """End a unit after `ends_on`, its last day, with the unit that goes on in its place.

    Raises Refused when the unit has an end already, the day lies before its first, or the successor does not stand then.
    """
    body = facts.UnitMerged(ends_on=ends_on, successor=successor.id if successor else None)
    draft = Draft(body=body, subject=unit.id, unit=unit.id, effective_on=ends_on)
    with writing():
        if facts_under(key, actor=by):
            return
        now = Unit.objects.get(id=unit.id)
        if now.ends_on is not None:
            raise Refused(_("This unit has an end already."), field="ends_on")
        if ends_on < now.starts_on:
            raise Refused(_("A unit cannot end before its first day."), field="ends_on")
        if now.parent_id is None and successor is None:
            raise Refused(_("The region itself does not end without a successor."), field="successor")
        if successor and not _may_follow(Unit.objects.get(id=successor.id), now, ends_on):
            raise Refused(_("The successor must be another unit that exists on that day."), field="successor")
        record(draft=draft, by=by, apply=facts.apply, key=key)


def _may_follow(successor: Unit, unit: Unit, last_day: date) -> bool:
    """A successor lies outside what ends, and goes on after its last day."""
    return successor.id not in subtrees()[unit.id] and successor.stands_on(last_day + timedelta(days=1))
