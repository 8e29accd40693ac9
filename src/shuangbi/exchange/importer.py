"""What an importer is: a name, the columns of its template, who may, and one function that loads all rows or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shuangbi.competitions.models import Competition
from shuangbi.exchange.table import Column, Row
from shuangbi.organisations.access import Access


@dataclass(frozen=True)
class Context:
    """On whose behalf a table is loaded, for which competition where it matters, under which idempotency key."""

    by: Access
    key: str
    competition: Competition | None = None


@dataclass(frozen=True)
class Loaded:
    """What an import did: how many rows, and lines to hand on (one-time passwords, say)."""

    count: int
    handed_out: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Importer:
    """A kind of table. `load` raises TableRefused with every error it finds and then has written nothing."""

    name: str
    title: Any
    roles: frozenset[str]
    columns: tuple[Column, ...]
    load: Callable[[Sequence[Row], Context], Loaded]
    example: tuple[tuple[str, ...], ...] = ()
    needs_competition: bool = False
