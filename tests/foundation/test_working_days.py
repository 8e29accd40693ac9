"""Working days around the holidays of 2020: 1 to 8 October are off, 27 September and 10 October are worked."""

import json
from datetime import date

import pytest

from shuangbi.foundation.working_days import (
    CALENDARS,
    CalendarMissing,
    add_working_days,
    is_working_day,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2020, 9, 25), True), (date(2020, 9, 26), False), (date(2020, 9, 27), True), (date(2020, 9, 30), True),
        (date(2020, 10, 1), False), (date(2020, 10, 8), False), (date(2020, 10, 9), True), (date(2020, 10, 10), True),
        (date(2020, 10, 11), False), (date(2020, 1, 31), False), (date(2020, 2, 3), True),
    ],
)
def test_holidays_and_make_up_days(day, worked):
    assert is_working_day(day) is worked


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2020, 9, 30), 1, date(2020, 10, 9)),
        (date(2020, 9, 30), 3, date(2020, 10, 12)),
        (date(2020, 10, 1), 0, date(2020, 10, 9)),
        (date(2020, 9, 30), 0, date(2020, 9, 30)),
        (date(2020, 12, 31), 1, date(2021, 1, 4)),
    ],
)
def test_days_are_counted_on(day, count, then):
    assert add_working_days(day, count) == then


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2020, 9, 30), date(2020, 10, 9), 1), (date(2020, 9, 25), date(2020, 9, 30), 4),
        (date(2020, 9, 30), date(2020, 9, 30), 0), (date(2020, 10, 9), date(2020, 9, 30), -1),
    ],
)
def test_days_between(start, end, days):
    assert working_days_between(start, end) == days


def test_a_year_without_a_calendar_is_named():
    with pytest.raises(CalendarMissing, match="1999"):
        is_working_day(date(1999, 1, 4))


@pytest.mark.parametrize("path", sorted(CALENDARS.glob("*.json")), ids=lambda path: path.stem)
def test_every_calendar_names_its_source_and_only_days_that_differ(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["source"]
    assert {day[:4] for day in (*data["off"], *data["worked"])} <= {path.stem, str(int(path.stem) - 1)}
    assert all(date.fromisoformat(day).weekday() >= 5 for day in data["worked"])
    assert not set(data["off"]) & set(data["worked"])
