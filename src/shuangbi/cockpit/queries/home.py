"""Where we stand: the own unit's place and indicators, the city's totals, who is ahead and who behind."""

from dataclasses import dataclass, replace

from shuangbi.cockpit.queries.progress import Progress, Table, city_rows, unit_name, unit_tables
from shuangbi.cockpit.queries.ranking import Place, Ranking, rankings
from shuangbi.cockpit.queries.shown import Season, Shown, show
from shuangbi.competitions.choices import RoundState
from shuangbi.organisations.access import Access


@dataclass(frozen=True)
class OwnRow:
    """An indicator of the own unit in the published month and in the running one (快报数)."""

    title: str
    month: Progress | None
    running: Progress | None


@dataclass(frozen=True)
class Own:
    """The own unit: its place in its group, and its indicators."""

    unit: str
    unit_id: str
    group: str
    of: int
    place: Place | None
    rows: tuple[OwnRow, ...]


@dataclass(frozen=True)
class Side:
    """An indicator with the units that exceeded the task and those that missed it."""

    title: str
    ahead: tuple[str, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True)
class Stand:
    """What the home page tells of the competition: the latest month, and the running one at 快报数 level."""

    shown: Shown
    running: Shown | None
    city: tuple[Progress, ...]
    running_city: tuple[Progress, ...]
    rankings: tuple[Ranking, ...]
    own: Own | None
    sides: tuple[Side, ...]


def stand_of(access: Access, season: Season) -> Stand:
    """Where the person's unit and the city stand. Raises Refused while nothing can be scored."""
    shown = show(season, season.latest().name)
    city = city_rows(shown)
    months = [one for one in season.months() if one.state == RoundState.OPEN and one.name != shown.round.name]
    running = show(season, months[-1].name, level=1) if months else None
    running_city = city_rows(running) if running else []
    ranked = rankings(shown, access)
    tables = unit_tables(shown, access, city)
    running_tables = unit_tables(running, access, running_city) if running else []
    return Stand(
        shown, running, tuple(city), tuple(running_city), tuple(ranked), _own(access, ranked, tables, running_tables),
        tuple(sides(shown, city)),
    )


def _own(access: Access, ranked: list[Ranking], tables: list[Table], running: list[Table]) -> Own | None:
    for ranking in ranked:
        for place in ranking.ours:
            rows = []
            for at, table in enumerate(tables):
                month = next((row for row in table.rows if row.is_ours), None)
                later = next((row for row in running[at].rows if row.is_ours), None) if running else None
                if month or later:
                    rows.append(OwnRow(table.city.title, month, later))
            return Own(place.unit, place.unit_id, ranking.title, len(ranking.places), place, tuple(rows))
    return None


def sides(shown: Shown, city: list[Progress]) -> list[Side]:
    """By indicator who exceeded the task and who missed it, zeros last, as the scheme's outcome says."""
    titles = {one.name: one.title for one in city}
    found: dict[str, Side] = {name: Side(title, (), ()) for name, title in titles.items()}
    for outcome in shown.sheet["outcomes"]:
        for label in outcome["labels"]:
            side = found.get(label["measure"])
            if side is None or label["label"] not in {"exceeded", "missed", "zero"}:
                continue
            text = f"{unit_name(label)} {label['actual']}/{label['target']}"
            if label["label"] == "exceeded":
                found[label["measure"]] = replace(side, ahead=(*side.ahead, text))
            else:
                found[label["measure"]] = replace(side, behind=(*side.behind, text))
    return [one for one in found.values() if one.ahead or one.behind]
