"""What the rows of the fact tables say at a seq, and what the texts of a scheme file mean."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from shuangbi_engine.tables import ClaimEvent, Credit, Facts, Participant, Project, Round, Target

Tree = dict[str, Any]
MONEY_WORDS = {"亿元": 10**10, "万元": 10**6, "元": 100}
GOOD = {"reported": ("checked", "recognised"), "recognised": ("recognised",)}


def number(text: str) -> Fraction:
    """12, 0.5, 50% and 5/3, exactly."""
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def money(text: str) -> int:
    """An amount in 分 from text with its unit."""
    for word, size in MONEY_WORDS.items():
        if text.endswith(word):
            return int(Fraction(text.removesuffix(word)) * size)
    return int(text)


def half_up(value: Fraction, scale: int) -> int:
    """The value in units of 1/scale; the nearer one, a half away from zero."""
    size = abs(value) * scale
    whole = size.numerator // size.denominator
    if size - whole >= Fraction(1, 2):
        whole += 1
    return -whole if value < 0 else whole


@dataclass
class Claim:
    """A claim as its rows leave it."""

    name: str
    subject: str
    first: int
    status: str = "reported"
    kind: str = ""
    unit: str = ""
    day: date | None = None
    amount: int = 0
    replaces: str = ""


@dataclass(frozen=True)
class World:
    """All rows of a folder, in the order of their files, and the scheme's tree."""

    rules: Tree
    projects: tuple[Project, ...]
    claims: tuple[ClaimEvent, ...]
    credits: tuple[Credit, ...]
    facts: Facts


@dataclass
class Known:
    """What is known at a seq."""

    projects: dict[str, Project]
    claims: dict[str, Claim]
    credits: dict[str, list[Credit]]
    rounds: dict[str, Round]
    targets: dict[tuple[str, str, str], Target]
    figures: dict[tuple[str, str, str], Fraction]
    waived: set[tuple[str, str, str]]
    adjustments: list[Any]
    members: list[Participant]
    standing: dict[str, set[str]] = field(default_factory=dict)


def in_order(rows: Iterable[Any], seq: int) -> list[Any]:
    """The rows known at a seq in the order in which they became known; those of one seq in the order of the file."""
    return sorted((row for row in rows if row.seq <= seq), key=lambda row: row.seq)


def latest(rows: Iterable[Any], seq: int, key: Callable[[Any], Any]) -> dict[Any, Any]:
    """The last row of each key."""
    return {key(row): row for row in in_order(rows, seq)}


def known_at(world: World, seq: int) -> Known:
    """Everything that the rows say at a seq."""
    facts = world.facts
    shares: dict[str, list[Credit]] = {}
    for row in latest(world.credits, seq, lambda row: (row.project, row.unit, row.contract)).values():
        shares.setdefault(row.project, []).append(row)
    by_name = ("participant", "figure", "round")
    figures = latest(facts.figures, seq, lambda row: tuple(getattr(row, name) for name in by_name))
    waivers = latest(facts.waivers, seq, lambda row: (row.participant, row.item, row.round))
    targets = latest(facts.targets, seq, lambda row: (row.participant, row.measure, row.round))
    adjustments = latest(facts.adjustments, seq, lambda row: row.adjustment)
    members = latest(facts.participants, seq, lambda row: (row.participant, row.round))
    found = Known(
        projects=latest(world.projects, seq, lambda row: row.project),
        claims=claims_at(world.claims, seq),
        credits=shares,
        rounds=latest(facts.rounds, seq, lambda row: row.round),
        targets={key: row for key, row in targets.items() if row.value is not None or row.subjects},
        figures={key: row.value for key, row in figures.items() if row.value is not None},
        waived={key for key, row in waivers.items() if row.reason},
        adjustments=[row for row in adjustments.values() if row.points],
        members=list(members.values()),
    )
    found.standing = {level: standing(found.claims, level) for level in GOOD}
    return found


def claims_at(rows: Iterable[ClaimEvent], seq: int) -> dict[str, Claim]:
    """Each claim with what its rows said: empty leaves, filled replaces, the status is the last event."""
    found: dict[str, Claim] = {}
    for row in in_order(rows, seq):
        claim = found.setdefault(row.claim, Claim(row.claim, row.subject, row.seq))
        if row.event != "corrected":
            claim.status = row.event
        claim.kind = row.kind or claim.kind
        claim.unit = row.unit or claim.unit
        claim.replaces = row.replaces or claim.replaces
        claim.day = claim.day if row.day is None else row.day
        claim.amount = claim.amount if row.amount is None else row.amount
    return found


def standing(claims: dict[str, Claim], level: str) -> set[str]:
    """The claims that stand at a level: of good status and replaced by no other of good status, also along a chain."""
    good = {name for name, claim in claims.items() if claim.status in GOOD[level]}
    replaced: set[str] = set()
    for name in good:
        passed: set[str] = set()
        before = claims[name].replaces
        while before and before not in passed:
            passed.add(before)
            before = claims[before].replaces if before in claims else ""
        replaced |= passed - {name}
    return good - replaced


def year_of(asked: Round) -> str:
    """The round that holds the year's targets: the one named, else the round itself."""
    return asked.year or asked.round


def target_of(known: Known, who: str, measure: str, round_name: str) -> Fraction | None:
    """What is asked: a number, or the number of named projects; None where nothing is."""
    row = known.targets.get((who, measure, round_name))
    if row is None:
        return None
    return Fraction(len(set(row.subjects))) if row.subjects else Fraction(row.value)


def named_in(known: Known, who: str, measure: str, round_name: str) -> set[str]:
    """The projects that a target names."""
    row = known.targets.get((who, measure, round_name))
    return set(row.subjects) if row is not None else set()


def members_of(known: Known, round_name: str) -> dict[str, Participant]:
    """Who takes part in a round: a row with the round wins over one without; no group is not taking part."""
    general = {row.participant: row for row in known.members if not row.round}
    own = {row.participant: row for row in known.members if row.round == round_name}
    return {who: row for who, row in {**general, **own}.items() if row.group}


def units_of(row: Participant) -> set[str]:
    """The units that feed a participant."""
    return set(row.units) or {row.participant}
