"""Scoring a round at a seq: facts and postings in, a score sheet out. The only caller of the engine but the commands.

Nothing here writes: postings are brought up to date elsewhere, and every page names the seq it shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from shuangbi.competitions.choices import RoundKind
from shuangbi.competitions.models import Competition, SchemeFile, Watermark
from shuangbi.competitions.queries import facts_at, frozen_scheme, parsed
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.queries import head_seq
from shuangbi_engine import evaluate, postings
from shuangbi_engine.backends import backend
from shuangbi_engine.measuring import measured_at, measured_values
from shuangbi_engine.scheme import Level, Scheme
from shuangbi_engine.sheet import ScoreSheet
from shuangbi_engine.values import MeasuredValues

TABLE = "competitions_posting"


@dataclass(frozen=True)
class Scored:
    """A round as it stands at a seq, at one level."""

    competition: Competition
    round_name: str
    scheme: Scheme
    scheme_file: SchemeFile
    seq: int
    level: Level
    values: MeasuredValues
    sheet: ScoreSheet | None


def at_level(scheme: Scheme, level: Level) -> Scheme:
    """The same scheme counted at another level: weekly circulars take the 快报数 of the measures an evaluation recognises."""
    measures = {name: replace(measure, level=level) for name, measure in scheme.measures.items()}
    return replace(scheme, measures=measures)


def score(
    *, competition: Competition, round_name: str, seq: int | None = None, level: Level = 2, with_sheet: bool = True
) -> Scored:
    """Score a round as known at a seq (None: as far as the postings reach). Raises Refused without a frozen scheme."""
    at = head_seq() if seq is None else seq
    file = frozen_scheme(competition, at)
    if file is None:
        raise Refused(_("No scheme was frozen yet."))
    return _score(competition, file, round_name, at, level, with_sheet)


def _score(
    competition: Competition, file: SchemeFile, round_name: str, seq: int, level: Level, with_sheet: bool
) -> Scored:
    key = (competition.id, file.digest, round_name, seq, level, with_sheet)
    cached = _cache.get(key)
    if cached is not None:
        return cached
    scheme = at_level(parsed(file), level) if level == 1 else parsed(file)
    facts = facts_at(competition, seq)
    values = measured_values(_backend(scheme), scheme, facts, round_name, seq, _earlier(competition, file, round_name, seq))
    sheet = evaluate(scheme, values) if with_sheet else None
    scored = Scored(competition, round_name, scheme, file, seq, level, values, sheet)
    if len(_cache) > CACHED:
        _cache.clear()
    _cache[key] = scored
    return scored


CACHED = 64
# What was known at a seq never changes, so a scored round may be kept as long as the process lives.
_cache: dict[tuple[Any, ...], Scored] = {}


def _backend(scheme: Scheme) -> Any:
    digest = postings.policy_digest(scheme.policy)
    place = backend("postgresql" if connection.vendor == "postgresql" else "sqlite")
    made = place.PostgresqlBackend if connection.vendor == "postgresql" else place.SqliteBackend
    return made(connection, f"(SELECT * FROM {TABLE} WHERE policy = '{digest}') AS postings")  # noqa: S608 - a digest


def _earlier(competition: Competition, file: SchemeFile, round_name: str, seq: int) -> Mapping[str, Mapping[str, int]]:
    """Totals of the rounds that a composite of this round takes."""
    return {}
