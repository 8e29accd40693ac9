"""What a section is, and the figures all sections draw from, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from shuangbi.bulletins.content import Audience, Block


@dataclass(frozen=True)
class Indicator:
    """One indicator for the city or a unit: the span reported, the month, the year to date; counts or base units."""

    name: str
    title: str
    unit: str
    span: Any
    target: Any
    actual: Any
    rate: str | None
    year_target: Any
    to_date: Any
    year_rate: str | None
    ahead: str | None


@dataclass(frozen=True)
class UnitRow:
    """A unit with one indicator. `label` is the scheme's word for it: exceeded, met, missed, zero or no_task."""

    unit: str
    figures: Indicator
    label: str


@dataclass(frozen=True)
class Ranked:
    """A unit's place in its group, with what adds up to its score."""

    group: str
    unit: str
    rank: int
    score: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NamedProject:
    """A project that is named: done in time, or late with its reason."""

    name: str
    unit: str
    what: str


@dataclass(frozen=True)
class Problems:
    """Assigned problems of a unit: due and solved in the month."""

    unit: str
    due: int
    solved: int


@dataclass(frozen=True)
class Difference:
    """An indicator whose 快报数 is not its 认定数, and the units that make the difference."""

    title: str
    unit: str
    reported: Any
    recognised: Any
    units: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class HeldEvent:
    """A themed event of the span, as announced: `amount` in 分, `money` and `qualifier` as in projects."""

    title: str
    kind: str
    held_on: date
    place: str
    count: int | None
    amount: int | None
    money: str
    qualifier: str


@dataclass(frozen=True)
class Change:
    """A figure that a correction changes; `unit` is empty for the city. Finished texts."""

    unit: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Corrected:
    """The issued bulletin that this one corrects."""

    number: int
    dated_on: date
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Source:
    """Everything a section may say, as known at the issue's seq. Finished figures; no section computes."""

    kind: str
    campaign: str
    office: str
    basis: str
    groups: tuple[str, ...]
    first_on: date
    last_on: date
    month_text: str
    # Whether the month was over at the cut-off: before that, a task is not missed but not met yet.
    month_over: bool
    cutoff_on: date
    level: int
    # Whether the scheme lets the public read who is behind.
    behind_is_public: bool
    city: tuple[Indicator, ...]
    # By indicator: those with the best rate first, zeros after them, units without a task last.
    units: Mapping[str, tuple[UnitRow, ...]]
    # The same units in the order of the region's own list.
    roll: tuple[str, ...]
    ranking: tuple[Ranked, ...]
    ahead: tuple[NamedProject, ...]
    behind: tuple[NamedProject, ...]
    problems: tuple[Problems, ...]
    differences: tuple[Difference, ...]
    events: tuple[HeldEvent, ...]
    corrects: Corrected | None
    formula: tuple[str, ...]

    @property
    def level_text(self) -> str:
        """快报数 or 认定数."""
        return "快报数" if self.level == 1 else "认定数"

    @property
    def until_text(self) -> str:
        """The cut-off as every table says it."""
        return f"截至{self.cutoff_on.month}月{self.cutoff_on.day}日"


class Section(Protocol):
    """The face of every module in `sections/`. `words` is what the office wrote for it; numbers come from the source."""

    NAME: str
    TITLE: Any
    KINDS: frozenset[str]
    # Whether the office is expected to write something here.
    WORDS: bool

    def collect(self, source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
        """The section's blocks; empty when it has nothing to say to this audience."""

    def suggested(self, source: Source) -> str:
        """Words to begin with."""
