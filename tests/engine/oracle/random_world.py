"""Random folders of facts: everything that can happen to projects, claims, shares, targets and rounds, at many seqs."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from shuangbi_engine.tables import (
    EVENTS,
    MONEYS,
    Adjustment,
    ClaimEvent,
    Credit,
    Event,
    Facts,
    Figure,
    Participant,
    Project,
    Round,
    Target,
    Waiver,
)

from .random_scheme import KINDS, NAMES, Maker
from .reading import Tree, World, half_up, number

UNITS = ("U1", "U2", "U3", "U4", "U5", "U6")
PARTICIPANTS = ("U1", "U2", "U3", "P4", "P5", "merged")
ROUNDS = ("2020-08", "2020-09", "2020-10", "2020-Q3", "2020")
LAST = 20
FIRST_DAY = date(2020, 7, 15)
OFTEN: tuple[Event, ...] = (*EVENTS, *("recognised",) * 9, *("checked",) * 3)
MONEY = (0, 1, 30_000, 9_999_999_999, 10**10, 5 * 10**11, 10**11, 7 * 10**10 + 1)


def world(seed: str) -> World:
    """The world of a seed; `World.rules` is a scheme that the checker accepts."""
    random = Random(seed)
    rules = Maker(random).scheme()
    return Drawer(random, rules).world()


class Drawer:
    """Draws the rows of the fact tables for a scheme."""

    def __init__(self, random: Random, rules: Tree) -> None:
        self.random, self.rules = random, rules
        self.subjects = [f"S{at}" for at in range(random.randint(3, 9))]

    def often(self, chance: float) -> bool:
        return self.random.random() < chance

    def seq(self) -> int:
        return self.random.choice((0, self.random.randint(0, LAST)))

    def day(self) -> date:
        return FIRST_DAY + timedelta(self.random.randrange(120))

    def no_or(self, *choices: str) -> str:
        return "" if self.often(0.3) else self.random.choice(choices)

    def world(self) -> World:
        projects = [row for subject in self.subjects for row in self.projects(subject)]
        claims = [row for subject in self.subjects for row in self.claims(subject)]
        shares = [row for subject in self.subjects for row in self.shares(subject)]
        for rows in (projects, claims, shares):
            self.random.shuffle(rows)
        facts = Facts(
            tuple(self.rounds()),
            tuple(self.participants()),
            tuple(self.targets()),
            tuple(self.figures()),
            tuple(self.adjustments()),
            tuple(self.waivers()),
        )
        return World(self.rules, tuple(projects), tuple(claims), tuple(shares), facts)

    def projects(self, subject: str) -> list[Project]:
        return [
            Project(
                seq=self.seq(),
                project=subject,
                unit=self.random.choice(UNITS),
                bringer=self.no_or(*UNITS),
                **{money: self.random.choice(MONEY) for money in MONEYS},
                industry=self.no_or("C36", "C3670", "F51", "D"),
                lists=tuple(name for name in NAMES if self.often(0.3)),
                tags=tuple(name for name in NAMES if self.often(0.3)),
            )
            for _ in range(self.random.choice((0, 1, 1, 1, 2, 3)))
        ]

    def claims(self, subject: str) -> list[ClaimEvent]:
        rows: list[ClaimEvent] = []
        own: list[str] = []
        for at in range(self.random.randint(1, 14)):
            old = bool(own) and self.often(0.45)
            name = self.random.choice(own) if old else f"{subject}-{self.random.randrange(100)}-{at}"
            own += [] if old else [name]
            rows.append(
                ClaimEvent(
                    seq=self.seq(),
                    claim=name,
                    subject=subject,
                    event=self.random.choice(OFTEN),
                    kind="" if old and self.often(0.9) else self.random.choice(KINDS),
                    unit=self.no_or(*UNITS),
                    day=None if self.often(0.4 if old else 0.1) else self.day(),
                    amount=self.random.choice((None, None, 0, 1, -7, 12_345, 10**10 + 3, 333, 10**9)),
                    replaces=self.random.choice(own) if self.often(0.15) else "",
                )
            )
        return rows

    def shares(self, subject: str) -> list[Credit]:
        """Rows of contracts that together never share out more than a whole."""
        rows = []
        left = 10_000
        for at in range(self.random.choice((0, 0, 1, 2, 3))):
            most = left if self.often(0.3) else min(left, self.random.choice((1, 3333, 5000)))
            left -= most
            unit, contract = self.random.choice(UNITS), f"K{at}" if at else ""
            for _ in range(self.random.randint(1, 2)):
                share = most if self.often(0.7) else self.random.randint(0, most)
                first, last = (None if self.often(0.7) else self.day() for _ in range(2))
                rows.append(Credit(self.seq(), subject, unit, share, first, last, contract))
        return rows

    def rounds(self) -> list[Round]:
        dates = {
            "2020-08": ("month", date(2020, 8, 1), date(2020, 8, 31), "2020"),
            "2020-09": ("month", date(2020, 9, 1), date(2020, 9, 30), "2020"),
            "2020-10": ("month", date(2020, 10, 1), date(2020, 10, 31), "2020"),
            "2020-Q3": ("quarter", date(2020, 7, 1), date(2020, 9, 30), "2020"),
            "2020": ("year", date(2020, 8, 1), date(2020, 11, 30), ""),
        }
        rows = []
        for name, (kind, start, end, year) in dates.items():
            late = name in ("2020", "2020-08") and self.often(0.2)
            for at in range(2 if self.often(0.2) else 1):
                moved = timedelta(self.random.choice((0, 0, 0, 3, -9)))
                rows.append(
                    Round(
                        seq=self.seq() if at or late else 0,
                        round=name,
                        kind=kind,
                        start=start + moved,
                        end=end + moved,
                        counts_from=self.day() if self.often(0.2) else None,
                        year=self.random.choice(("", "2020")) if year and self.often(0.3) else year,
                        previous=self.no_or(*ROUNDS),
                    )
                )
        return rows

    def participants(self) -> list[Participant]:
        groups = tuple(self.rules["groups"])
        rows = []
        for name in PARTICIPANTS:
            rows.append(Participant(0, name, self.no_or(*groups, *groups), self.units(name)))
            if self.often(0.3):
                round_name = self.no_or(*ROUNDS)
                rows.append(Participant(self.seq(), name, self.no_or(*groups), self.units(name), round_name))
        return rows

    def units(self, name: str) -> tuple[str, ...]:
        if name in UNITS and self.often(0.7):
            return ()
        return tuple(self.random.choices(UNITS, k=self.random.randint(1, 3)))

    def targets(self) -> list[Target]:
        rows = []
        for measure, rule in self.rules["measures"].items():
            values = (0, 1, 2, 3, 7) if rule["take"] == "count" else (0, 100, 10**10, 3 * 10**10 + 1)
            for round_name in ROUNDS:
                for name in (*PARTICIPANTS, "city"):
                    if self.often(0.25):
                        continue
                    for _ in range(2 if self.often(0.2) else 1):
                        listed = rule["take"] == "count" and self.often(0.6 if "only_listed" in rule else 0.1)
                        if "only_listed" in rule and self.often(0.6):
                            listed = True
                        named = tuple(self.random.choices(self.subjects, k=3)) if listed else ()
                        value = None if named or self.often(0.1) else self.random.choice(values)
                        rows.append(Target(self.seq(), name, measure, round_name, value, named))
        return rows

    def figures(self) -> list[Figure]:
        values = (None, Fraction(0), Fraction(1, 3), Fraction(-5, 2), Fraction(875, 10), Fraction(3), Fraction(10**10))
        return [
            Figure(self.seq(), name, figure, round_name, self.random.choice(values))
            for figure in self.rules["figures"]
            for round_name in ROUNDS
            for name in PARTICIPANTS
            for _ in range(self.random.choice((0, 1, 1, 2)))
        ]

    def adjustments(self) -> list[Adjustment]:
        rows = []
        for kind, rule in self.rules.get("adjustments", {}).items():
            low, high = half_up(number(rule["low"]), 10_000), half_up(number(rule["high"]), 10_000)
            for _ in range(self.random.randint(0, 8)):
                points = self.random.choice((0, low, high, self.random.randint(low, high)))
                name, round_name = self.random.choice(PARTICIPANTS), self.random.choice(ROUNDS)
                identity = f"{kind}-{self.random.randint(1, 5)}"
                rows.append(Adjustment(self.seq(), identity, name, round_name, kind, points))
        return rows

    def waivers(self) -> list[Waiver]:
        items = sorted({item["name"] for group in self.rules["groups"].values() for item in group["items"]})
        return [
            Waiver(
                self.seq(),
                self.random.choice(PARTICIPANTS),
                self.random.choice(items),
                self.random.choice(ROUNDS),
                self.no_or("why"),
            )
            for _ in range(self.random.randint(0, 8))
        ]
