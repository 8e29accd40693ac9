"""What a page of figures shows: which competition and round, as published, as known then, or as known now."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuangbi.competitions.access import competitions_visible_to
from shuangbi.competitions.choices import SCORED, RoundKind
from shuangbi.competitions.models import Competition, Round
from shuangbi.competitions.queries import counted_seq
from shuangbi.competitions.scoring import Scored, score
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.queries import seq_known_at
from shuangbi.organisations.access import Access
from shuangbi.standings.models import Standing
from shuangbi.standings.queries import moment_of, sheet_of, standings_visible_to
from shuangbi_engine.function import Language
from shuangbi_engine.scheme import Level, Scheme

Mode = Literal["published", "provisional", "then", "now"]


class NothingShown(LookupError):
    """No competition or round of this name that the person may see."""


def language() -> Language:
    """The language of the page as the engine names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@dataclass(frozen=True)
class Season:
    """A competition as a person may see it: its rounds in order and what was published, newest first."""

    competition: Competition
    rounds: tuple[Round, ...]
    standings: tuple[Standing, ...]
    others: tuple[Competition, ...] = ()

    @cached_property
    def now_seq(self) -> int:
        """The ledger position that stands for now on this page."""
        return counted_seq()

    def round(self, name: str) -> Round:
        """The round of this name. Raises NothingShown."""
        for one in self.rounds:
            if one.name == name:
                return one
        raise NothingShown(name)

    def standing(self, name: str) -> Standing | None:
        """The standing in force for a round."""
        return next((one for one in self.standings if one.round == name), None)

    def months(self) -> list[Round]:
        """The months that have begun, oldest first."""
        today = clock.today()
        return [one for one in self.rounds if one.kind == RoundKind.MONTH and one.starts_on <= today]

    def latest(self) -> Round:
        """The round most asked about: the newest month that is published, else the newest that has begun."""
        published = [one for one in self.months() if self.standing(one.name)]
        for one in (published or self.months() or list(self.rounds))[-1:]:
            return one
        raise NothingShown(self.competition.slug)


def season_for(access: Access, slug: str = "") -> Season:
    """The competition of this address, else the newest of the highest unit. Two queries. Raises NothingShown."""
    rows = Round.objects.filter(competition__in=competitions_visible_to(access)).select_related("competition__owner")
    by_competition: dict[UUID, list[Round]] = {}
    for row in rows.order_by("starts_on", "ends_on", "name"):
        by_competition.setdefault(row.competition_id, []).append(row)
    competitions = sorted(
        (found[0].competition for found in by_competition.values()),
        key=lambda one: (one.owner.depth, -one.starts_on.toordinal(), one.slug),
    )
    for one in competitions:
        if not slug or one.slug == slug:
            standings = standings_visible_to(access).filter(competition=one).order_by("-seq")
            others = tuple(other for other in competitions if other != one)
            return Season(one, tuple(by_competition[one.id]), tuple(standings), others)
    raise NothingShown(slug)


@dataclass(frozen=True)
class Shown:
    """A round as one page shows it. `at` is when it was published, or the time that was asked."""

    season: Season
    round: Round
    mode: Mode
    seq: int
    at: datetime
    level: Level = 2
    as_of: str = ""

    @property
    def competition(self) -> Competition:
        return self.season.competition

    @property
    def standing(self) -> Standing | None:
        """What was published of this round, whether it is shown or not."""
        return self.season.standing(self.round.name)

    @property
    def is_scored(self) -> bool:
        """Weekly rounds carry facts and no scores."""
        return self.round.kind in SCORED

    @property
    def level_name(self) -> str:
        return "reported" if self.level == 1 else "recognised"

    @property
    def query(self) -> str:
        """What a link adds to stay at this time."""
        return "?" + urlencode({"as_of": self.as_of}) if self.as_of else ""

    @cached_property
    def scored(self) -> Scored:
        """The round scored as known at this seq. Raises Refused."""
        return self.scored_at(self.level)

    def scored_at(self, level: Level) -> Scored:
        """The same at a level."""
        return score(competition=self.competition, round_name=self.round.name, seq=self.seq, level=level)

    @property
    def scheme(self) -> Scheme:
        return self.scored.scheme

    @cached_property
    def sheet(self) -> dict[str, Any]:
        """The sheet: the frozen bytes where it is published, else made now."""
        if self.mode == "published" and self.standing is not None:
            return self.standing.sheet
        return sheet_now(self.scored)

    @cached_property
    def holds(self) -> bool:
        """Whether scoring again at the published seq still gives the published scores."""
        return self.mode != "published" or _scores(self.sheet) == _scores(sheet_now(self.scored))


def _scores(sheet: dict[str, Any]) -> dict[str, tuple[str, int]]:
    return {row["id"]: (row["total"], row["rank"]) for group in sheet["groups"] for row in group["ranking"]}


def sheet_now(scored: Scored) -> dict[str, Any]:
    """A scored round as plain data with names; kept beside the scored round, because neither changes."""
    found = _sheets.get(id(scored))
    if found is None or found[0] is not scored:
        if len(_sheets) >= KEPT:
            _sheets.clear()
        found = _sheets[id(scored)] = (scored, sheet_of(scored))
    return found[1]


KEPT = 32
_sheets: dict[int, tuple[Scored, dict[str, Any]]] = {}


def show(season: Season, round_name: str, *, as_of: str = "", level: Level = 2) -> Shown:
    """A round as published; where nothing was, or with `as_of` = now, as known now; else as known at that time.

    Raises NothingShown for an unknown round, Refused for a text that is no time or a time before all was known.
    """
    round_ = season.round(round_name)
    standing = season.standing(round_name)
    if not as_of and standing is not None and level == standing.level:
        return Shown(season, round_, "published", standing.as_of_seq, standing.published_at, level)
    if as_of in {"", "now"}:
        mode: Mode = "now" if as_of else "provisional"
        return Shown(season, round_, mode, season.now_seq, clock.now(), level, as_of)
    moment = moment_of(as_of)
    seq = min(seq_known_at(moment), season.now_seq)
    if seq < round_.seq:
        raise Refused(_("At that time this round was not known yet."), field="as_of")
    return Shown(season, round_, "then", seq, moment, level, as_of)
