"""What is known of one once-group at a seq: its claims, project and credit shares, and which claims stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .numbers import SHARE
from .scheme import CountingPolicy, CreditMode, Level, State
from .tables import ClaimEvent, Credit, GroupHistory, Project

STANDS_AT: dict[Level, frozenset[str]] = {
    1: frozenset({"checked", "recognised"}),
    2: frozenset({"recognised"}),
}
"""Which status counts at which level."""


class Claim(NamedTuple):
    """A claim as known: what it says now and how far its review has come."""

    claim: str
    first_seq: int
    status: str
    kind: str = ""
    unit: str = ""
    day: date | None = None
    amount: int = 0
    replaces: str = ""


@dataclass(slots=True)
class Known:
    """The state of one once-group after some of its events; `take` moves it forward."""

    subject: str
    project: Project | None = None
    tags: str = ""
    claims: dict[str, Claim] = field(default_factory=dict)
    credits: dict[tuple[str, str], Credit] = field(default_factory=dict)

    def take(self, event: Project | ClaimEvent | Credit) -> None:
        """Learn one more row."""
        if isinstance(event, Project):
            self.project = event
            self.tags = markers(event)
        elif isinstance(event, Credit):
            self.credits[event.unit, event.contract] = event
        else:
            self.claims[event.claim] = _after(self.claims, event)


def _after(claims: dict[str, Claim], event: ClaimEvent) -> Claim:
    """The claim once this event is known. A correction keeps the status it had."""
    old = claims.get(event.claim) or Claim(event.claim, event.seq, "reported")
    return Claim(
        claim=old.claim,
        first_seq=old.first_seq,
        status=old.status if event.event == "corrected" else event.event,
        kind=event.kind or old.kind,
        unit=event.unit or old.unit,
        day=event.day if event.day is not None else old.day,
        amount=event.amount if event.amount is not None else old.amount,
        replaces=event.replaces or old.replaces,
    )


def in_order(history: GroupHistory) -> list[Project | ClaimEvent | Credit]:
    """All rows of a history by seq; within one seq projects come first, then credits, then claims, as given."""
    rows: list[Project | ClaimEvent | Credit] = [*history.projects, *history.credits, *history.claims]
    return sorted(rows, key=lambda row: row.seq)


def known_at(history: GroupHistory, seq: int | None = None) -> Known:
    """What was known at a seq (None: everything)."""
    known = Known(history.subject)
    for row in in_order(history):
        if seq is None or row.seq <= seq:
            known.take(row)
    return known


class Standing(NamedTuple):
    """How a claim fares in a state at a level: `day` when it stands, else `reason` says why not."""

    claim: Claim
    day: date | None
    reason: str = ""
    about: str = ""


def standings(known: Known, state: State, level: Level) -> list[Standing]:
    """Every claim of the state's kinds, in the order in which they would count.

    Reasons: `status` (about = the status), `replaced` (by which claim), `undated`, `requires` (which kind is
    missing), `counted_already` (by which claim). The earliest effective day counts; then the claim known first.
    """
    claims = known.claims.values()
    replaced = _replaced(known, level)
    standing = STANDS_AT[level]
    after = [_first_day(claims, kind, level, replaced) for kind in state.requires]
    missing = state.requires[after.index(None)] if None in after else ""
    reached = max((day for day in after if day is not None), default=date.min)
    found: list[Standing] = []
    for claim in claims:
        if claim.kind not in state.claims:
            continue
        if claim.status not in standing:
            found.append(Standing(claim, None, "status", claim.status))
        elif claim.claim in replaced:
            found.append(Standing(claim, None, "replaced", replaced[claim.claim]))
        elif claim.day is None:
            found.append(Standing(claim, None, "undated"))
        elif missing:
            found.append(Standing(claim, None, "requires", missing))
        else:
            found.append(Standing(claim, max(claim.day, reached)))
    if len(found) > 1:
        found.sort(key=_order)
    if not state.once:
        return found
    first = next((row for row in found if row.day is not None), None)
    if first is None:
        return found
    again = first.claim.claim
    return [
        row if row is first or row.day is None else Standing(row.claim, row.day, "counted_already", again)
        for row in found
    ]


def _order(row: Standing) -> tuple[date, int, str]:
    return (row.day or date.max, row.claim.first_seq, row.claim.claim)


def _first_day(claims: Iterable[Claim], kind: str, level: Level, replaced: dict[str, str]) -> date | None:
    """When a required kind was first reached by a claim that stands at the level."""
    days = [
        claim.day
        for claim in claims
        if claim.kind == kind
        and claim.day is not None
        and claim.status in STANDS_AT[level]
        and claim.claim not in replaced
    ]
    return min(days, default=None)


def _replaced(known: Known, level: Level) -> dict[str, str]:
    """Which claims are replaced, directly or through others, by one that stands at the level."""
    claims = known.claims
    found: dict[str, str] = {}
    for claim in claims.values():
        if not claim.replaces or claim.status not in STANDS_AT[level]:
            continue
        older, passed = claim.replaces, {claim.claim}
        while older and older not in passed:
            passed.add(older)
            found.setdefault(older, claim.claim)
            older = claims[older].replaces if older in claims else ""
    return found


def credited(known: Known, claim: Claim, day: date, mode: CreditMode) -> list[tuple[str, int]]:
    """Which units a claim is credited to, with shares of 1/10000; the owner comes last and takes what is left."""
    owner = known.project.unit if known.project is not None else claim.unit
    bringer = known.project.bringer if known.project is not None else ""
    if mode == "owner":
        return [(owner, SHARE)]
    if mode == "bringer":
        return [(bringer, SHARE)] if bringer else []
    if mode == "bringer_or_owner":
        return [(bringer or owner, SHARE)]
    shares: dict[str, int] = {}
    for credit in sorted(known.credits.values(), key=lambda row: (row.unit, row.contract)):
        open_then = credit.first_day is None or credit.first_day <= day
        if open_then and (credit.last_day is None or day <= credit.last_day) and credit.share:
            shares[credit.unit] = shares.get(credit.unit, 0) + credit.share
    left = SHARE - sum(shares.values())
    own = shares.pop(owner, 0) + left
    return [*sorted(shares.items()), *([(owner, own)] if own else [])]


def markers(project: Project) -> str:
    """Lists, tags and industry as one delimited text that a query can search: |industry:C36|list:key|."""
    names = [
        *(f"industry:{code}" for code in (project.industry,) if code),
        *(f"list:{name}" for name in sorted(set(project.lists))),
        *(f"tag:{name}" for name in sorted(set(project.tags))),
    ]
    return f"|{'|'.join(names)}|" if names else ""


def split(amount: int, shares: list[tuple[str, int]]) -> list[int]:
    """The amount by shares, each rounded down towards zero but the last, which takes what is left: nothing is lost."""
    if len(shares) == 1:
        return [amount]
    parts = [abs(amount) * share // SHARE * (1 if amount >= 0 else -1) for _, share in shares[:-1]]
    return [*parts, amount - sum(parts)] if shares else []


def contribution_count(share: int, policy: CountingPolicy) -> int:
    """What one counted claim adds to a count: its share, or one whole for each where the policy says so."""
    return share if policy.split_counts == "shares" else SHARE
