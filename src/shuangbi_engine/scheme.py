"""What a scheme is: counting policy, measures, items, totals, adjustments, outcomes and ranking, as frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from .numbers import Unit
from .tables import Money

Level = Literal[1, 2]
LEVELS: dict[str, Level] = {"reported": 1, "recognised": 2}
"""快报数 (reported and checked on paper) and 认定数 (recognised)."""

CreditMode = Literal["owner", "bringer", "bringer_or_owner", "contract"]
CREDIT_MODES: tuple[CreditMode, ...] = ("owner", "bringer", "bringer_or_owner", "contract")

Window = Literal["round", "to_date", "stock", "previous"]
WINDOWS: tuple[Window, ...] = ("round", "to_date", "stock", "previous")

Tree = Mapping[str, Any]
"""A parsed step argument tree; the function that owns it knows the types."""


@dataclass(frozen=True, slots=True)
class State:
    """Something a subject reaches or does, and which claims say so."""

    name: str
    title: str
    claims: tuple[str, ...]
    requires: tuple[str, ...] = ()
    once: bool = True
    size: Money | Literal["none"] = "none"
    amount: Money | Literal["claim", "none"] = "none"
    unit: Unit = "fen"


@dataclass(frozen=True, slots=True)
class CountingPolicy:
    """What turns claims into postings. Postings belong to its digest."""

    states: tuple[State, ...]
    credits: tuple[CreditMode, ...] = ("owner",)
    split_counts: Literal["shares", "whole"] = "shares"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which postings a measure takes: size in 分, markers any of each set, none of `lacks`."""

    size_at_least: int | None = None
    size_below: int | None = None
    has: tuple[tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One additive sum over postings."""

    name: str
    title: str
    state: str
    level: Level
    credit: CreditMode
    take: Literal["count", "amount"]
    window: Window
    unit: Unit
    where: Filter = Filter()
    only_listed: bool = False
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class FigureRule:
    """A figure given by its owner, not counted from claims."""

    name: str
    title: str
    unit: Unit = "number"
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a function takes a column from."""

    kind: Literal["measure", "figure", "target", "year_target", "number"]
    name: str = ""
    number: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One function of a chain with its settings, read and typed."""

    function: str
    settings: Tree
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands in where a participant has no such duty."""

    rule: str
    points: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the score sheet: a chain of functions that ends in points."""

    name: str
    title: str
    full: Fraction
    steps: tuple[Step, ...]
    missing: Missing
    owner: str = ""
    rounds: tuple[str, ...] = ()
    title_en: str = ""

    def active(self, round_name: str, kind: str) -> bool:
        """Whether the item is scored in a round of this name and kind (no rounds named: in all)."""
        return not self.rounds or round_name in self.rounds or kind in self.rounds


@dataclass(frozen=True, slots=True)
class Node:
    """A total: items, weighted children or earlier rounds; then a multiplier, adjustments and limits."""

    name: str
    title: str
    weight: Fraction = Fraction(1)
    full: Fraction | None = None
    items: tuple[str, ...] = ()
    children: tuple["Node", ...] = ()
    earlier: tuple[tuple[str, Fraction], ...] = ()
    earlier_missing: str = "refuse"
    multiply: tuple[Step, ...] = ()
    adjustments: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Participants ranked among themselves, with their own items and totals by kind of round."""

    name: str
    title: str
    items: tuple[Item, ...]
    totals: Mapping[str, Node]
    title_en: str = ""

    def item(self, name: str) -> Item:
        """The item of this name."""
        return next(item for item in self.items if item.name == name)


@dataclass(frozen=True, slots=True)
class AdjustmentRule:
    """A kind of bonus or penalty by document: the range of one entry and the limit of all in a round."""

    kind: str
    title: str
    low: Fraction
    high: Fraction
    limit_low: Fraction | None = None
    limit_high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """A label that follows from results; never points."""

    name: str
    rule: str
    title: str
    settings: Tree
    audience: Literal["internal", "public"] = "internal"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure shown with its targets for the month and to date beside the schedule."""

    measure: str
    title: str
    level: Level


@dataclass(frozen=True, slots=True)
class Progress:
    """What the city totals show, where their targets come from, and how the schedule runs."""

    indicators: tuple[Indicator, ...] = ()
    target: str = "own"
    group: str = ""
    schedule: Literal["rounds", "days"] = "rounds"


@dataclass(frozen=True, slots=True)
class Ranking:
    """How totals become places."""

    compare_at: int
    ties: Literal["shared", "dense"]
    tie_break: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A year's rules, complete: every ambiguous choice has been made."""

    name: str
    title: str
    basis: str
    policy: CountingPolicy
    measures: Mapping[str, Measure]
    figures: Mapping[str, FigureRule]
    groups: Mapping[str, Group]
    ranking: Ranking
    waived: str
    progress: Progress
    adjustments: Mapping[str, AdjustmentRule]
    outcomes: tuple[OutcomeRule, ...]
    digest: str
    title_en: str = ""

    def state_of(self, measure: str) -> State:
        """The state that a measure counts."""
        wanted = self.measures[measure].state
        return next(state for state in self.policy.states if state.name == wanted)
