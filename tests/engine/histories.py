"""Random histories, policies and schemes for property tests: small worlds in which everything happens.

Each is built from one seed, so that all values are evenly likely and a failing world is one number.
"""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from shuangbi_engine.scheme import (
    CREDIT_MODES,
    WINDOWS,
    CountingPolicy,
    Filter,
    Group,
    Indicator,
    Item,
    Measure,
    Missing,
    Node,
    Progress,
    Ranking,
    Scheme,
    Source,
    State,
    Step,
)
from shuangbi_engine.tables import (
    EVENTS,
    MONEYS,
    ClaimEvent,
    Credit,
    Facts,
    GroupHistory,
    Participant,
    Project,
    Round,
    Target,
)

UNITS = ("A", "B", "C")
KINDS = ("signed", "landed", "started")
FIRST = date(2020, 8, 20)
LAST_SEQ = 6
OFTEN = (*EVENTS, *("recognised",) * 6, "checked", "checked")
MONEYS_OR_NONE = ("none", *MONEYS)
MISSING = ("skip_and_reweight", "full", "zero", "group_lowest", "group_mean", "fixed")
MARKERS = (("|list:key|",), ("|tag:old|", "|tag:key|"), ("|industry:C",))


def some_day(random):
    return None if random.random() < 0.1 else FIRST + timedelta(random.randrange(60))


def names(random):
    return tuple(name for name in ("key", "old") if random.random() < 0.4)


def history(random, subject="P"):
    """All rows of one once-group, each part ordered as it became known."""
    projects = [
        Project(
            seq=random.randint(0, LAST_SEQ),
            project=subject,
            unit=random.choice(UNITS),
            bringer=random.choice(("", *UNITS)),
            **{money: random.choice((0, 1, 5, 10)) for money in MONEYS},
            industry=random.choice(("", "C36", "F")),
            lists=names(random),
            tags=names(random),
        )
        for _ in range(random.randint(0, 3))
    ]
    claims, known = [], []
    for at in range(random.randint(0, 9)):
        old = bool(known) and random.random() < 0.4
        claim = random.choice(known) if old else f"{subject}-{at}"
        if not old:
            known.append(claim)
        claims.append(
            ClaimEvent(
                seq=random.randint(0, LAST_SEQ),
                claim=claim,
                subject=subject,
                event=random.choice(OFTEN),
                kind="" if old and random.random() < 0.9 else random.choice(KINDS),
                unit=random.choice(("", *UNITS)),
                day=some_day(random),
                amount=random.choice((None, -3, 0, 4, 9)),
                replaces=random.choice(("", "", "", "", random.choice(known))),
            )
        )
    shares = [
        Credit(
            seq=random.randint(0, LAST_SEQ),
            project=subject,
            unit=random.choice(UNITS),
            share=random.choice((0, 1, 3333, 5000)),
            first_day=random.choice((None, some_day(random))),
            last_day=random.choice((None, some_day(random))),
            contract=random.choice(("", "K")),
        )
        for _ in range(random.randint(0, 2))
    ]
    return GroupHistory(subject, ordered(projects), ordered(claims), ordered(shares))


def ordered(rows):
    return tuple(sorted(rows, key=lambda row: row.seq))


def policy(random):
    """A counting policy of one to three states."""
    states = tuple(
        State(
            name=f"state{at}",
            title=f"state {at}",
            claims=tuple(random.sample(KINDS, random.randint(1, 2))),
            requires=tuple(random.sample(KINDS, random.choice((0, 0, 1)))),
            once=random.random() < 0.7,
            size=random.choice(MONEYS_OR_NONE),
            amount=random.choice(("claim", "claim", *MONEYS_OR_NONE)),
        )
        for at in range(random.randint(1, 3))
    )
    return CountingPolicy(states, CREDIT_MODES, random.choice(("shares", "whole")))


def measures(random, counting):
    found = {}
    for at in range(random.randint(1, 4)):
        found[f"m{at}"] = Measure(
            name=f"m{at}",
            title=f"m{at}",
            state=random.choice(counting.states).name,
            level=random.choice((1, 2)),
            credit=random.choice(CREDIT_MODES),
            take=random.choice(("count", "amount")),
            window=random.choice(WINDOWS),
            unit="count",
            where=Filter(
                random.choice((None, None, 1, 5)),
                random.choice((None, None, 10)),
                tuple(random.sample(MARKERS, random.choice((0, 0, 0, 1, 2)))),
                random.choice(((), (), ("|list:old|",))),
            ),
            only_listed=random.random() < 0.3,
        )
    return found


def scheme(random):
    """A scheme whose items are ratios of random measures, with a random tree and missing rules."""
    counting = policy(random)
    found = measures(random, counting)
    items = tuple(
        Item(
            name=f"i{at}",
            title=f"i{at}",
            full=Fraction(random.randint(0, 7), 3),
            steps=(
                Step("ratio", {"of": Source("measure", name), "to": Source("target", name)}),
                Step("scale", {"full": Fraction(random.randint(1, 9), 7)}),
            ),
            missing=Missing(random.choice(MISSING), Fraction(1, 3)),
        )
        for at, name in enumerate(found)
    )
    listed = tuple(item.name for item in items)
    at = random.randint(0, len(listed))
    low, high = random.choice(((None, None), (Fraction(1), None), (None, Fraction(2))))
    child = Node("child", "child", weight=Fraction(1, 3), items=listed[at:])
    tree = Node("total", "total", items=listed[:at], children=(child,), low=low, high=high)
    return Scheme(
        name="random",
        title="random",
        basis="",
        policy=counting,
        measures=found,
        figures={},
        groups={"all": Group("all", "all", items, {"month": tree})},
        ranking=Ranking(random.randint(0, 4), random.choice(("shared", "dense"))),
        waived="zero",
        progress=Progress((Indicator("m0", "m0", 2),), "sum_of", "all", random.choice(("rounds", "days"))),
        adjustments={},
        outcomes=(),
        digest="",
    )


def world(random):
    """A scheme, the histories of three subjects and the facts of a month."""
    made = scheme(random)
    rounds = (
        Round(0, "2020-08", "month", date(2020, 8, 1), date(2020, 8, 31), year="2020"),
        Round(0, "2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), year="2020", previous="2020-08"),
        Round(0, "2020", "year", date(2020, 8, 25), date(2020, 12, 31)),
    )
    participants = (
        Participant(0, "A", "all", ("A", "B")),
        Participant(0, "C", "all"),
        Participant(0, "none", "all", ("nobody",)),
    )
    asked = ((None, ()), (0, ()), (3, ()), (7, ()), (None, ("P0", "P1")))
    targets = tuple(
        Target(0, who, measure, round_name, *random.choice(asked))
        for who in ("A", "C")
        for measure in made.measures
        for round_name in ("2020-09", "2020")
    )
    found = tuple(history(random, f"P{at}") for at in range(3))
    return made, found, Facts(rounds=rounds, participants=participants, targets=targets)


def seeded(make):
    """A strategy of what `make` builds from a seed."""
    return st.integers(0, 2**48).map(lambda seed: make(Random(seed)))


histories = seeded(history)
policies = seeded(policy)
worlds = seeded(world)
