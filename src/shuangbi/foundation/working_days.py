"""Working days (工作日): weekends, holidays and make-up days, the last two as yearly data in `calendars/`."""

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

CALENDARS = Path(__file__).parent / "calendars"


class CalendarMissing(LookupError):
    """No holidays are on file for a year that a clock runs through; the remedy is to add calendars/<year>.json."""


@lru_cache(maxsize=32)
def _calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    path = CALENDARS / f"{year}.json"
    if not path.exists():
        raise CalendarMissing(year)
    data = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(map(date.fromisoformat, data["off"])), frozenset(map(date.fromisoformat, data["worked"]))


def is_working_day(day: date) -> bool:
    """Whether offices work on a day. Raises CalendarMissing."""
    off, worked = _calendar(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; with 0 the day itself or the next working day."""
    current = day
    if count == 0:
        while not is_working_day(current):
            current += timedelta(days=1)
        return current
    left = count
    while left:
        current += timedelta(days=1)
        left -= is_working_day(current)
    return current


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day))
