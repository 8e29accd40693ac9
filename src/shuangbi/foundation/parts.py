"""What the components of a page are given: small records, filled by views and drawn by templatetags/foundation.py."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One point of a time line. `state`: done, planned, overdue or stopped."""

    when: date | datetime
    title: Any
    text: Any = ""
    state: str = "done"
    url: str = ""
    by: Any = ""


@dataclass(frozen=True)
class Step:
    """One step of a review chain. `state`: done, current, waiting or returned."""

    title: Any
    state: str = "waiting"
    by: Any = ""
    when: date | datetime | None = None
    note: Any = ""


@dataclass(frozen=True)
class Evidence:
    """One paper or photo behind a claim. `size` in bytes; `kind`: file, image or table."""

    name: str
    url: str
    size: int
    sha256: str = ""
    kind: str = "file"
    note: Any = ""
    when: date | datetime | None = None


@dataclass(frozen=True)
class Chart:
    """An ECharts option and the same figures as a table: what cannot be seen can be read."""

    name: str
    title: Any
    option: dict[str, Any]
    head: tuple[Any, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    height: int = 320
    unit: Any = ""
