"""Groups ranked, as their sheets say: places, scores, parts and items; and the rounds of a competition at a glance."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from shuangbi.cockpit.queries.progress import Progress, city_rows, indicator_title, unit_name
from shuangbi.cockpit.queries.shown import Season, Shown, language, show
from shuangbi.competitions.choices import SCORED
from shuangbi.competitions.models import Round
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.tabular import Head
from shuangbi.organisations.access import Access
from shuangbi.standings.models import Standing
from shuangbi.standings.queries import Change, differences
from shuangbi_engine.numbers import decimal_text
from shuangbi_engine.scheme import Group


@dataclass(frozen=True)
class Place:
    """A unit in its group. `gap` is what it lacks to the next better score, in points; None for the first."""

    unit: str
    unit_id: str
    rank: int
    score: str
    parts: tuple[str, ...]
    items: tuple[str, ...]
    is_ours: bool
    gap: str | None


@dataclass(frozen=True)
class Ranking:
    """A group in order of place: heads of its parts (process, result, adjustments) and of its items."""

    name: str
    title: str
    parts: tuple[str, ...]
    items: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def ours(self) -> list[Place]:
        return [place for place in self.places if place.is_ours]


def rankings(shown: Shown, access: Access) -> list[Ranking]:
    """Every group of a round, ranked; nothing for a round that is not scored."""
    own = str(access.person.unit_id) if access.person and access.person.unit_id else ""
    return [_ranking(shown, group, own) for group in shown.sheet["groups"]]


def group_title(group: Group) -> str:
    """The title of a group in the language of the page."""
    return group.title_en[:1].upper() + group.title_en[1:] if language() == "en" and group.title_en else group.title


def _ranking(shown: Shown, sheet: dict[str, Any], own: str) -> Ranking:
    group = shown.scheme.groups[sheet["group"]]
    rows = sheet["ranking"]
    node = group.totals[shown.round.kind]
    children = [(child.name, part_title(child.name, child.title)) for child in node.children]
    adjusted = any(_adjusted(row) != "0.00" for row in rows)
    items = [item["item"] for item in rows[0]["items"]] if rows else []
    gaps = _gaps(rows)
    return Ranking(
        name=group.name,
        title=group_title(group),
        parts=(*(title for _name, title in children), *((_("Adjustments"),) if adjusted else ())),
        items=tuple(item_title(group, name) for name in items),
        places=tuple(
            Place(
                unit=unit_name(row), unit_id=row["id"], rank=row["rank"], score=row["score"],
                parts=(*(_part(row, name) for name, _title in children), *((_adjusted(row),) if adjusted else ())),
                items=tuple(_two(item["points"]) for item in row["items"]), is_ours=row["id"] == own, gap=gaps[row["id"]],
            )
            for row in rows
        ),
    )


def _gaps(rows: list[dict[str, Any]]) -> dict[str, str | None]:
    """What each lacks to the score of the place before it."""
    found: dict[str, str | None] = {}
    scores = sorted({Fraction(row["score"]) for row in rows}, reverse=True)
    for row in rows:
        own = Fraction(row["score"])
        better = [one for one in scores if one > own]
        found[row["id"]] = decimal_text(better[-1] - own, 2) if better else None
    return found


def part_title(name: str, title: str) -> str:
    """Names of parts that every scheme has are known in English too; others keep their own."""
    if language() == "en":
        known = {"process": _("Process"), "result": _("Result"), "total": _("Total score"), "months": _("Months"),
                 "year_end": _("Year-end assessment")}
        return str(known.get(name, title))
    return title


def item_title(group: Group, name: str) -> str:
    """The title of an item in the language of the page."""
    item = group.item(name)
    english = item.title_en
    return english[:1].upper() + english[1:] if language() == "en" and english else item.title


def _part(row: dict[str, Any], name: str) -> str:
    return next((_two(line["points"]) for line in row["lines"] if line["line"] == name and line["kind"] == "total"), "–")


def _adjusted(row: dict[str, Any]) -> str:
    """What adjustments and limits on the whole came to."""
    points = [Fraction(line["points"]) for line in row["lines"] if line["depth"] == 1 and line["kind"] != "total"]
    return _two(str(sum(points, Fraction(0))))


def _two(points: str) -> str:
    return decimal_text(Fraction(points), 2)


def export_of(ranking: Ranking) -> tuple[list[Head], list[list[Any]]]:
    """A group as a table for a spreadsheet."""
    head = [Head(_("Rank")), Head(_("Unit")), Head(_("Score"), 2)]
    head += [Head(title, 2) for title in (*ranking.parts, *ranking.items)]
    rows = [
        [place.rank, place.unit, *(_number(text) for text in (place.score, *place.parts, *place.items))]
        for place in ranking.places
    ]
    return head, rows


def _number(text: str) -> Fraction | None:
    return None if text == "–" else Fraction(text)


@dataclass(frozen=True)
class RoundRow:
    """A round of a competition at a glance."""

    round: Round
    standing: Standing | None
    corrected: int
    city: tuple[Progress, ...]
    has_begun: bool
    note: str = ""


def round_rows(season: Season) -> list[RoundRow]:
    """The scored rounds, newest first, with the city's figures of those that have begun."""
    today = clock.today()
    rows = []
    for one in sorted(season.rounds, key=lambda r: (r.starts_on, r.ends_on), reverse=True):
        if one.kind not in SCORED:
            continue
        published = [standing for standing in season.standings if standing.round == one.name]
        begun = one.starts_on <= today
        city: tuple[Progress, ...] = ()
        note = ""
        if begun:
            try:
                city = tuple(city_rows(show(season, one.name)))
            except Refused as problem:
                note = problem.message
        rows.append(RoundRow(one, published[0] if published else None, max(len(published) - 1, 0), city, begun, note))
    return rows


def changes(shown: Shown) -> list[Change]:
    """How a published round reads otherwise at the time that is shown; nothing while it is not published."""
    if shown.standing is None or shown.mode == "published":
        return []
    titles = {row["title"]: indicator_title(shown.scheme, row["indicator"], row["title"]) for row in shown.sheet["city"]}
    units = {row["unit"]: unit_name(row) for group in shown.sheet["groups"] for row in group["ranking"]}
    return [
        replace(one, what=titles.get(one.what, one.what), unit=units.get(one.unit, one.unit))
        for one in differences(shown.standing.sheet, shown.sheet)
    ]
