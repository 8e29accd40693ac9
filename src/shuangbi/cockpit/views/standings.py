"""Standings: the rounds, a round's groups ranked, one unit's sheet, one item down to its claims."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuangbi.cockpit.queries.progress import city_rows
from shuangbi.cockpit.queries.ranking import Ranking, changes, export_of, rankings, round_rows
from shuangbi.cockpit.queries.sheets import UnitSheetShown, unit_sheet
from shuangbi.cockpit.queries.shown import NothingShown, Shown
from shuangbi.cockpit.views.asking import access_of, base, season_or_404, shown_or_404
from shuangbi.foundation import tabular
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.standings.access import may_publish


@page(INSIDE)
def standing_list(request: HttpRequest) -> HttpResponse:
    """Every scored round: published, provisional or still to come."""
    season = season_or_404(request)
    return render(request, "cockpit/standing_list.html", {**base(season), "rows": round_rows(season)})


@page(INSIDE)
def standing_detail(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A round's groups ranked with their items: as published, as known now, or as known at a time."""
    season = season_or_404(request, slug)
    shown = shown_or_404(request, season, name)
    context = base(season, shown) | {"may_publish": shown.is_scored and may_publish(access_of(request), season.competition)}
    try:
        ranked = rankings(shown, access_of(request))
        wanted = [one for one in ranked if one.name == request.GET.get("export")]
        if wanted:
            return _file(shown, wanted[0])
        context |= {"rankings": ranked, "city": city_rows(shown), "changes": changes(shown), "holds": shown.holds}
    except Refused as problem:
        context["refusal"] = problem.message
    return render(request, "cockpit/standing_detail.html", context)


def _file(shown: Shown, ranking: Ranking) -> HttpResponse:
    """A group's ranking as a spreadsheet."""
    head, rows = export_of(ranking)
    response = HttpResponse(tabular.xlsx_bytes(ranking.title, head, rows), content_type=tabular.XLSX)
    name = f"{shown.round.name}-{ranking.title}-{shown.seq}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=\"standing.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


def _sheet(request: HttpRequest, shown: Shown, unit_id: UUID, item: str = "") -> UnitSheetShown:
    try:
        return unit_sheet(shown, access_of(request), str(unit_id), item=item)
    except (NothingShown, Refused) as problem:
        raise Http404 from problem


@page(INSIDE)
def sheet_detail(request: HttpRequest, slug: str, name: str, unit_id: UUID) -> HttpResponse:
    """One unit's sheet: lines that add up, and each item with its steps and the claims that count."""
    season = season_or_404(request, slug)
    shown = shown_or_404(request, season, name)
    sheet = _sheet(request, shown, unit_id)
    return render(request, "cockpit/sheet_detail.html", {**base(season, shown), "sheet": sheet})


@page(INSIDE)
def item_detail(request: HttpRequest, slug: str, name: str, unit_id: UUID, item: str) -> HttpResponse:
    """One item of one unit: inputs, steps, every claim that counts and every one that does not, with the reason."""
    season = season_or_404(request, slug)
    shown = shown_or_404(request, season, name)
    sheet = _sheet(request, shown, unit_id, item)
    context: dict[str, Any] = {**base(season, shown), "sheet": sheet, "item": sheet.items[0]}
    context["heading"] = _("{unit}: {item}").format(unit=sheet.unit, item=sheet.items[0].title)
    return render(request, "cockpit/item_detail.html", context)
