"""Claims and projects + counting policy → postings, one pure fold.

Every change posts the new contributions minus the old ones with the seq at which it became known, so what was known
at any seq is a plain sum over a prefix.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date
from typing import Any, NamedTuple

from .history import (
    STANDS_AT,
    Known,
    Standing,
    contribution_count,
    credited,
    in_order,
    known_at,
    split,
    standings,
)
from .scheme import CountingPolicy, Level, State
from .tables import ClaimEvent, GroupHistory

_LEVELS: tuple[Level, ...] = (1, 2)
_STANDING = STANDS_AT[1]


class Key(NamedTuple):
    """What a contribution is about; only its amount and count are added up."""

    unit: str
    subject: str
    state: str
    credit: str
    level: int
    day: int
    size: int
    tags: str


class Posting(NamedTuple):
    """One signed row: `day` is the proleptic ordinal of the effective day, `seq` when it became known.

    `amount` is in the state's unit, `count` in 1/10000.
    """

    unit: str
    subject: str
    state: str
    credit: str
    level: int
    day: int
    seq: int
    size: int
    tags: str
    amount: int
    count: int  # type: ignore[assignment]


COLUMNS = Posting._fields
INDEX = ("level", "credit", "state", "day")
"""The index that a database which keeps postings should have."""

Contributions = dict[Key, tuple[int, int]]


def contributions(known: Known, policy: CountingPolicy) -> Contributions:
    """All that the group contributes as known: amount and count by key, at both levels and every credit mode."""
    found: Contributions = {}
    for state in policy.states:
        found.update(_of_state(known, state, policy))
    return found


def _of_state(known: Known, state: State, policy: CountingPolicy) -> Contributions:
    found: Contributions = {}
    if not any(claim.kind in state.claims and claim.status in _STANDING for claim in known.claims.values()):
        return found
    for level in _LEVELS:
        for row in standings(known, state, level):
            if row.day is not None and not row.reason:
                _credit(found, (known, state, policy), row, level)
    return found


def _credit(
    found: Contributions, about: tuple[Known, State, CountingPolicy], row: Standing, level: Level
) -> None:
    """Add a counted claim to what the group contributes, in every credit mode."""
    known, state, policy = about
    project, day = known.project, row.day or date.min
    size = 0 if project is None or state.size == "none" else getattr(project, state.size)
    amount, ordinal = _amount(known, state, row.claim.amount), day.toordinal()
    for mode in policy.credits:
        shares = credited(known, row.claim, day, mode)
        for (unit, share), part in zip(shares, split(amount, shares), strict=True):
            key = Key(unit, known.subject, state.name, mode, level, ordinal, size, known.tags)
            old = found.get(key, (0, 0))
            found[key] = (old[0] + part, old[1] + contribution_count(share, policy))


def _amount(known: Known, state: State, claimed: int) -> int:
    if state.amount == "claim":
        return claimed
    if state.amount == "none" or known.project is None:
        return 0
    return int(getattr(known.project, state.amount))


def _posted(new: Contributions, old: Contributions, seq: int) -> list[Posting]:
    """New minus old, at a seq, in a fixed order."""
    if new == old:
        return []
    rows = []
    for key in sorted(new.keys() | old.keys()):
        amount = new.get(key, (0, 0))[0] - old.get(key, (0, 0))[0]
        count = new.get(key, (0, 0))[1] - old.get(key, (0, 0))[1]
        if amount or count:
            rows.append(Posting(*key[:6], seq, *key[6:], amount, count))
    return rows


def fold(history: GroupHistory, policy: CountingPolicy) -> list[Posting]:
    """All postings of one once-group, in the order in which they became known."""
    known = Known(history.subject)
    standing: dict[str, Contributions] = {state.name: {} for state in policy.states}
    postings: list[Posting] = []
    rows = in_order(history)
    at = 0
    while at < len(rows):
        seq = rows[at].seq
        touched: set[str] | None = set()
        while at < len(rows) and rows[at].seq == seq:
            touched = _touch(touched, known, rows[at])
            at += 1
        for state in policy.states:
            if touched is not None and touched.isdisjoint((*state.claims, *state.requires)):
                continue
            new = _of_state(known, state, policy)
            postings += _posted(new, standing[state.name], seq)
            standing[state.name] = new
    return postings


def snapshot(history: GroupHistory, policy: CountingPolicy, seq: int | None = None) -> list[Posting]:
    """What a once-group contributes as known at a seq (None: now), posted at once: the sum of the fold up to there."""
    return _posted(contributions(known_at(history, seq), policy), {}, 0 if seq is None else seq)


def _touch(touched: set[str] | None, known: Known, row: object) -> set[str] | None:
    """Learn a row and say which kinds of claim it may change; None stands for all of them."""
    if not isinstance(row, ClaimEvent):
        known.take(row)  # type: ignore[arg-type]
        return None
    before = known.claims.get(row.claim)
    known.take(row)
    after = known.claims[row.claim]
    if touched is None or after.replaces:
        return None
    standing = [claim for claim in (before, after) if claim is not None and claim.status in _STANDING]
    return touched | {claim.kind for claim in standing}


def difference(old: Iterable[Posting], new: Iterable[Posting]) -> list[Posting]:
    """The rows to append so that stored postings `old` sum, at every seq, to what `new` sums to.

    When only later facts have been added the difference is exactly the new rows.
    """
    amounts: Counter[tuple[Any, ...]] = Counter()
    counts: Counter[tuple[Any, ...]] = Counter()
    for sign, rows in ((1, new), (-1, old)):
        for row in rows:
            key = row[:9]
            amounts[key] += sign * row.amount
            counts[key] += sign * row.count
    return sorted(
        (Posting(*key, amounts[key], counts[key]) for key in counts if amounts[key] or counts[key]),  # type: ignore[call-arg]
        key=lambda row: (row.seq, row),
    )


def policy_digest(policy: CountingPolicy) -> str:
    """Which postings these are: sha256 over the policy, so that a changed policy never reads old postings."""
    states = [astuple(state) for state in policy.states]
    text = json.dumps([states, policy.credits, policy.split_counts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
