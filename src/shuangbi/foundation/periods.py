"""Periods by name: `2020-09` a month, `2020-Q3` a quarter, `2020` a year, `2020-W40` a week (Monday to Sunday)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NAME = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|W(?P<week>\d{2})|(?P<month>\d{2})))?")


@dataclass(frozen=True)
class Period:
    """A named span of days, both ends included."""

    name: str
    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def period(name: str) -> Period:
    """The period a name stands for. Raises ValueError for a name of no period."""
    found = NAME.fullmatch(name)
    if not found:
        raise ValueError(name)
    year = int(found["year"])
    if found["quarter"]:
        last = int(found["quarter"]) * 3
        return Period(name, date(year, last - 2, 1), month_end(year, last))
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        return Period(name, monday, monday + timedelta(days=6))
    if found["month"]:
        month = int(found["month"])
        return Period(name, date(year, month, 1), month_end(year, month))
    return Period(name, date(year, 1, 1), date(year, 12, 31))


def week_of(day: date) -> Period:
    """The ISO week a day lies in."""
    year, week, _ = day.isocalendar()
    return period(f"{year}-W{week:02d}")
