"""Reading standings: as published, as known at a time, and what has changed since."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shuangbi.competitions.access import competitions_visible_to
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import unit_titles
from shuangbi.competitions.scoring import Scored, score
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.formats import area_text, money_text
from shuangbi.ledger.queries import head_seq, seq_known_at
from shuangbi.organisations.access import Access
from shuangbi.standings.models import Standing
from shuangbi_engine.offline import sheet_as_dict


def standings_visible_to(access: Access) -> QuerySet[Standing]:
    """Published standings of the competitions that may be seen, newest first."""
    return Standing.objects.filter(competition__in=competitions_visible_to(access)).select_related("competition")


def latest_standing(competition: Competition, round_name: str) -> Standing | None:
    """The standing in force for a round: the last published."""
    return Standing.objects.filter(competition=competition, round=round_name).order_by("-seq").first()


def sheet_of(scored: Scored) -> dict[str, Any]:
    """A scored round as plain data in which units have their names and codes; ready to be frozen."""
    sheet = sheet_as_dict(scored.scheme, scored.sheet)
    units = unit_titles(row["unit"] for group in sheet["groups"] for row in group["ranking"])
    units |= unit_titles(row["participant"] for row in sheet["progress"])
    for group in sheet["groups"]:
        for row in group["ranking"]:
            row |= _named(row["unit"], units)
    for row in sheet["progress"]:
        row |= _named(row["participant"], units)
    for outcome in sheet["outcomes"]:
        for label in outcome["labels"]:
            label |= _named(label["unit"], units)
    sheet["level"] = "reported" if scored.level == 1 else "recognised"
    sheet["seq"] = scored.seq
    return sheet


def _named(id_: str, units: dict[str, Any]) -> dict[str, str]:
    unit = units.get(id_)
    return {"id": id_, "unit": unit.short_name, "code": unit.code, "unit_en": unit.name_en} if unit else {"id": id_}


@dataclass(frozen=True)
class Change:
    """A figure of a published standing that reads otherwise now."""

    what: str
    unit: str
    published: Any
    now: Any


def changes_since(standing: Standing) -> list[Change]:
    """What would read otherwise if the round were published now: city counts, scores and places."""
    now = sheet_of(score(competition=standing.competition, round_name=standing.round, seq=head_seq(), level=2))
    return differences(standing.sheet, now)


def differences(then: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """City figures, unit figures, scores and ranks that differ between two sheets of a round."""
    found = []
    before = {row["indicator"]: row for row in then["city"]}
    for row in now["city"]:
        old = before.get(row["indicator"], {})
        if old.get("actual") != row["actual"]:
            found.append(Change(row["title"], "", old.get("actual"), row["actual"]))
    units = {(row["indicator"], row["participant"]): row for row in then["progress"]}
    for row in now["progress"]:
        old = units.get((row["indicator"], row["participant"]), {})
        if old.get("actual") != row["actual"]:
            found.append(Change(row["title"], row["unit"], old.get("actual"), row["actual"]))
    scores = {row["id"]: row for group in then["groups"] for row in group["ranking"]}
    for group in now["groups"]:
        for row in group["ranking"]:
            old = scores.get(row["id"], {})
            if old.get("score") != row["score"]:
                found.append(Change(_("Score"), row["unit"], old.get("score"), row["score"]))
            if old.get("rank") != row["rank"]:
                found.append(Change(_("Rank"), row["unit"], old.get("rank"), row["rank"]))
    return found


def progress_shown(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """The city's rows of a sheet as texts: money in 亿元, areas in 亩, counts as they are, each with its unit."""
    return [
        {**row, "unit": _UNITS.get(row["unit"], ""), **{
            name: _in_unit(row[name], row["unit"]) for name in ("target", "actual", "year_target", "to_date")
        }}
        for row in sheet["city"]
    ]


_UNITS = {"fen": "亿元", "square_metres": "亩", "count": "个"}


def _in_unit(value: int | str | None, unit: str) -> int | str | None:
    if value is None or unit not in {"fen", "square_metres"}:
        return value
    return money_text(int(value), "亿元") if unit == "fen" else area_text(int(value))


def moment_of(text: str) -> datetime:
    """A time as people give it: ISO 8601, Asia/Shanghai where no zone is said; a bare day means its end."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(_("{text} is no time. Write it like 2020-10-12T17:00.").format(text=text)) from None
    if "T" not in text and " " not in text:
        found = datetime.combine(found.date(), time.max)
    try:
        return (found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)).astimezone(UTC)
    except OverflowError:
        raise Refused(_("{text} is no time. Write it like 2020-10-12T17:00.").format(text=text)) from None


def standing_as_json(
    *, round_name: str, as_of: str | None = None, competition: str | None = None, access: Access | None = None
) -> dict[str, Any]:
    """The shape of `shuangbi standing --json`: as published; with `as_of` as known then (or `now`). Raises Refused."""
    chosen = _chosen(competition, access)
    published = latest_standing(chosen, round_name)
    if as_of is None and published is not None:
        return _outward(published.sheet, None, published.published_at)
    if as_of in {None, "now"}:
        seq = head_seq()
    else:
        seq = seq_known_at(moment_of(as_of or ""))
    sheet = sheet_of(score(competition=chosen, round_name=round_name, seq=seq, level=2))
    return _outward(sheet, as_of, None)


def _chosen(slug: str | None, access: Access | None) -> Competition:
    every = competitions_visible_to(access) if access else Competition.objects.order_by("-starts_on", "id")
    found = every.filter(slug=slug).first() if slug else every.first()
    if found is None:
        raise Refused(_("There is no competition {name}.").format(name=slug or ""))
    if slug is None and every.count() > 1:
        raise Refused(_("There are several competitions; choose one with --competition."))
    return found


def _outward(sheet: dict[str, Any], as_of: str | None, published: datetime | None) -> dict[str, Any]:
    return {**sheet, "as_of": as_of, "published": clock.local(published).isoformat(timespec="seconds") if published else None}
