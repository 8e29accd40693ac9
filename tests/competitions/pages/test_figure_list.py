"""Owners' figures, points by documents and waivers of a round."""

from shuangbi.competitions import actions
from shuangbi.competitions.actions import NewFigure
from tests.cast import Cast
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import YI, Race, open_race

PAGE = "figure-list"


def test_all_that_is_given_taken_and_excused_in_a_round(race: Race) -> None:
    cast, competition = race.cast, race.competition
    figures = [NewFigure(cast.county, "growth", "2020-09", "17/2"), NewFigure(cast.county, "bonds", "2020-09", str(2 * YI))]
    actions.set_figures(competition=competition, figures=figures, by=race.office)
    actions.set_adjustment(
        competition=competition, unit=cast.other_county, round_name="2020-09", kind="criticism", points=-50_000,
        document="示例〔2020〕9号", by=race.office,
    )
    actions.set_waiver(competition=competition, unit=cast.county, item="growth", round_name="2020-09", reason="洪涝灾害", by=race.office)

    text = shown(cast.client_of(cast.reporter), address(PAGE) + "?round=2020-09")
    for said in ("8.5", "2亿元", "通报批评 -5.00", "示例〔2020〕9号", "增速得分", "洪涝灾害"):
        assert said in text
    assert address("figure-set") not in text
    assert address("adjustment-set") not in text

    october = shown(cast.client_of(cast.clerk), address(PAGE) + "?round=2020-10")
    assert "洪涝灾害" not in october
    assert address("adjustment-set") in october
    assert address("figure-set") in shown(cast.client_of(cast.owner), address(PAGE))


def test_without_a_scheme_there_are_none(cast: Cast, demo_day: object) -> None:
    open_race(cast)
    assert "尚无归口数据" in shown(cast.client_of(cast.clerk), address(PAGE))


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
