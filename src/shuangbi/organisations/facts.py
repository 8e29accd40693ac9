"""Facts of organisations: units made, changed and merged; grants given and ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from shuangbi.foundation.search import pinyin_keys
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact
from shuangbi.organisations.models import Grant, Unit


@dataclass(frozen=True)
class UnitMade(Body):
    """A unit begins. Subject: the unit."""

    KIND: ClassVar[str] = "organisations.unit_made"
    code: str
    name: str
    short_name: str
    kind: str
    starts_on: date
    name_en: str = ""
    parent: UUID | None = None
    position: int = 0


@dataclass(frozen=True)
class UnitMerged(Body):
    """A unit ends on a day; `successor` goes on in its place. Subject: the unit that ends."""

    KIND: ClassVar[str] = "organisations.unit_merged"
    ends_on: date
    successor: UUID | None = None


@dataclass(frozen=True)
class GrantGiven(Body):
    """A role is given. Subject: the grant; the person only by id."""

    KIND: ClassVar[str] = "organisations.grant_given"
    person: UUID
    role: str
    starts_on: date
    unit: UUID | None = None
    indicator: str = ""


@dataclass(frozen=True)
class GrantEnded(Body):
    """A role ends; its last day is the day before `ends_on`. Subject: the grant."""

    KIND: ClassVar[str] = "organisations.grant_ended"
    ends_on: date


def apply(fact: Fact) -> None:
    """Write a fact of this room into its tables."""
    match fact.kind:
        case UnitMade.KIND:
            made = UnitMade.read(fact)
            above = Unit.objects.get(id=made.parent).tree_key if made.parent else ""
            Unit.objects.create(
                id=fact.subject, code=made.code, name=made.name, short_name=made.short_name, name_en=made.name_en,
                kind=made.kind, starts_on=made.starts_on, parent_id=made.parent, position=made.position,
                sort_key=pinyin_keys(made.short_name)[0], tree_key=f"{above}{min(made.position, 99999):05d}{fact.seq:010d}",
            )
        case UnitMerged.KIND:
            merged = UnitMerged.read(fact)
            Unit.objects.filter(id=fact.subject).update(ends_on=merged.ends_on, successor_id=merged.successor)
        case GrantGiven.KIND:
            given = GrantGiven.read(fact)
            Grant.objects.create(
                id=fact.subject, person_id=given.person, role=given.role, unit_id=given.unit,
                indicator=given.indicator, starts_on=given.starts_on, given_at=fact.recorded_at, given_by_id=fact.actor,
            )
        case GrantEnded.KIND:
            ended = GrantEnded.read(fact)
            Grant.objects.filter(id=fact.subject).update(
                ends_on=ended.ends_on - timedelta(days=1), ended_at=fact.recorded_at, ended_by_id=fact.actor
            )
