"""Periods by name, with both ends."""

from datetime import date

import pytest

from shuangbi.foundation.periods import month_end, period, week_of


@pytest.mark.parametrize(
    ("name", "starts_on", "ends_on"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2020-W01", date(2019, 12, 30), date(2020, 1, 5)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2020-W40", date(2020, 9, 28), date(2020, 10, 4)),
    ],
)
def test_a_name_is_a_span_of_days(name, starts_on, ends_on):
    found = period(name)
    assert (found.name, found.starts_on, found.ends_on) == (name, starts_on, ends_on)
    assert starts_on in found
    assert ends_on in found
    assert date.fromordinal(starts_on.toordinal() - 1) not in found


@pytest.mark.parametrize("name", ["", "2020-13", "2020-00", "2020-Q5", "2020-W54", "2019-W53", "20-09", "2020-9", "2020-09 "])
def test_a_name_of_no_period_is_refused(name):
    with pytest.raises(ValueError):  # noqa: PT011 the name is all it says
        period(name)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 9, 27), "2020-W39"), (date(2020, 9, 28), "2020-W40"), (date(2021, 1, 3), "2020-W53"),
        (date(2019, 12, 30), "2020-W01"), (date(2021, 1, 4), "2021-W01"),
    ],
)
def test_a_day_lies_in_its_iso_week(day, name):
    assert week_of(day).name == name
    assert day in week_of(day)


def test_the_last_day_of_a_month():
    assert [month_end(2020, 2), month_end(1900, 2), month_end(2020, 12)] == [
        date(2020, 2, 29), date(1900, 2, 28), date(2020, 12, 31),
    ]
