"""What every page of the cockpit asks first: the competition and round of the address, as published or at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest

from shuangbi.cockpit.queries.shown import NothingShown, Season, Shown, season_for, show
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import Access
from shuangbi_engine.scheme import Level


def access_of(request: HttpRequest) -> Access:
    """Who asks."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access


def season_or_404(request: HttpRequest, slug: str = "") -> Season:
    """The competition; 404 where there is none to see."""
    try:
        return season_for(access_of(request), slug or request.GET.get("competition", ""))
    except NothingShown as problem:
        raise Http404 from problem


def season_or_none(request: HttpRequest) -> Season | None:
    """The competition, or None for someone who has none."""
    try:
        return season_for(access_of(request), request.GET.get("competition", ""))
    except NothingShown:
        return None


def shown_or_404(request: HttpRequest, season: Season, name: str = "", level: Level = 2) -> Shown:
    """The round of the address, at the time that `as_of` asks; a time that cannot be shown is said and left out."""
    try:
        name = name or season.latest().name
        asked = request.GET.get("as_of", "").strip()[:40]
        try:
            return show(season, name, as_of=asked, level=level)
        except Refused as problem:
            messages.warning(request, problem.message)
            return show(season, name, level=level)
    except NothingShown as problem:
        raise Http404 from problem


def base(season: Season, shown: Shown | None = None) -> dict[str, Any]:
    """What every template of figures gets."""
    return {"season": season, "shown": shown, "ledger_position": shown.seq if shown else None}
