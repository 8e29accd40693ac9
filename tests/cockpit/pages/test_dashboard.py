"""The dashboard of a round."""

from tests.cast import Cast
from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_month_and_year_stand_side_by_side_with_the_schedule(season: Season) -> None:
    page = text_of(season.client(season.cast.leader), "/dashboard/")

    assert "Dashboard 2020-09" in page
    assert "66.7" in page
    assert "30.0" in page
    assert "44.9 points behind" in page
    assert f"ledger position {season.standing.as_of_seq}" in page
    assert "as published on 2020-10-19 09:00" in page


def test_units_ranking_and_weeks_are_shown(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), "/dashboard/?round=2020-09")

    assert season.address(season.cast.other_county) in page
    assert "9.14–9.20" in page
    assert 'data-chart="weeks"' in page


def test_a_week_carries_facts_at_flash_level_and_no_scores(season: Season) -> None:
    page = text_of(season.client(season.cast.leader), "/dashboard/?round=2020-W39")

    assert "Ranking per group" not in page
    assert "Flash figure" in page


def test_the_running_month_is_provisional(season: Season) -> None:
    assert "provisional, as known at 2020-10-20 09:00" in text_of(season.client(season.cast.leader), "/dashboard/?round=2020-10")


def test_an_unknown_round_and_a_site_without_competition_answer_404(season: Season, cast: Cast) -> None:
    assert season.client(season.cast.leader).get("/dashboard/?round=2031-01").status_code == 404
    assert season.client(season.cast.leader).get("/dashboard/?competition=other").status_code == 404


def test_administrators_may_not(season: Season) -> None:
    assert season.client(season.cast.system_admin).get("/dashboard/").status_code == 403


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.leader), "/dashboard/") == 7
