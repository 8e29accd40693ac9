"""What has been measured and what was asked, for one round, as known at one seq: all that `evaluate` reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .scheme import Window
from .tables import Adjustment, Participant, Round

CITY = "city"
"""The participant that stands for the whole where targets are its own."""


def year_of(asked: Round) -> str:
    """The round that holds the year's targets: a year is its own."""
    return asked.year or asked.round


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """One counted subject of a measure for a participant; `count` in 1/10000, `amount` in base units."""

    subject: str
    unit: str
    size: int
    tags: str
    amount: int
    count: int


MeasureWindow = tuple[str, Window]


@dataclass(frozen=True, slots=True)
class MeasuredValues:
    """Values by (measure, window) and participant, with targets, figures, adjustments and waivers of the round.

    Counts are in ones, amounts in base units; a measure without postings is 0, a missing target or figure is absent.
    """

    round: Round
    participants: Mapping[str, tuple[Participant, ...]]
    measured: Mapping[MeasureWindow, Mapping[str, Fraction]] = field(default_factory=dict)
    city: Mapping[MeasureWindow, Fraction] = field(default_factory=dict)
    targets: Mapping[tuple[str, str], Mapping[str, Fraction]] = field(default_factory=dict)
    figures: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    subjects: Mapping[str, Mapping[str, tuple[SubjectRow, ...]]] = field(default_factory=dict)
    expected: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    waivers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
