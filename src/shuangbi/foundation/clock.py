"""The one clock. Facts, lights, deadlines and bulletins read the business clock; sessions and lock-out read real time.

The demo city has a today of its own: HOME/clock.json shifts the business clock, and only a demo may be shifted.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("business_clock", default=None)


class ClockRefused(Exception):
    """A shifted clock outside the demo."""


def real_now() -> datetime:
    """Real time, UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Business time, UTC, microseconds."""
    return _fixed.get() or real_now() + _shift(str(settings.HOME), settings.IS_DEMO)


def today() -> date:
    """The business day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    """A moment as Shanghai wall time."""
    return moment.astimezone(SHANGHAI)


@lru_cache(maxsize=4)
def _shift(home: str, is_demo: bool) -> timedelta:
    path = Path(home) / "clock.json"
    if not path.exists():
        return timedelta(0)
    if not is_demo:
        raise ClockRefused("clock.json shifts the clock, and this is not the demo. Remove the file.")
    return timedelta(microseconds=json.loads(path.read_text())["shift_microseconds"])


def open_at(moment: datetime) -> None:
    """Let the demo's business clock stand at `moment` now and run on from there."""
    if not settings.IS_DEMO:
        raise ClockRefused("Only the demo's clock can be shifted.")
    shift = moment - real_now()
    path = Path(settings.HOME) / "clock.json"
    path.write_text(json.dumps({"shift_microseconds": shift // timedelta(microseconds=1)}))
    _shift.cache_clear()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Hold the business clock at `moment` (aware); for building the demo and for tests only."""
    if not (settings.IS_DEMO or settings.TESTING):
        raise ClockRefused("Only the demo's clock can be held.")
    if moment.tzinfo is None:
        raise ValueError("moment must be aware")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def still() -> Iterator[datetime]:
    """Read the business clock once and let it stand: what checks a deadline and what stamps a fact are one value."""
    token = _fixed.set(now())
    try:
        yield now()
    finally:
        _fixed.reset(token)
