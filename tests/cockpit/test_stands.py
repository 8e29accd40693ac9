"""The hand calculation of the season, and that lines add up for every unit and item."""

from fractions import Fraction

import pytest

from shuangbi.claims.actions import refuse_claim
from shuangbi.claims.models import Claim
from shuangbi.cockpit.queries.levels import level_differences
from shuangbi.cockpit.queries.progress import city_rows, unit_tables, weeks_of
from shuangbi.cockpit.queries.ranking import changes, rankings
from shuangbi.cockpit.queries.sheets import unit_sheet
from shuangbi.cockpit.queries.shown import NothingShown, season_for, show
from shuangbi.competitions.counting import catch_up
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from tests.cockpit.stories import Season


def shown_to(season: Season, person: object, name: str = "2020-09", **asked: object) -> object:
    return show(season_for(season.access(person)), name, **asked)


def test_city_totals_stand_at_both_levels(season: Season) -> None:
    shown = shown_to(season, season.cast.clerk)

    signed, completed = city_rows(shown)

    assert (signed.target, signed.actual, signed.flash, signed.rate) == (3, 2, 3, "66.7")
    assert (signed.year_target, signed.to_date, signed.flash_to_date, signed.year_rate) == (10, 3, 4, "30.0")
    # 274 of 366 days had passed: 74.86 % was expected, 30 % done.
    assert signed.ahead == Fraction("-44.9") / 100
    assert (completed.target, completed.actual, completed.flash, completed.rate) == (1, 1, None, "100.0")
    assert shown.mode == "published"


def test_units_come_best_first_and_without_target_last(season: Season) -> None:
    shown = shown_to(season, season.cast.reporter)

    signed, completed = unit_tables(shown, season.access(season.cast.reporter), city_rows(shown))

    assert [(row.who, row.actual, row.target, row.is_ours) for row in signed.rows] == [
        ("云塘区", 1, 1, False), ("青禾县", 1, 2, True),
    ]
    assert [(row.who, row.actual, row.target) for row in completed.rows] == [("青禾县", 1, 1), ("云塘区", 0, None)]


def test_groups_are_ranked_with_parts_and_gaps(season: Season) -> None:
    counties, companies = rankings(shown_to(season, season.cast.clerk), season.access(season.cast.clerk))

    assert [(p.unit, p.rank, p.score, p.gap) for p in counties.places] == [
        ("云塘区", 1, "90.00", None), ("青禾县", 2, "59.00", "31.00"),
    ]
    assert [p.parts for p in counties.places] == [("0.00", "90.00", "0.00"), ("4.00", "60.00", "-5.00")]
    # One signing brought of two asked for: 40 of 80 points, nothing else.
    assert [(p.unit, p.score) for p in companies.places] == [("城建集团", "40.00")]


def test_weeks_run_from_monday_to_sunday_within_the_round(season: Season) -> None:
    shown = shown_to(season, season.cast.clerk)

    weeks = weeks_of(shown, city_rows(shown), clock.today())

    assert [week.label for week in weeks] == ["9.1–9.6", "9.7–9.13", "9.14–9.20", "9.21–9.27", "9.28–9.30"]
    assert [week.cells[0] for week in weeks] == [("0", "0"), ("0", "0"), ("2", "2"), ("0", "2"), ("0", "2")]
    assert [week.cells[1] for week in weeks][3] == ("1", "1")


def test_an_item_names_every_claim_and_why_it_does_not_count(season: Season) -> None:
    cast = season.cast
    shown = shown_to(season, cast.clerk)

    item = unit_sheet(shown, season.access(cast.clerk), str(cast.county.id), item="signed").items[0]
    measure = item.measures[0]

    assert [line.name for line in measure.counted] == ["青禾智能装备园"]
    assert [paper.name for paper in measure.counted[0].evidence] == ["甲投资合同.pdf"]
    assert {(line.name, line.code) for line in measure.excluded} == {
        ("白鹭新材料基地", "status"), ("晨光电子产业园", "status"), ("望江轨道部件厂", "counted_already"),
        ("云杉食品加工厂", "size_at_least"),
    }
    assert [(line.name, line.code) for line in measure.outside] == [("望江轨道部件厂", "window")]
    assert {line.said for line in measure.excluded} == {"只有框架协议", ""}
    again = next(line for line in measure.excluded if line.code == "counted_already")
    assert again.reason_url == f"/claims/{season.claims['丁八月']}/"
    assert (measure.counted_count, measure.excluded_count, measure.others, measure.all_count) == (1, 5, 1, 7)
    assert (item.points, [step.result for step in item.steps]) == ("30.0000", ["0.5", "0.5", "30"])


def test_counted_and_excluded_are_all_claims_and_lines_add_up_for_every_unit_and_item(season: Season) -> None:
    clerk = season.access(season.cast.clerk)
    kinds = {"signed": ["signed"], "completed": ["completed"], "brought": ["signed"], "land": ["land_reserved"], "funds": ["funds_in_place"]}
    seen = 0
    for mode in ("", "now", "2020-09-30"):
        shown = shown_to(season, season.cast.clerk, as_of=mode)
        for group in shown.sheet["groups"]:
            for row in group["ranking"]:
                whole = unit_sheet(shown, clerk, row["id"])
                assert whole.adds_up
                for item in whole.items:
                    opened = unit_sheet(shown, clerk, row["id"], item=item.name).items[0]
                    for measure in opened.measures:
                        told = len(measure.counted) + len(measure.excluded) + len(measure.outside)
                        assert measure.adds_up
                        assert told == measure.counted_count + measure.excluded_count
                        assert told + measure.others == measure.all_count
                        if mode != "2020-09-30":
                            assert measure.all_count == Claim.objects.filter(kind__in=kinds[item.name]).count()
                        seen += 1
    assert seen == 3 * (2 + 2 + 3)


def test_the_level_list_adds_up_to_the_difference(season: Season) -> None:
    signed, completed = level_differences(shown_to(season, season.cast.clerk), season.access(season.cast.clerk))

    assert (signed.reported, signed.recognised, signed.difference) == (3, 2, 1)
    assert [(row.claim.subject, row.value) for row in signed.rows] == [("白鹭新材料基地", 1)]
    assert (completed.difference, completed.rows) == (0, ())


def test_a_refusal_later_changes_now_and_not_what_was_published(season: Season) -> None:
    refuse_claim(claim=season.claims["甲"], by=season.access(season.second_clerk), reason="合同已解除")
    catch_up()

    published, now = shown_to(season, season.cast.clerk), shown_to(season, season.cast.clerk, as_of="now")

    assert city_rows(published)[0].actual == 2
    assert city_rows(now)[0].actual == 1
    assert changes(published) == []
    assert {(one.what, one.unit, one.published, one.now) for one in changes(now)} == {
        ("亿元以上项目签约", "", 2, 1), ("亿元以上项目签约", "青禾县", 1, 0), ("得分", "青禾县", "59.00", "29.00"),
    }
    assert published.holds


def test_as_known_then_shows_what_was_known_then(season: Season) -> None:
    shown = shown_to(season, season.cast.clerk, as_of="2020-10-14")

    # Nothing was recognised before the fifteenth.
    assert [one.actual for one in city_rows(shown)] == [0, 0]
    assert shown.mode == "then"


def test_a_time_before_the_round_was_known_is_refused(season: Season) -> None:
    with pytest.raises(Refused):
        shown_to(season, season.cast.clerk, as_of="2020-08-01")
    with pytest.raises(Refused):
        shown_to(season, season.cast.clerk, as_of="gestern")


def test_an_unknown_round_or_unit_is_nothing(season: Season) -> None:
    shown = shown_to(season, season.cast.clerk)

    with pytest.raises(NothingShown):
        shown_to(season, season.cast.clerk, "2020-08")
    with pytest.raises(NothingShown):
        unit_sheet(shown, season.access(season.cast.clerk), str(season.cast.park.id))
    with pytest.raises(NothingShown):
        unit_sheet(shown, season.access(season.cast.clerk), str(season.cast.county.id), item="unknown")
