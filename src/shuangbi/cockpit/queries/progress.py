"""Targets and completions of a round: month and year to date side by side, for the city and for each unit."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from shuangbi.cockpit.queries.shown import Shown, language
from shuangbi.competitions.scoring import sums_by_span
from shuangbi.foundation.formats import NOTHING, money_text
from shuangbi.foundation.periods import week_of
from shuangbi.organisations.access import Access
from shuangbi_engine.scheme import Scheme

Number = int | str | None
"""A whole number in base units, a shared count as text, or nothing."""


@dataclass(frozen=True)
class Progress:
    """One indicator of the city or of a unit. `flash` figures stand where the 快报数 differs. Rates in per cent as text."""

    name: str
    title: str
    unit: str
    target: Number
    actual: Number
    rate: str | None
    year_target: Number
    to_date: Number
    year_rate: str | None
    expected: str | None
    ahead: Fraction | None
    flash: Number = None
    flash_to_date: Number = None
    who: str = ""
    who_id: str = ""
    is_ours: bool = False
    title_zh: str = ""

    @property
    def met(self) -> bool:
        """Whether the round's target is reached."""
        return self.target is not None and Fraction(self.actual or 0) >= Fraction(self.target)

    def _text(self, value: Number) -> str:
        if value is None:
            return NOTHING
        return money_text(int(value), "亿元") if self.unit == "fen" else str(value)

    @property
    def target_text(self) -> str:
        return self._text(self.target)

    @property
    def actual_text(self) -> str:
        return self._text(self.actual)

    @property
    def flash_text(self) -> str:
        return "" if self.flash is None else self._text(self.flash)

    @property
    def year_target_text(self) -> str:
        return self._text(self.year_target)

    @property
    def to_date_text(self) -> str:
        return self._text(self.to_date)

    @property
    def flash_to_date_text(self) -> str:
        return "" if self.flash_to_date is None else self._text(self.flash_to_date)


@dataclass(frozen=True)
class Table:
    """One indicator with the units it is asked of: best first, zeros after all others, no target last."""

    city: Progress
    rows: tuple[Progress, ...]


def indicator_title(scheme: Scheme, name: str, title: str) -> str:
    """The title of an indicator in the language of the page."""
    measure = scheme.measures[name]
    if language() == "en" and measure.title_en:
        return measure.title_en[:1].upper() + measure.title_en[1:]
    return title


def _progress(row: dict[str, Any], title: str) -> Progress:
    ahead = row["ahead"]
    return Progress(
        name=row["indicator"], title=title, unit=row["unit_name"], target=row["target"], actual=row["actual"],
        rate=row["rate"], year_target=row["year_target"], to_date=row["to_date"], year_rate=row["year_rate"],
        expected=row["expected"], ahead=None if ahead is None else Fraction(ahead) / 100,
    )


def city_rows(shown: Shown) -> list[Progress]:
    """The city's indicators in the order of the scheme, each with the other level where it differs."""
    found = []
    flash = {row.indicator: row for row in shown.scored_at(1).sheet.progress if row.participant == "city"}
    for row in shown.sheet["city"]:
        title = indicator_title(shown.scheme, row["indicator"], row["title"])
        one = replace(_progress({**row, "unit_name": row["unit"]}, title), title_zh=row["title"])
        other = flash.get(row["indicator"])
        if shown.level == 2 and other is not None:
            actual, to_date = _whole(other.actual), _whole(other.to_date)
            one = replace(
                one, flash=actual if actual != one.actual else None,
                flash_to_date=to_date if to_date != one.to_date else None,
            )
        found.append(one)
    return found


def unit_tables(shown: Shown, access: Access, city: list[Progress]) -> list[Table]:
    """The units of each indicator, in the order in which circulars name them."""
    own = str(access.person.unit_id) if access.person and access.person.unit_id else ""
    rows: dict[str, list[Progress]] = {one.name: [] for one in city}
    units = {one.name: one.unit for one in city}
    for row in shown.sheet["progress"]:
        name = row["indicator"]
        one = _progress({**row, "unit_name": units[name]}, "")
        rows[name].append(replace(one, who=unit_name(row), who_id=row["id"], is_ours=row["id"] == own))
    return [Table(one, tuple(sorted(rows[one.name], key=_descending))) for one in city]


def unit_name(row: dict[str, Any]) -> str:
    """A unit's name of a sheet in the language of the page."""
    english: str = row.get("unit_en") or row["unit"]
    return english if language() == "en" else str(row["unit"])


def _descending(row: Progress) -> tuple[bool, bool, Fraction, Fraction, str]:
    actual = Fraction(row.actual or 0)
    rate = actual / Fraction(row.target) if row.target else Fraction(-1)
    return (row.target is None, not actual, -rate, -actual, row.who_id)


def _whole(value: Fraction) -> Number:
    return int(value) if value.denominator == 1 else str(value)


@dataclass(frozen=True)
class Week:
    """A week as far as it lies within the round, with each indicator's count in it and since the round began."""

    label: str
    starts_on: date
    ends_on: date
    cells: tuple[tuple[str, str], ...]
    totals: tuple[Fraction, ...]


def weeks_of(shown: Shown, city: list[Progress], until: date) -> list[Week]:
    """The round week by week (Monday to Sunday), up to a day; no weeks for a round longer than a quarter."""
    first, last = shown.round.starts_on, min(shown.round.ends_on, until)
    if (shown.round.ends_on - first).days > 92 or last < first:
        return []
    spans = []
    day = first
    while day <= last:
        end = min(week_of(day).ends_on, last)
        spans.append((day, end))
        day = end + timedelta(days=1)
    sums = sums_by_span(shown.scored, [one.name for one in city], spans)
    found: list[Week] = []
    running = [Fraction(0)] * len(city)
    for span, values in zip(spans, sums, strict=True):
        running = [total + values[one.name] for total, one in zip(running, city, strict=True)]
        cells = tuple(
            (one._text(_whole(values[one.name])), one._text(_whole(total)))
            for one, total in zip(city, running, strict=True)
        )
        label = f"{span[0].month}.{span[0].day}–{span[1].month}.{span[1].day}"
        found.append(Week(label, span[0], span[1], cells, tuple(running)))
    return found
