"""Which claims count, on which day and for whom: "What is posted" of docs/fact-tables.md, walked through in loops."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shuangbi_engine.tables import Project, Round

from .reading import Claim, Known, Tree, money


@dataclass(frozen=True)
class Counted:
    """A claim's part for one unit."""

    unit: str
    subject: str
    claim: str
    day: date
    count: Fraction
    amount: int
    size: int
    project: Project | None


def counted(known: Known, rules: Tree, measure: Tree) -> list[Counted]:
    """Every part of every claim that a measure's state, level and credit mode count, whatever window and filter say."""
    state = rules["counting"]["states"][measure["state"]]
    stands = [known.claims[name] for name in known.standing[measure["level"]]]
    stands = [claim for claim in stands if claim.day is not None]
    found = []
    for subject in {claim.subject for claim in stands}:
        own = [claim for claim in stands if claim.subject == subject]
        for day, claim in _of_subject(own, state):
            found += _parts(known, rules, measure, state, claim, day)
    return found


def _of_subject(stands: list[Claim], state: Tree) -> list[tuple[date, Claim]]:
    """The claims of a subject that count for a state, with their effective days."""
    days = {}
    for kind in state.get("requires", ()):
        reached = [claim.day for claim in stands if claim.kind == kind]
        if not reached:
            return []
        days[kind] = min(reached)
    found = [(max([claim.day, *days.values()]), claim) for claim in stands if claim.kind in state["claims"]]
    found.sort(key=lambda pair: (pair[0], pair[1].first, pair[1].name))
    return found[:1] if state["once"] == "subject" else found


def _parts(known: Known, rules: Tree, measure: Tree, state: Tree, claim: Claim, day: date) -> list[Counted]:
    project = known.projects.get(claim.subject)
    size = getattr(project, state["size"]) if project and state["size"] != "none" else 0
    amount = _amount(state, claim, project)
    owner = project.unit if project else claim.unit
    bringer = project.bringer if project else ""
    one = Fraction(1)
    parts: dict[str, tuple[Fraction, int]] = {}
    mode = measure["credit"]
    if mode == "owner":
        parts[owner] = (one, amount)
    elif mode == "bringer":
        parts |= {bringer: (one, amount)} if bringer else {}
    elif mode == "bringer_or_owner":
        parts[bringer or owner] = (one, amount)
    else:
        parts = _by_contract(known, claim.subject, owner, day, amount, rules["counting"]["split_counts"])
    return [
        Counted(unit, claim.subject, claim.name, day, count, part, size, project)
        for unit, (count, part) in parts.items()
        if count or part
    ]


def _amount(state: Tree, claim: Claim, project: Project | None) -> int:
    if state["amount"] == "claim":
        return claim.amount
    if state["amount"] == "none" or project is None:
        return 0
    return int(getattr(project, state["amount"]))


def _by_contract(
    known: Known, subject: str, owner: str, day: date, amount: int, split: str
) -> dict[str, tuple[Fraction, int]]:
    shares: dict[str, Fraction] = {}
    for row in known.credits.get(subject, ()):
        begun = row.first_day is None or row.first_day <= day
        if begun and (row.last_day is None or day <= row.last_day):
            shares[row.unit] = shares.get(row.unit, Fraction(0)) + Fraction(row.share, 10_000)
    shares[owner] = shares.get(owner, Fraction(0)) + 1 - sum(shares.values())
    having = [unit for unit in sorted(shares) if shares[unit]]
    taker = owner if shares[owner] else having[-1]
    parts = {unit: int(amount * share) for unit, share in shares.items()}  # int() rounds towards zero
    parts[taker] = amount - sum(part for unit, part in parts.items() if unit != taker)
    whole = {unit: Fraction(1 if share else 0) for unit, share in shares.items()}
    counts = whole if split == "whole" else shares
    return {unit: (counts[unit], parts[unit]) for unit in shares}


def passes(part: Counted, where: Tree) -> bool:
    """Whether a filter takes what a claim counted."""
    project = part.project
    lists = set(project.lists) if project else set()
    tags = set(project.tags) if project else set()
    industry = project.industry if project else ""
    tests = []
    if "size_at_least" in where:
        tests.append(part.size >= money(where["size_at_least"]))
    if "size_below" in where:
        tests.append(part.size < money(where["size_below"]))
    for key, have in (("lists", lists), ("tags", tags)):
        if key in where:
            tests.append(bool(have & set(where[key])))
        if f"without_{key}" in where:
            tests.append(not have & set(where[f"without_{key}"]))
    if "industries" in where:
        tests.append(any(industry.startswith(code) for code in where["industries"]))
    if "without_industries" in where:
        tests.append(not any(industry.startswith(code) for code in where["without_industries"]))
    return all(tests)


def counts_from(known: Known, asked: Round) -> date:
    """The first day of what "to date" means."""
    if asked.counts_from is not None:
        return asked.counts_from
    year = known.rounds.get(asked.year)
    return year.start if year is not None else asked.start


def window(known: Known, asked: Round, name: str) -> tuple[date, date] | None:
    """First and last day of a window in a round; None where there are no days at all."""
    if name == "round":
        return asked.start, asked.end
    if name == "to_date":
        return counts_from(known, asked), asked.end
    if name == "stock":
        return date.min, asked.end
    before = known.rounds.get(asked.previous)
    return None if before is None else (before.start, before.end)
