"""Home of every role, the dashboard of a round, and what stands between the two levels."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuangbi.cockpit.queries.duties import days_left, duties_of
from shuangbi.cockpit.queries.home import sides, stand_of
from shuangbi.cockpit.queries.levels import level_differences as differences_of
from shuangbi.cockpit.queries.progress import Progress, city_rows, unit_tables, weeks_of
from shuangbi.cockpit.queries.ranking import Ranking, rankings
from shuangbi.cockpit.queries.shown import Shown
from shuangbi.cockpit.views.asking import access_of, base, season_or_404, season_or_none, shown_or_404
from shuangbi.foundation import charts, clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import INSIDE, PERSON, page
from shuangbi.foundation.parts import Chart
from shuangbi.organisations.choices import Role


@page(PERSON)
def home(request: HttpRequest) -> HttpResponse:
    """What must I do now, by when, and where do we stand."""
    access = access_of(request)
    season = season_or_none(request) if access.unit_ids else None
    stand, refusal = None, ""
    if season is not None:
        try:
            stand = stand_of(access, season)
        except Refused as problem:
            refusal = problem.message
    roles = list(dict.fromkeys(Role(grant.role).label for grant in access.grants))
    return render(request, "cockpit/home.html", {
        "season": season, "stand": stand, "refusal": refusal, "roles": roles,
        "duties": [(one, days_left(one.due) if one.due else "") for one in duties_of(access, season)],
        "ledger_position": stand.shown.seq if stand else None,
        "reads_city": not (stand and stand.own) or bool(access.roles - {Role.REPORTER, Role.UNIT_LEAD}),
    })


@page(INSIDE)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Targets against completions: city and units, month and year to date, ranking per group, week by week."""
    access = access_of(request)
    season = season_or_404(request)
    shown = shown_or_404(request, season, request.GET.get("round", ""))
    if not shown.is_scored:
        shown = shown_or_404(request, season, shown.round.name, level=1)
    context = base(season, shown)
    try:
        city = city_rows(shown)
        ranked = rankings(shown, access)
        weeks = weeks_of(shown, city, clock.today())
        context |= {
            "city": city, "tables": unit_tables(shown, access, city), "rankings": ranked, "weeks": weeks,
            "sides": sides(shown, city), "charts": _charts(shown, city, ranked, weeks),
            "differs": any(one.flash is not None for one in city),
            "differs_to_date": any(one.flash_to_date is not None for one in city),
        }
    except Refused as problem:
        context["refusal"] = problem.message
    return render(request, "cockpit/dashboard.html", context)


def _charts(shown: Shown, city: list[Progress], ranked: list[Ranking], weeks: list[Any]) -> list[Chart]:
    """The city against its targets, week by week, and the first group's scores."""
    goals = [
        charts.Goal(one.title, Fraction(one.actual or 0), Fraction(one.target))
        for one in city if one.target is not None and one.unit == "count"
    ]
    found = [charts.target_bars("city-targets", _("Done against the target"), goals, unit=_("projects"))] if goals else []
    if len(weeks) > 1:
        lines = [charts.Line(one.title, [week.totals[at] for week in weeks]) for at, one in enumerate(city)]
        found.append(charts.period_lines(
            "weeks", _("Week by week, counted from the first day of the round"), [week.label for week in weeks], lines,
            unit=_("projects"),
        ))
    for ranking in ranked[:1]:
        bars = [charts.Bar(one.unit, Fraction(one.score), one.rank, one.is_ours) for one in ranking.places]
        found.append(charts.ranking_bars("ranking", _("Scores: {group}").format(group=ranking.title), bars, unit=_("points")))
    return found


@page(INSIDE)
def level_differences(request: HttpRequest) -> HttpResponse:
    """Claims that count as 快报数 and not as 认定数, indicator by indicator."""
    season = season_or_404(request)
    shown = shown_or_404(request, season, request.GET.get("round", ""))
    context = base(season, shown)
    try:
        context["levels"] = differences_of(shown, access_of(request))
    except Refused as problem:
        context["refusal"] = problem.message
    return render(request, "cockpit/level_differences.html", context)
