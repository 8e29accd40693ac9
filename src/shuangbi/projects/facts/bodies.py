"""What the facts of projects say. Subject of all but the events' is the project; money is 分, shares 1/10000.

A person appears by id only. `unit` of every fact about a project is its owning unit at the time.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shuangbi.ledger.body import Body


@dataclass(frozen=True)
class Registered(Body):
    """A project enters the registry. effective_on: the day it is entered as of. Subject: the project."""

    KIND: ClassVar[str] = "projects.registered"
    code: str
    name: str
    unit: UUID
    name_en: str = ""
    summary: str = ""
    bringer: UUID | None = None
    investor_name: str = ""
    investor_code: str = ""
    industry: str = ""
    site: str = ""
    park: UUID | None = None
    region: str = ""
    total_investment: int = 0
    contract_amount: int = 0
    attracted_amount: int = 0
    year_plan: int = 0
    stage: str = "lead"
    not_duplicate_because: str = ""


@dataclass(frozen=True)
class AttributeChanged(Body):
    """Fields take new values: field → text, integer, or None; units as text of their id.

    `replaces` names for each field the fact that gave the value which no longer holds.
    """

    KIND: ClassVar[str] = "projects.attribute_changed"
    changes: dict[str, str | int | None]
    reason: str
    replaces: dict[str, UUID]


@dataclass(frozen=True)
class Listed(Body):
    """Put on a list or under a tag (`marker`: list | tag) from effective_on. The tagging's id is the fact's uuid."""

    KIND: ClassVar[str] = "projects.listed"
    marker: str
    code: str
    reason: str = ""


@dataclass(frozen=True)
class Unlisted(Body):
    """Taken off a list or tag; effective_on is the first day without it."""

    KIND: ClassVar[str] = "projects.unlisted"
    marker: str
    code: str
    reason: str = ""


@dataclass(frozen=True)
class CodeGiven(Body):
    """An outside code holds from effective_on; an earlier one of the same system ends the day before."""

    KIND: ClassVar[str] = "projects.code_given"
    system: str
    code: str


@dataclass(frozen=True)
class CreditSet(Body):
    """A unit's share by contract, for effective days from…to (None: open). Replaces the same unit and contract; 0 ends it."""

    KIND: ClassVar[str] = "projects.credit_set"
    unit: UUID
    share: int
    contract: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class MilestoneSet(Body):
    """A milestone with its baseline. Its id is the fact's uuid."""

    KIND: ClassVar[str] = "projects.milestone_set"
    title: str
    planned_on: date
    stage: str = ""
    forecast_on: date | None = None


@dataclass(frozen=True)
class MilestoneMoved(Body):
    """A new forecast, or with `planned_on` a new baseline; the old ones stay on record."""

    KIND: ClassVar[str] = "projects.milestone_moved"
    milestone: UUID
    forecast_on: date
    reason: str
    planned_on: date | None = None


@dataclass(frozen=True)
class MilestoneReached(Body):
    """A milestone is reached on effective_on."""

    KIND: ClassVar[str] = "projects.milestone_reached"
    milestone: UUID
    note: str = ""


@dataclass(frozen=True)
class StageReached(Body):
    """A stage is reached on effective_on: by a recognised claim, or by hand where the life cycle allows it."""

    KIND: ClassVar[str] = "projects.stage_reached"
    stage: str
    claim: UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class StageWithdrawn(Body):
    """A stage no longer stands, with the claim that had reached it."""

    KIND: ClassVar[str] = "projects.stage_withdrawn"
    stage: str
    claim: UUID | None = None
    reason: str = ""


@dataclass(frozen=True)
class PersonAssigned(Body):
    """A person answers for the project (for one stage, or all) from effective_on. The assignment's id is the fact's uuid."""

    KIND: ClassVar[str] = "projects.person_assigned"
    person: UUID
    part: str
    stage: str = ""


@dataclass(frozen=True)
class PersonReleased(Body):
    """An assignment ends; effective_on is the first day without it."""

    KIND: ClassVar[str] = "projects.person_released"
    assignment: UUID


@dataclass(frozen=True)
class BondBatchGranted(Body):
    """A batch of special-bond money, issued on effective_on. The same batch again replaces amount and days."""

    KIND: ClassVar[str] = "projects.bond_batch"
    batch: str
    amount: int
    issued_on: date
    spend_by: date


@dataclass(frozen=True)
class FundingPlanned(Body):
    """What a source is to give in a year. The same year and source again replaces the amount."""

    KIND: ClassVar[str] = "projects.funding_plan"
    year: int
    source: str
    amount: int


@dataclass(frozen=True)
class AgreementSigned(Body):
    """A contract and its promises, signed on effective_on. The same reference again replaces what it says."""

    KIND: ClassVar[str] = "projects.agreement"
    reference: str
    signed_on: date
    amount: int = 0
    investment: int = 0
    start_by: date | None = None
    completion_by: date | None = None
    production_by: date | None = None


@dataclass(frozen=True)
class EventHeld(Body):
    """A themed event and what was announced of it. Subject: the event; told again, it replaces what was said."""

    KIND: ClassVar[str] = "projects.event_held"
    kind: str
    title: str
    held_on: date
    unit: UUID
    money: str
    title_en: str = ""
    place: str = ""
    announced_count: int | None = None
    announced_amount: int | None = None
    qualifier: str = "exact"
    source: str = ""


@dataclass(frozen=True)
class EventProjectAdded(Body):
    """A project stands on an event's list. Subject: the event."""

    KIND: ClassVar[str] = "projects.event_project_added"
    project: UUID
    position: int = 0


@dataclass(frozen=True)
class EventProjectRemoved(Body):
    """A project is taken off an event's list. Subject: the event."""

    KIND: ClassVar[str] = "projects.event_project_removed"
    project: UUID
    reason: str
