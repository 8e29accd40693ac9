"""Proof: from the document the product was asked for, every figure it is known to state is read, and nothing else.

The document stays outside the project; only its figures stand here. `--data` is its path. `--count` cuts of the text,
drawn with `--seed`, are read besides: none may fail, and every span must be exact.
"""

import random
from pathlib import Path
from typing import Any

from shuangbi.exchange.figures import Figure, read

PAIRS = {
    # (stage, part of the subject): target → done, September
    ("signing", "亿元以上"): (15, 26),
    ("other", "5亿元以上"): (6, 11),
    ("start", "重点项目"): (18, 38),
    ("completion", "重点项目"): (8, 23),
}
EVENTS = {
    # number of projects: stage, money in 万, qualifier
    113: ("other", 6514600, "exact"),
    42: ("signing", 3160000, "exact"),
    36: ("signing", 1200000, "over"),
    25: ("signing", 1600000, "over"),
    41: ("signing", 500000, "over"),
    30: ("signing", 1075000, "exact"),
}
BREAKDOWNS = [
    (1, "农业"),
    (20, "工业"),
    (3, "第三产业"),
    (1, "基础设施"),
    (19, "先进制造"),
    (21, "产业链"),
    (7, "500强"),
    (6, "数字经济"),
]
NAMED_PROJECTS = [(600000, "about")]
QUARTERS = {42: "2020-07-01/2020-09-30", 30: "2021-04-01/2021-06-30"}


def run(*, data: Path | None, count: int | None, seed: int | None) -> dict[str, Any]:
    """Checks made and what failed; without data a single failure says what is missing."""
    if data is None:
        return {"count": 0, "failures": ["--data PATH: the document is not part of the project"]}
    text = data.read_text(encoding="utf-8")
    figures = read(text)
    failures = [
        *_pairs(figures),
        *_events(figures),
        *_slices(figures),
        *_projects(figures),
        *_nothing_else(figures),
        *_inexact(text, figures),
    ]
    cuts = 200 if count is None else count
    failures += _cuts(text, cuts, seed or 0)
    checks = len(PAIRS) + len(EVENTS) + len(BREAKDOWNS) + len(NAMED_PROJECTS) + len(figures) + cuts
    return {"count": checks, "figures": len(figures), "failures": failures}


def _pairs(figures: list[Figure]) -> list[str]:
    indicators = [f for f in figures if f.kind == "indicator" and f.measure == "count"]
    return [
        f"{stage} {part}: {pair} not read"
        for (stage, part), pair in PAIRS.items()
        if not any(
            f.stage == stage and part in (f.subject or "") and (f.target, f.actual) == pair
            for f in indicators
        )
    ]


def _events(figures: list[Figure]) -> list[str]:
    events = [f for f in figures if f.kind == "event"]
    failures = [
        f"event of {size}: {expected} not read"
        for size, expected in EVENTS.items()
        if not any((f.count, f.stage, f.amount_wan, f.amount_qualifier) == (size, *expected) for f in events)
    ]
    for size, period in QUARTERS.items():
        if not any(f.count == size and f.period == period for f in events):
            failures.append(f"event of {size}: quarter {period} not read")
    return failures


def _slices(figures: list[Figure]) -> list[str]:
    read_slices = [
        (f.count, f.subject or "") for f in figures if f.kind == "breakdown" and f.stage == "signing"
    ]
    missing = [
        f"breakdown {size} {part} not read"
        for size, part in BREAKDOWNS
        if not any(size == number and part in subject for number, subject in read_slices)
    ]
    return missing + [f"{len(read_slices)} breakdowns instead of {len(BREAKDOWNS)}"] * (
        len(read_slices) != len(BREAKDOWNS)
    )


def _projects(figures: list[Figure]) -> list[str]:
    projects = [(f.amount_wan, f.amount_qualifier) for f in figures if f.kind == "project"]
    return [] if projects == NAMED_PROJECTS else [f"projects {projects} instead of {NAMED_PROJECTS}"]


def _nothing_else(figures: list[Figure]) -> list[str]:
    """No phone, group number, date, share, view count or cut-off price: each figure is one of those above. Titles may
    repeat them, with or without their money."""
    failures = []
    for figure in figures:
        known = (
            figure.kind == "project"
            or (figure.kind == "indicator" and (figure.target, figure.actual) in PAIRS.values())
            or (figure.kind == "event" and figure.count in EVENTS)
            or (figure.kind == "breakdown" and figure.count in {size for size, _ in BREAKDOWNS})
        )
        if not known or figure.area_m2 or figure.unit_price:
            failures.append(f"read what is no figure: {figure.to_json()}")
    return failures


def _inexact(text: str, figures: list[Figure]) -> list[str]:
    return [
        f"span at {f.span_start} is not in the text"
        for f in figures
        if text[f.span_start : f.span_start + len(f.span)] != f.span
    ]


def _cuts(text: str, count: int, seed: int) -> list[str]:
    """Any piece of the document can be read."""
    dice = random.Random(seed)
    failures = []
    for _ in range(count):
        start = dice.randrange(len(text))
        piece = text[start : start + dice.randrange(2000)]
        failures += [f"cut at {start}: {failure}" for failure in _inexact(piece, read(piece))]
    return failures
