"""Chart options are plain data, exact to the decimal that is printed, and each has its table."""

import json
from fractions import Fraction

from django.utils import translation

from shuangbi.foundation.charts import Bar, Goal, Line, period_lines, ranking_bars, target_bars


def test_ranking_keeps_the_order_and_prints_what_was_computed() -> None:
    bars = [Bar("东山县", Fraction(9235, 100), 1), Bar("云溪区", Fraction(266, 3), 2, is_ours=True)]

    with translation.override("en"):
        chart = ranking_bars("r", "Scores", bars, unit="Points")

    assert chart.option["yAxis"]["data"] == ["1  东山县", "2  云溪区"]
    assert chart.option["yAxis"]["inverse"] is True
    assert [entry["value"] for entry in chart.option["series"][0]["data"]] == ["92.35", "88.67"]
    assert [entry["itemStyle"]["color"] for entry in chart.option["series"][0]["data"]] == ["#8fadd8", "#1d4f9c"]
    assert chart.head == ("Unit", "Rank", "Points")
    assert chart.rows == [("东山县", 1, "92.35"), ("云溪区", 2, "88.67")]


def test_a_ranking_without_the_reader_is_all_of_one_colour_and_may_go_below_zero() -> None:
    chart = ranking_bars("r", "Scores", [Bar("a", Fraction(1)), Bar("b", Fraction(-1, 2))])

    colours = {entry["itemStyle"]["color"] for entry in chart.option["series"][0]["data"]}
    assert colours == {"#1d4f9c"}
    assert chart.option["xAxis"]["min"] is None
    assert chart.option["yAxis"]["data"] == ["a", "b"]
    assert chart.rows[1] == ("b", "–", "-0.50")


def test_targets_show_done_schedule_and_rate() -> None:
    goals = [Goal("签约", Fraction(26), Fraction(15), Fraction(12)), Goal("竣工", Fraction(23), Fraction(0))]

    with translation.override("en"):
        chart = target_bars("t", "Targets", goals, unit="个")

    target, done, schedule = chart.option["series"]
    assert target["data"] == ["15", "0"]
    assert done["data"] == ["26", "23"]
    assert schedule["data"] == [["12", 0]]
    assert chart.option["yAxis"][0]["data"] == ["签约\n26 / 15", "竣工\n23 / 0"]
    assert chart.rows == [("签约", "15", "26", "12", "173.3%"), ("竣工", "0", "23", "–", "–")]


def test_targets_without_a_schedule_have_no_mark() -> None:
    chart = target_bars("t", "Targets", [Goal("a", Fraction(1), Fraction(2))])

    assert [series["type"] for series in chart.option["series"]] == ["bar", "bar"]


def test_lines_differ_in_dash_and_mark_and_break_where_nothing_is_known() -> None:
    lines = [Line("签约", [Fraction(4), Fraction(9)]), Line("竣工", [Fraction(1), None])]

    chart = period_lines("w", "Weeks", ["9-06", "9-13"], lines)

    first, second = chart.option["series"]
    assert (first["data"], second["data"]) == (["4", "9"], ["1", None])
    assert first["lineStyle"]["type"] != second["lineStyle"]["type"]
    assert first["symbol"] != second["symbol"]
    assert chart.rows == [("9-06", "4", "1"), ("9-13", "9", "–")]


def test_options_are_json_without_animation() -> None:
    charts = [
        ranking_bars("r", "R", [Bar("a", Fraction(1, 3))]),
        target_bars("t", "T", [Goal("a", Fraction(1), Fraction(2), Fraction(1))]),
        period_lines("w", "W", ["1"], [Line("a", [Fraction(1)])]),
    ]

    for chart in charts:
        assert json.loads(json.dumps(chart.option)) == chart.option
        assert chart.option["animation"] is False
