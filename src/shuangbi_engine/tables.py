"""The fact tables the engine reads: event logs in the order in which things became known.

A row is never changed; a later row says the newer thing. `docs/fact-tables.md` has the same tables in words.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Event = Literal["reported", "checked", "recognised", "returned", "refused", "withdrawn", "corrected"]
EVENTS: tuple[Event, ...] = (
    "reported",
    "checked",
    "recognised",
    "returned",
    "refused",
    "withdrawn",
    "corrected",
)

Money = Literal["total_investment", "contract_amount", "attracted", "year_plan"]
MONEYS: tuple[Money, ...] = ("total_investment", "contract_amount", "attracted", "year_plan")


@dataclass(frozen=True, slots=True)
class Project:
    """What is known of a project (or another subject) from `seq` on; the whole of it, not a difference."""

    seq: int
    project: str
    unit: str
    bringer: str = ""
    total_investment: int = 0
    contract_amount: int = 0
    attracted: int = 0
    year_plan: int = 0
    industry: str = ""
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """One step in the life of a claim; None and '' leave what the claim said before."""

    seq: int
    claim: str
    subject: str
    event: Event
    kind: str = ""
    unit: str = ""
    day: date | None = None
    amount: int | None = None
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A unit's share (1/10000) in a project by contract, for effective days within the dates (None: open)."""

    seq: int
    project: str
    unit: str
    share: int
    first_day: date | None = None
    last_day: date | None = None
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a participant in a measure and round: a number in base units, or named projects."""

    seq: int
    participant: str
    measure: str
    round: str
    value: int | None = None
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Who is scored: in which group, fed by which units; an empty round means every round, no group removes.

    `code` orders those who share a place, where `participant` is an id that says nothing.
    """

    seq: int
    participant: str
    group: str
    units: tuple[str, ...] = ()
    round: str = ""
    name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that only its owner holds (归口部门), for a participant and a round; None removes it."""

    seq: int
    participant: str
    figure: str
    round: str
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points (1/10000) given or taken by a document; the latest row of an id counts, 0 points cancel it."""

    seq: int
    adjustment: str
    participant: str
    round: str
    kind: str
    points: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A participant excused from an item in a round; an empty reason ends it."""

    seq: int
    participant: str
    item: str
    round: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A span of days that is scored. Dates are free: a year may start on 1 December."""

    seq: int
    round: str
    kind: str
    start: date
    end: date
    counts_from: date | None = None
    year: str = ""
    previous: str = ""
    cutoff: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is not posted: read at the same seq as the postings."""

    rounds: tuple[Round, ...] = ()
    participants: tuple[Participant, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupHistory:
    """All there is about one once-group (normally one project), each part in the order it became known."""

    subject: str
    projects: tuple[Project, ...] = ()
    claims: tuple[ClaimEvent, ...] = ()
    credits: tuple[Credit, ...] = ()


ColumnType = Literal["int", "text", "names", "day", "fen", "event", "share", "points", "number", "quantity"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a fact table: its type says how a cell of text is read."""

    name: str
    type: ColumnType = "text"
    required: bool = False
    field: str = ""


TABLES: dict[str, tuple[Column, ...]] = {
    "projects": (
        Column("project", required=True),
        Column("unit", required=True),
        Column("bringer"),
        *(Column(money, "fen") for money in MONEYS),
        Column("industry"),
        Column("lists", "names"),
        Column("tags", "names"),
        Column("name"),
    ),
    "claims": (
        Column("claim", required=True),
        Column("subject", required=True),
        Column("event", "event", required=True),
        Column("kind"),
        Column("unit"),
        Column("day", "day"),
        Column("amount", "quantity"),
        Column("replaces"),
    ),
    "credits": (
        Column("project", required=True),
        Column("unit", required=True),
        Column("share", "share", required=True),
        Column("from", "day", field="first_day"),
        Column("to", "day", field="last_day"),
        Column("contract"),
    ),
    "targets": (
        Column("participant", required=True),
        Column("measure", required=True),
        Column("round", required=True),
        Column("value", "quantity"),
        Column("projects", "names", field="subjects"),
    ),
    "participants": (
        Column("participant", required=True),
        Column("group"),
        Column("units", "names"),
        Column("round"),
        Column("name"),
    ),
    "figures": (
        Column("participant", required=True),
        Column("figure", required=True),
        Column("round", required=True),
        Column("value", "number"),
    ),
    "adjustments": (
        Column("adjustment", required=True),
        Column("participant", required=True),
        Column("round", required=True),
        Column("kind", required=True),
        Column("points", "points", required=True),
        Column("document"),
    ),
    "waivers": (
        Column("participant", required=True),
        Column("item", required=True),
        Column("round", required=True),
        Column("reason"),
    ),
    "rounds": (
        Column("round", required=True),
        Column("kind", required=True),
        Column("start", "day", required=True),
        Column("end", "day", required=True),
        Column("counts_from", "day"),
        Column("year"),
        Column("previous"),
        Column("cutoff"),
        Column("name"),
    ),
}
"""Column specs of every fact table; `seq` and `recorded_at` may stand in each and are read by `folder.py`."""

REQUIRED_TABLES = ("rounds", "participants")
