"""A synthetic city for the benchmarks: 30 units, 2,000 projects, 64,000 rows of facts over three years, from one seed."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from .folder import histories
from .scheme import Scheme
from .scheme_file import parse_scheme
from .tables import TABLES, ClaimEvent, Event, Facts, GroupHistory, Participant, Project, Round, Target

UNITS, PROJECTS, ROWS = 30, 2_000, 64_000
YEAR, MONTH = "2020", "2020-09"
FIRST, LAST = date(2018, 1, 1), date(2020, 12, 31)
AMOUNTS = ("invested", "funds_in_place")
STAGES = ("signed", "landed", "started", "completed", "in_production")
YI = 10**10


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one item of the city's scheme counts: told to the engine, to pandas and to plain SQL alike."""

    name: str
    claims: str
    take: str
    window: str
    full: int
    credit: str = "owner"
    key: bool = False
    size: int = 0
    requires: str = ""

    @property
    def once(self) -> bool:
        """States count once a project, amounts each time."""
        return self.claims not in AMOUNTS


INDICATORS = (
    Indicator("signed", "signed", "count", "round", 10, size=YI),
    Indicator("signed_amount", "signed", "amount", "round", 10, size=YI),
    Indicator("signed_year", "signed", "count", "to_date", 10, size=YI),
    Indicator("landed_started", "started", "count", "round", 10, size=5 * YI, requires="landed"),
    Indicator("started_key", "started", "count", "round", 10, key=True),
    Indicator("started_year", "started", "count", "to_date", 5, key=True),
    Indicator("completed_key", "completed", "count", "round", 10, key=True),
    Indicator("completed_year", "completed", "count", "to_date", 5),
    Indicator("produced", "in_production", "count", "to_date", 5),
    Indicator("invested", "invested", "amount", "to_date", 10),
    Indicator("funds", "funds_in_place", "amount", "to_date", 5),
    Indicator("brought", "signed", "count", "round", 10, credit="bringer"),
)


@dataclass(frozen=True, slots=True)
class City:
    """The rows, the scheme's text and the last seq of each week of the year."""

    projects: tuple[Project, ...]
    claims: tuple[ClaimEvent, ...]
    facts: Facts
    text: str
    weeks: tuple[int, ...]

    @property
    def scheme(self) -> Scheme:
        """The scheme, read anew."""
        return parse_scheme(self.text)

    @property
    def histories(self) -> tuple[GroupHistory, ...]:
        """The rows of each project together."""
        return histories(self.projects, self.claims, ())

    @property
    def last(self) -> int:
        """The last seq."""
        return self.weeks[-1]


def make_city(seed: int = 2020, rows: int = ROWS) -> City:
    """A city of about so many rows of projects and claims; a smaller one has fewer claims a project."""
    random = Random(seed)  # noqa: S311
    told: list[tuple[date, int, Project | ClaimEvent]] = []
    for at in range(PROJECTS):
        told.append((FIRST, at, _project(random, at)))
        if random.randrange(10) == 0:
            told.append((FIRST + timedelta(random.randrange(1, 1_090)), at, _project(random, at)))
    number = 0
    while len(told) < rows:
        told += _claim(random, number)
        number += 1
    told.sort(key=lambda row: row[:2])
    projects: list[Project] = []
    claims: list[ClaimEvent] = []
    for seq, (_, _, row) in enumerate(told, start=1):
        kept: Any = _at(row, seq)
        (projects if isinstance(row, Project) else claims).append(kept)
    days = [day for day, _, _ in told]
    weeks = tuple(sum(day <= date(2020, 1, 5) + timedelta(7 * week) for day in days) for week in range(52))
    return City(tuple(projects), tuple(claims), _facts(random), scheme_text(), weeks)


def _at(row: Any, seq: int) -> Any:
    return type(row)(**{part.name: getattr(row, part.name) for part in fields(row)} | {"seq": seq})


def _project(random: Random, at: int) -> Project:
    size = random.choice((YI // 2, YI, 3 * YI, 5 * YI, 12 * YI)) + random.randrange(10**9)
    return Project(
        seq=0,
        project=f"P{at:04}",
        unit=f"U{at % UNITS:02}",
        bringer=f"U{random.randrange(UNITS):02}" if random.randrange(4) == 0 else "",
        total_investment=size,
        contract_amount=size,
        industry=random.choice(("C36", "C3670", "F51", "D44")),
        lists=("key",) if random.randrange(3) == 0 else (),
        tags=tuple(name for name in ("new", "export") if random.randrange(4) == 0),
    )


def _claim(random: Random, number: int) -> Iterable[tuple[date, int, ClaimEvent]]:
    """A claim reported, checked and recognised (or refused) within days; some are corrected later."""
    subject = random.randrange(PROJECTS)
    kind = random.choice((*STAGES, *AMOUNTS, *AMOUNTS))
    day = FIRST + timedelta(random.randrange(1_080))
    first = ClaimEvent(0, f"C{number:06}", f"P{subject:04}", "reported", kind, f"U{subject % UNITS:02}", day, random.randrange(YI))
    yield day + timedelta(2), PROJECTS + number, first
    ends: Event = "refused" if random.randrange(12) == 0 else "recognised"
    steps: tuple[tuple[int, Event], ...] = ((5, "checked"), (9, ends))
    for days, event in steps:
        if day + timedelta(days) <= LAST:
            yield day + timedelta(days), PROJECTS + number, ClaimEvent(0, first.claim, first.subject, event)
    if random.randrange(30) == 0 and day + timedelta(30) <= LAST:
        moved = day + timedelta(random.randrange(1, 20))
        amount = random.randrange(YI)
        corrected = ClaimEvent(0, first.claim, first.subject, "corrected", day=moved, amount=amount)
        yield day + timedelta(30), PROJECTS + number, corrected


def _facts(random: Random) -> Facts:
    rounds = [Round(0, YEAR, "year", date(2020, 1, 1), LAST)]
    for month in range(1, 13):
        start = date(2020, month, 1)
        end = date(2020, month + 1, 1) - timedelta(1) if month < 12 else LAST
        rounds.append(Round(0, f"2020-{month:02}", "month", start, end, year=YEAR, previous=f"2020-{month - 1:02}"))
    participants = tuple(Participant(0, f"U{at:02}", "counties") for at in range(UNITS))
    targets = tuple(
        Target(0, one.participant, indicator.name, row.round, _target(random, indicator, row.kind == "year"))
        for one in participants
        for indicator in INDICATORS
        for row in rounds
    )
    return Facts(tuple(rounds), participants, targets)


def _target(random: Random, indicator: Indicator, year: bool) -> int:
    of_month = random.randint(1, 4) * (YI if indicator.take == "amount" else 1)
    return of_month * (8 if year or indicator.window == "to_date" else 1)


def scheme_text() -> str:
    """The city's scheme file: a ratio to the target for each indicator, at most 120 %."""
    states = {(one.claims, one.requires): _state(one) for one in INDICATORS}
    measures = "\n".join(
        f"  {one.name}: {{title: {one.name}, state: {_state_name(one)}, level: recognised, credit: {one.credit}, "
        f"take: {one.take}, window: {one.window}{_where(one)}}}"
        for one in INDICATORS
    )
    items = "\n".join(
        f"      - {{name: {one.name}, title: {one.name}, full: {one.full}, when_missing: skip_and_reweight, steps: "
        f"[{{ratio: {{of: {one.name}, to: target}}}}, {{clamp: {{low: 0, high: 120%}}}}, {{scale: {{full: {one.full}}}}}]}}"
        for one in INDICATORS
    )
    names, full = ", ".join(one.name for one in INDICATORS), sum(one.full for one in INDICATORS)
    return f"""\
format: 1
name: bench-city
title: bench
basis: bench
compare_at: 2
ties: shared
waived: zero
counting:
  split_counts: shares
  states:
{chr(10).join(states.values())}
measures:
{measures}
city: {{target: sum_of, group: counties, schedule: days, indicators: [signed, started_key]}}
groups:
  counties:
    title: counties
    items:
{items}
    totals:
      month: {{name: total, title: total, full: {full}, items: [{names}]}}
"""


def _state_name(one: Indicator) -> str:
    return f"{one.claims}-after-{one.requires}" if one.requires else one.claims


def _state(one: Indicator) -> str:
    amount, once = ("total_investment", "subject") if one.once else ("claim", "no")
    requires = f", requires: [{one.requires}]" if one.requires else ""
    return (
        f"    {_state_name(one)}: {{title: {one.claims}, claims: [{one.claims}]{requires}, once: {once}, "
        f"size: total_investment, amount: {amount}}}"
    )


def _where(one: Indicator) -> str:
    tests = [*(["lists: [key]"] if one.key else []), *([f"size_at_least: {one.size}分"] if one.size else [])]
    return f", where: {{{', '.join(tests)}}}" if tests else ""


def write_folder(city: City, folder: Path) -> Path:
    """The city as `shuangbi evaluate` reads it; gives the scheme's file."""
    tables: dict[str, tuple[Any, ...]] = {
        "projects": city.projects,
        "claims": city.claims,
        "rounds": city.facts.rounds,
        "participants": city.facts.participants,
        "targets": city.facts.targets,
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["seq", *(column.name for column in TABLES[name])])
            writer.writerows(
                [row.seq, *(_cell(getattr(row, column.field or column.name)) for column in TABLES[name])] for row in rows
            )
    scheme = folder / "scheme.yaml"
    scheme.write_text(city.text, encoding="utf-8")
    return scheme


def _cell(value: Any) -> str:
    return "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
