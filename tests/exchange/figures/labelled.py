"""The labelled passages: read from cases/*.toml, with the defaults those files describe filled in."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from shuangbi.exchange.figures import Figure

FOLDER = Path(__file__).parent / "cases"
EVERY_FIELD = [field.name for field in fields(Figure) if field.name != "span_start"]
CORE = (
    "kind stage count target actual rate amount_wan amount_qualifier currency area_m2 unit_price unit_price_unit"
    " price_role period measure"
).split()
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
        Case(c["id"], c["text"], c["codes"], [_filled(figure, c["text"]) for figure in c["figures"]]) for c in content["case"]
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
