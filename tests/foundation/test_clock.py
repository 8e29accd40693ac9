"""The one clock: business time that a demo may shift and a test may hold, real time that nobody may."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shuangbi.foundation import clock

NINE = datetime(2020, 10, 20, 9, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _fresh():
    clock._shift.cache_clear()
    yield
    clock._shift.cache_clear()


def test_it_is_held_and_let_go():
    with clock.standing_at(NINE):
        assert clock.now() == datetime(2020, 10, 20, 1, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC
        assert clock.today() == date(2020, 10, 20)
        with clock.standing_at(NINE + timedelta(days=1)):
            assert clock.today() == date(2020, 10, 21)
        assert clock.today() == date(2020, 10, 20)
    assert clock.real_now() - clock.now() < timedelta(minutes=1)


def test_the_day_is_shanghais():
    with clock.standing_at(datetime(2020, 9, 30, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2020, 10, 1)
        assert clock.local(clock.now()).hour == 0


def test_a_moment_without_a_zone_is_none():
    with pytest.raises(ValueError, match="aware"), clock.standing_at(NINE.replace(tzinfo=None)):
        pass


def test_it_stands_still_for_a_while():
    with clock.still() as moment:
        assert clock.now() == moment == clock.now()
    with clock.standing_at(NINE), clock.still() as moment:
        assert moment == NINE


def test_only_the_demo_is_shifted_and_runs_on(settings, tmp_path):
    settings.HOME, settings.IS_DEMO = tmp_path, True
    clock.open_at(NINE)
    first = clock.now()
    assert timedelta(0) <= first - NINE < timedelta(minutes=1)
    assert clock.now() > first
    assert clock.real_now() - clock.now() > timedelta(days=365)


def test_outside_the_demo_a_shift_is_refused(settings, tmp_path):
    settings.HOME, settings.IS_DEMO = tmp_path, False
    with pytest.raises(clock.ClockRefused):
        clock.open_at(NINE)
    (tmp_path / "clock.json").write_text('{"shift_microseconds": 1}')
    with pytest.raises(clock.ClockRefused):
        clock.now()


def test_outside_demo_and_tests_it_cannot_be_held(settings):
    settings.TESTING = settings.IS_DEMO = False
    with pytest.raises(clock.ClockRefused), clock.standing_at(NINE):
        pass
