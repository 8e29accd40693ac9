"""Month and year to date beside each other: target, done, rate, and points ahead of or behind the schedule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .numbers import Unit, rate
from .scheme import Indicator, Level, Scheme
from .values import CITY, MeasuredValues, year_of


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One indicator for the city (participant `city`) or a participant; base units, rates as parts of one.

    `expected` is what was to be reached by the end of the round (序时进度); `ahead` is the rate to date minus the
    expected rate, a difference in percentage points as a part of one.
    """

    indicator: str
    title: str
    participant: str
    unit: Unit
    level: Level
    target: Fraction | None
    actual: Fraction
    rate: Fraction | None
    year_target: Fraction | None
    to_date: Fraction
    year_rate: Fraction | None
    expected: Fraction | None
    ahead: Fraction | None


def progress_rows(scheme: Scheme, values: MeasuredValues) -> tuple[ProgressRow, ...]:
    """The city first, then the participants of the group that the scheme names (all groups where it names none)."""
    rows = []
    for indicator in scheme.progress.indicators:
        rows.append(_city(scheme, values, indicator))
        for group in [scheme.progress.group] if scheme.progress.group else scheme.groups:
            rows += [_of(scheme, values, indicator, one.participant) for one in values.participants[group]]
    return tuple(rows)


def _of(scheme: Scheme, values: MeasuredValues, indicator: Indicator, name: str) -> ProgressRow:
    month = values.measured.get((indicator.measure, "round"), {})
    to_date = values.measured.get((indicator.measure, "to_date"), {})
    targets = values.targets.get((indicator.measure, values.round.round), {})
    year_targets = values.targets.get((indicator.measure, year_of(values.round)), {})
    return _row(
        (scheme, indicator, name),
        (targets.get(name), month.get(name, Fraction(0))),
        (year_targets.get(name), to_date.get(name, Fraction(0))),
        values.expected.get(indicator.measure, {}).get(name),
    )


def _city(scheme: Scheme, values: MeasuredValues, indicator: Indicator) -> ProgressRow:
    targets = values.targets.get((indicator.measure, values.round.round), {})
    year_targets = values.targets.get((indicator.measure, year_of(values.round)), {})
    expected = values.expected.get(indicator.measure, {})
    names = [CITY]
    if scheme.progress.target == "sum_of":
        names = [one.participant for one in values.participants[scheme.progress.group]]
    return _row(
        (scheme, indicator, CITY),
        (_sum(targets, names), values.city.get((indicator.measure, "round"), Fraction(0))),
        (_sum(year_targets, names), values.city.get((indicator.measure, "to_date"), Fraction(0))),
        _sum(expected, names),
    )


def _sum(column: Mapping[str, Fraction], names: Iterable[str]) -> Fraction | None:
    there = [column[name] for name in names if name in column]
    return sum(there, Fraction(0)) if there else None


def _row(
    about: tuple[Scheme, Indicator, str],
    month: tuple[Fraction | None, Fraction],
    year: tuple[Fraction | None, Fraction],
    expected: Fraction | None,
) -> ProgressRow:
    scheme, indicator, name = about
    year_rate, expected_rate = rate(year[1], year[0]), rate(expected or Fraction(0), year[0])
    ahead = None
    if expected is not None and year_rate is not None and expected_rate is not None:
        ahead = year_rate - expected_rate
    return ProgressRow(
        indicator=indicator.measure,
        title=indicator.title,
        participant=name,
        unit=scheme.measures[indicator.measure].unit,
        level=indicator.level,
        target=month[0],
        actual=month[1],
        rate=rate(month[1], month[0]),
        year_target=year[0],
        to_date=year[1],
        year_rate=year_rate,
        expected=expected,
        ahead=ahead,
    )
