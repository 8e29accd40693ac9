"""What is asked and what only its owner knows: targets, figures, bonds, land, problems, companies' projects."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tools.demo_city import words
from tools.demo_city.story import (
    KEY_COMPLETED,
    KEY_STARTED,
    LANDED_STARTED,
    OPENING,
    SIGNED,
    City,
    Claim,
    Project,
)

MONTHS = ("2020-09", "2020-10", "2020-11", "2020-12")
MAIN = (
    ("signed_1yi", SIGNED), ("landed_started_5yi", LANDED_STARTED), ("key_started", KEY_STARTED),
    ("key_completed", KEY_COMPLETED),
)
COUNTY_NAMES = [name for _, name, _ in words.COUNTIES]
COMPANY_NAMES = [short for _, _, short, _ in words.COMPANIES]
PROBLEMS = (
    "项目用地报批滞后", "施工用电接入未落实", "园区道路未贯通", "临时用地协议到期", "征拆协议尾户", "管线迁改方案未定", "环评批复补正", "设备进口清关",
)


@dataclass
class Bond:
    """A batch of special-bond money of a project, 万元."""

    project: str
    batch: str
    amount: int
    issued: date
    drawn: int


def companies(city: City) -> None:
    """City-owned companies build some of the key projects: they land in a county and are credited to the company too."""
    def of(kind: str) -> list[Project]:
        days = {c.project: c.on for c in city.claims if c.kind == kind and c.ends == "recognised"}
        return [
            p for p in city.projects
            if "key" in p.lists and not p.bringer and p.code in days and days[p.code].strftime("%Y-%m") == "2020-09"
        ]

    starts, completions = of("started"), of("completed")
    for at, count in enumerate((3, 2, 2, 1)):
        for project in starts[at * 8 : at * 8 + count]:
            project.bringer = COMPANY_NAMES[at]
    for at, count in enumerate((2, 1, 1, 0)):
        for project in completions[at * 5 : at * 5 + count]:
            project.bringer = COMPANY_NAMES[at]
    for project in [p for p in city.projects if p.bringer in COMPANY_NAMES]:
        for month in (7, 8, 9):
            amount = city.random.randrange(5, 40) * 100
            on = date(2020, month, city.random.randrange(10, 29))
            city.claim(project, "funds_in_place", on, amount=f"{amount}万元")


def bonds(city: City) -> list[Bond]:
    """Special bonds of eight counties: batches of spring and summer, drawn month by month."""
    found = []
    for at, county in enumerate(COUNTY_NAMES[:8]):
        works = [p for p in city.projects if p.unit == county and not p.investor_code and p.registered < date(2020, 2, 1)]
        for number, project in enumerate(works[: 1 + at % 2]):
            project.lists.append("bond")
            amount = (30 + 10 * at + 5 * number) * 100
            bond = Bond(project.code, f"2020年第{1 + number}批", amount, date(2020, 4 + 2 * number, 15), 0)
            share = (92, 78, 64, 85, 97, 55, 70, 81)[at]
            bond.drawn = amount * share // 100
            for month, part in ((6 + number, 40), (8, 30), (9, 30)):
                city.claim(
                    project, "bond_drawn", date(2020, month, 20 + number), amount=f"{bond.drawn * part // 100}万元",
                    batch=bond.batch,
                )
            found.append(bond)
    return found


def land_and_problems(city: City) -> dict[tuple[str, str, str], str]:
    """Reserve land and assigned problems as plain claims; their targets by (round, unit, measure)."""
    targets: dict[tuple[str, str, str], str] = {}
    for at, county in enumerate(COUNTY_NAMES):
        wanted = 300 + 60 * at
        targets["2020-09", county, "land_reserved"] = f"{wanted}亩"
        done = wanted * (110, 95, 80, 100, 125, 90, 70, 60, 105, 50)[at] // 100
        for number, part in enumerate((60, 40)):
            _plain(city, county, "land_reserved", date(2020, 8 + number, 12 + at), f"{done * part // 100}亩",
                   f"{county}储备地块{number + 1}号")
        due = (3, 2, 4, 2, 3, 2, 2, 3, 2, 0)[at]
        solved = (3, 2, 3, 2, 3, 1, 2, 1, 2, 0)[at]
        if due:
            targets["2020-09", county, "problems_solved"] = str(due)
        for number in range(solved):
            _plain(city, county, "problem_solved", date(2020, 9, 12 + number * 3), "", f"{county}：{PROBLEMS[(at + number) % len(PROBLEMS)]}",
                   due=date(2020, 9, 28))
    for at, (_, _, name, _) in enumerate(words.DEPARTMENTS):
        due = 2 if at % 2 == 0 else 1
        if name not in {"住建局", "农业农村局"}:
            targets["2020-09", name, "problems_solved"] = str(due)
            for number in range(due if at != 4 else due - 1):
                _plain(city, name, "problem_solved", date(2020, 9, 15 + number), "", f"{name}承办：{PROBLEMS[(at + number) % len(PROBLEMS)]}",
                       due=date(2020, 9, 28))
    return targets


def _plain(city: City, unit: str, kind: str, on: date, amount: str, title: str, due: date | None = None) -> None:
    reported = max(on + timedelta(days=1), OPENING + timedelta(days=1))
    city.claims.append(Claim("", unit, kind, on, reported, amount=amount, title=title, due=due))


def main_targets(city: City) -> dict[tuple[str, str, str], str]:
    """September as published in sum; October to December alike; the year from what the pace allows."""
    targets: dict[tuple[str, str, str], str] = {}
    done = to_date(city)
    for measure, table in MAIN:
        for at, (task, _) in enumerate(table):
            county = COUNTY_NAMES[at]
            for number, month in enumerate(MONTHS):
                if task is not None:
                    targets[month, county, measure] = str(task + (number + at) % 2 if number else task)
            reached = done[county, measure]
            months = sum(int(targets.get((month, county, measure), "0")) for month in MONTHS)
            # The year asks for no less than what stood before September and the months' tasks together.
            year = max(reached + 2, reached * 100 // (78 + (at * 7) % 17), reached - table[at][1] + months)
            targets["2020", county, measure] = str(year)
            if measure in {"signed_1yi", "key_started"}:
                follow = {"signed_1yi": "signed_to_date", "key_started": "key_started_to_date"}[measure]
                targets["2020", county, follow] = str(year)
    return targets


def to_date(city: City) -> Counter[tuple[str, str]]:
    """What each county has reached from January to September by our own count, for setting the year's targets only."""
    projects = {p.code: p for p in city.projects}
    found: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, str]] = set()
    landed = {c.project for c in city.claims if c.kind == "landed"}
    for claim in sorted((c for c in city.claims if c.ends == "recognised" and c.project), key=lambda c: c.on):
        project = projects[claim.project]
        if (claim.project, claim.kind) in seen:
            continue
        seen.add((claim.project, claim.kind))
        if not date(2020, 1, 1) <= claim.on <= date(2020, 9, 30):
            continue
        if claim.kind == "signed" and project.contract >= 10_000:
            found[project.unit, "signed_1yi"] += 1
        if claim.kind == "started" and "key" in project.lists:
            found[project.unit, "key_started"] += 1
        if claim.kind == "started" and project.total >= 50_000 and claim.project in landed:
            found[project.unit, "landed_started_5yi"] += 1
        if claim.kind == "completed" and "key" in project.lists:
            found[project.unit, "key_completed"] += 1
    return found


def other_targets() -> dict[tuple[str, str, str], str]:
    """Departments bring in signings; companies build key projects and find funds."""
    targets: dict[tuple[str, str, str], str] = {}
    for name in ("发改委", "商务局", "财政局", "自然资源局", "工信局", "国资委", "农业农村局", "住建局"):
        targets["2020-09", name, "brought_signed"] = "2" if name == "商务局" else "1"
        targets["2020-09", name, "brought_amount"] = "3亿元" if name == "商务局" else "1.2亿元"
    for at, name in enumerate(COMPANY_NAMES):
        targets["2020-09", name, "built_key_started"] = str((2, 2, 2, 1)[at])
        if at < 3:
            targets["2020-09", name, "built_key_completed"] = str((1, 1, 2)[at])
        targets["2020-09", name, "built_funds"] = f"{(20000, 12000, 12000, 6000)[at]}万元"
    return targets


def figures(found: list[Bond], city: City) -> dict[tuple[str, str, str], str]:
    """Owners' figures of September. 石鹭县 was not checked in the field: the scheme gives it the group's mean."""
    of = {p.code: p.unit for p in city.projects}
    values: dict[tuple[str, str, str], str] = {}
    available: Counter[str] = Counter()
    for bond in found:
        available[of[bond.project]] += bond.amount
    for county, amount in available.items():
        values["2020-09", county, "bond_available"] = f"{amount}万元"
    for at, county in enumerate(COUNTY_NAMES):
        values["2020-09", county, "fixed_investment_growth"] = f"{(9.2, 8.6, 7.4, 8.8, 11.3, 8.1, 6.9, 5.8, 9.6, 7.7)[at]}%"
        values["2020-09", county, "industrial_investment_growth"] = f"{(11.5, 10.2, 9.1, 10.8, 14.6, 9.9, 8.4, 7.0, 11.0, 9.3)[at]}%"
        if at != 9:
            values["2020-09", county, "field_check"] = str((92, 88, 85, 90, 95, 86, 84, 78, 91)[at])
    for at, company in enumerate(COMPANY_NAMES):
        values["2020-09", company, "operating_result"] = f"{(32500, 18600, 21400, 9300)[at]}万元"
        values["2020-09", company, "operating_plan"] = f"{(30000, 18000, 24000, 10000)[at]}万元"
        values["2020-09", company, "management_efficiency"] = str((91, 88, 86, 90)[at])
        values["2020-09", company, "risk_events"] = str((0, 1, 0, 2)[at])
        values["2020-09", company, "debts_overdue"] = "0"
    return values
