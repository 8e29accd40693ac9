"""The labelled passages: read from cases/*.toml, with the defaults those files describe filled in."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from shuangbi.exchange.figures import Figure, read

FOLDER = Path(__file__).parent / "cases"
EVERY_FIELD = [field.name for field in fields(Figure) if field.name != "span_start"]
SETS = ["intake", "seen", "set_aside_first", "set_aside_second", "set_aside_third"]
CORE = [name for name in EVERY_FIELD if name not in ("subject", "place", "span")]
"""The fields that say what is claimed; the others (subject, place, span) say how it is worded and where."""


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    codes: list[str]
    figures: list[dict[str, object]]


def cases(name: str) -> list[Case]:
    """The cases of one file, every field of every figure filled in."""
    content = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return [
        Case(c["id"], c["text"], c["codes"], [_filled(figure, c["text"]) for figure in c["figures"]])
        for c in content["case"]
    ]


def _filled(figure: dict[str, object], text: str) -> dict[str, object]:
    money = figure.get("amount_wan") is not None or figure.get("measure") == "money"
    defaults = {
        "measure": "count" if figure["kind"] == "indicator" else None,
        "currency": "CNY" if money or "unit_price" in figure else None,
        "amount_qualifier": "exact" if money else None,
        "planned": False,
        "span": text.strip("。\n"),
    }
    return {name: figure.get(name, defaults.get(name)) for name in EVERY_FIELD}


def found(figure: Figure) -> dict[str, object]:
    """A figure as the cases write it."""
    return {name: getattr(figure, name) for name in EVERY_FIELD}


@dataclass(frozen=True)
class Score:
    """What a set scores; run it on a new set at first contact. How many passages came out entirely right, and how many figures are right in every core field with a span
    that overlaps the labelled one."""

    passages_right: int
    passages: int
    figures_right: int
    figures_found: int
    figures: int


def score(labelled: list[Case]) -> Score:
    """Passages: every field of every figure. Figures: the core fields and an overlapping span."""
    passages = right = got_count = wanted_count = 0
    for case in labelled:
        got = read(case.text)
        passages += [found(figure) for figure in got] == case.figures
        right += _matches(case, got)
        got_count += len(got)
        wanted_count += len(case.figures)
    return Score(passages, len(labelled), right, got_count, wanted_count)


def _matches(case: Case, got: list[Figure]) -> int:
    left = list(got)
    matched = 0
    for wanted in case.figures:
        start = case.text.index(str(wanted["span"]))
        end = start + len(str(wanted["span"]))
        for figure in left:
            overlaps = figure.span_start < end and start < figure.span_start + len(figure.span)
            if overlaps and all(getattr(figure, name) == wanted[name] for name in CORE):
                left.remove(figure)
                matched += 1
                break
    return matched
