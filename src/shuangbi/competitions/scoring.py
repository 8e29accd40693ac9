"""Scoring a round at a seq: facts and postings in, a score sheet out. The only caller of the engine but the commands.

Nothing here writes: postings are brought up to date elsewhere, and every page names the seq it shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from shuangbi.competitions.models import Competition, SchemeFile
from shuangbi.competitions.queries import counted_seq, facts_at, frozen_scheme, parsed
from shuangbi.foundation.errors import Refused
from shuangbi_engine import evaluate, postings
from shuangbi_engine.backends import backend
from shuangbi_engine.evaluate import EarlierMissing, ScoreSheet
from shuangbi_engine.known import KnownFacts, UnknownRound, known_facts
from shuangbi_engine.measure import unit_sums
from shuangbi_engine.measuring import measured_values
from shuangbi_engine.numbers import SHARE
from shuangbi_engine.offline import rounds_taken
from shuangbi_engine.scheme import Level, Scheme
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
    known: KnownFacts
    values: MeasuredValues
    sheet: ScoreSheet


def at_level(scheme: Scheme, level: Level) -> Scheme:
    """The same scheme counted at another level: weekly circulars take the 快报数 of the measures an evaluation recognises."""
    measures = {name: replace(measure, level=level) for name, measure in scheme.measures.items()}
    return replace(scheme, measures=measures)


def score(
    *, competition: Competition, round_name: str, seq: int | None = None, level: Level = 2
) -> Scored:
    """Score a round as known at a seq (None: now, as far as the postings have read). Raises Refused without a frozen
    scheme or for an unknown round.
    """
    at = counted_seq() if seq is None else seq
    kept = _cache.get((competition.id, round_name, at, level))
    if kept is not None:
        return kept
    file = frozen_scheme(competition, at)
    if file is None:
        raise Refused(_("No scheme was frozen yet."))
    try:
        return _score(competition, file, round_name, at, level)
    except UnknownRound:
        raise Refused(_("There is no round {name}.").format(name=round_name), field="round") from None
    except EarlierMissing as problem:
        message = _("This round takes the scores of earlier ones, and one is missing: {which}.")
        raise Refused(message.format(which=problem)) from None


def _score(competition: Competition, file: SchemeFile, round_name: str, seq: int, level: Level) -> Scored:
    key = (competition.id, round_name, seq, level)
    kept = _cache.get(key)
    if kept is not None:
        return kept
    scheme = at_level(parsed(file), level) if level == 1 else parsed(file)
    facts = facts_at(competition, seq)
    known = known_facts(facts, seq)
    earlier = {
        name: _score(competition, file, name, seq, level).sheet.totals()
        for name in rounds_taken(scheme, known.round(round_name).kind)
        if name in known.rounds and name != round_name
    }
    values = measured_values(_backend(scheme), scheme, facts, round_name, seq, earlier)
    scored = Scored(competition, round_name, scheme, file, seq, level, known, values, evaluate(scheme, values))
    if seq <= counted_seq():
        if len(_cache) >= CACHED:
            # The oldest goes: clearing all would make the next pages score everything again.
            _cache.pop(next(iter(_cache)), None)
        _cache[key] = scored
    return scored


def sums_by_span(
    scored: Scored, measures: Sequence[str], spans: Sequence[tuple[date, date]]
) -> list[dict[str, Fraction]]:
    """The city's sum of each measure in each span of days, as known at the scored seq: one query for all of them."""
    chosen = [scored.scheme.measures[name] for name in measures]
    days = [(first.toordinal(), last.toordinal()) for first, last in spans]
    sums = unit_sums(_backend(scored.scheme), chosen, days, [scored.seq])
    return [
        {
            one.name: Fraction(sum(sums.of(scored.seq, span, one.name).values()), SHARE if one.take == "count" else 1)
            for one in chosen
        }
        for span in days
    ]


CACHED = 64
# What was known at a seq never changes, nor does the scheme in force then, so a scored round may be kept as long as the
# process lives; but only once the postings have read so far.
_cache: dict[tuple[UUID, str, int, Level], Scored] = {}


def _backend(scheme: Scheme) -> Any:
    digest = postings.policy_digest(scheme.policy)
    place = backend("postgresql" if connection.vendor == "postgresql" else "sqlite")
    made = place.PostgresqlBackend if connection.vendor == "postgresql" else place.SqliteBackend
    return made(connection, f"(SELECT * FROM {TABLE} WHERE policy = '{digest}') AS postings")  # noqa: S608 - a digest
