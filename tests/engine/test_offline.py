"""Scoring a folder: the shape that other people's scripts rely on, and explanations that add up."""

import gc
import json
from fractions import Fraction

import pytest

from shuangbi_engine.backends.sqlite import in_memory
from shuangbi_engine.evaluate import EarlierMissing, evaluate
from shuangbi_engine.folder import read_folder
from shuangbi_engine.known import UnknownRound
from shuangbi_engine.measuring import measured_values
from shuangbi_engine.offline import evaluate_folder, score
from shuangbi_engine.postings import fold
from shuangbi_engine.scheme_file import parse_scheme
from tests.engine.folders import SCHEME, changed, write


def run(place, round_name="2020-09", **more):
    return evaluate_folder(place / "scheme.yaml", place, round_name, **more)


def unit(result, name):
    return next(row for group in result["groups"] for row in group["ranking"] if row["unit"] == name)


def test_result_has_the_shape_that_scripts_rely_on(tmp_path):
    result = run(write(tmp_path))

    json.dumps(result)
    assert list(result)[:7] == ["round", "as_of", "published", "scheme", "digest", "city", "groups"]
    assert result["round"] == "2020-09"
    assert result["published"] is None
    # P1 counts (P2 is tagged old, P3 too small, P4 not on the list, P5 in August)
    assert result["city"] == [
        {
            "indicator": "signed",
            "title": "签约",
            "unit": "count",
            "level": "recognised",
            "target": 3,
            "actual": 1,
            "rate": "33.3",
            "year_target": 6,
            "to_date": 2,
            "year_rate": "33.3",
            "expected": "3",
            "ahead": "-16.7",
        }
    ]


def test_score_is_printed_as_compared_and_items_add_up(tmp_path):
    result = run(write(tmp_path))

    # east: signed 1/2 x 40 = 20; brought: no figure, 0; rest: shared 0.75 (P1) + 1 (P2) = 1.75, listed 1,
    # small 0, before 0, started: not landed 0, land 2000/1000 = 2 -> 4.75. praised 2.5 + 3, limit 5. 24.75 + 5 = 29.75
    east = unit(result, "east")
    assert {item["item"]: item["points"] for item in east["items"]} == {
        "signed": "20.0000",
        "brought": "0.0000",
        "rest": "4.7500",
    }
    assert (east["rank"], east["score"], east["total"]) == (1, "29.75", "29.7500")
    # W: signed waived: zero; brought 2/4 x 10 = 5; rest: shared 0.25 + 2, small 1 (P3) = 3.25; 8.25 x 0.9 = 7.425
    west = unit(result, "W")
    assert [(line["kind"], line["line"], line["points"], line["note"]) for line in west["lines"]] == [
        ("total", "total", "7.4250", ""),
        ("item", "signed", "0.0000", "waived"),
        ("item", "brought", "5.0000", ""),
        ("item", "rest", "3.2500", ""),
        ("multiplier", "total.multiply", "-0.8250", ""),
    ]
    assert west["score"] == "7.43"


def test_outcomes_and_progress_are_told(tmp_path):
    result = run(write(tmp_path))

    assert [
        (row["unit"], row["label"], row["title"], row["rate"]) for row in result["outcomes"][0]["labels"]
    ] == [
        ("east", "missed", "未完成任务", "50.0"),
        ("W", "zero", "零完成", "0.0"),
    ]
    assert [(row["participant"], row["target"], row["actual"]) for row in result["progress"]] == [
        ("W", 1, 0),
        ("east", 2, 1),
    ]


@pytest.mark.parametrize(
    ("as_of", "actual"), [(0, 0), (1, 0), (2, 1), ("2020-09-05", 0), ("2020-09-08T09:00", 1), (None, 1)]
)
def test_as_of_shows_what_was_known(tmp_path, as_of, actual):
    result = run(write(tmp_path), as_of=as_of)

    assert result["city"][0]["actual"] == actual
    assert result["as_of"] == as_of


def test_explanation_has_steps_and_every_claim(tmp_path):
    result = run(write(tmp_path), explain="east")

    items = {item["item"]: item for item in unit(result, "east")["items"]}
    assert [(step["function"], step["in"], step["out"]) for step in items["signed"]["steps"]] == [
        ("ratio", None, "0.5"),
        ("clamp", "0.5", "0.5"),
        ("scale", "0.5", "20"),
    ]
    assert items["signed"]["counted"] == [
        {"id": "C1", "subject": "P1", "measure": "signed", "day": "2020-09-03", "value": 1}
    ]
    reasons = {row["id"]: row["reason"] for row in items["signed"]["excluded"]}
    assert reasons == {
        "C1b": "同一项目已按 C1 计过",
        "C2": "属于 tag:old",
        "C3": "规模不足 1亿元",
        "C4": "不属于 list:key",
        "C5": "日期 2020-08-03 不在本期之内",
        "C6": "未达到认定数：审核通过",
    }
    assert "counted" not in unit(result, "W")["items"][0]


def test_explanation_of_other_measures_names_their_tests(tmp_path):
    result = run(write(tmp_path), explain="east", language="en")

    items = {item["item"]: item for item in unit(result, "east")["items"]}
    reasons = {(row["measure"], row["id"]): row["reason"] for row in items["rest"]["excluded"]}
    assert reasons["started", "S1"] == "no landed on record at this level"
    assert reasons["listed", "C2"] == "not among the projects named in the target"
    assert reasons["listed", "C3"] == "credited to W"
    assert reasons["small", "C1"] == "not smaller than 1亿元"
    shared = [row["value"] for row in items["rest"]["counted"] if row["measure"] == "shared"]
    assert shared == ["0.75", 1]
    assert {row["code"] for row in items["brought"]["excluded"]} == {
        "credited_to",
        "counted_already",
        "no_bringer",
        "window",
        "status",
    }
    blend = next(step for step in items["rest"]["steps"] if step["function"] == "blend")
    assert (blend["depth"], blend["exact"]) == (0, "19/4")


def test_explained_counts_add_up_to_the_measures(tmp_path):
    place = write(tmp_path)
    scheme = parse_scheme(SCHEME)
    read = read_folder(place, scheme)
    postings = [row for history in read.histories for row in fold(history, scheme.policy)]
    values = measured_values(in_memory(postings), scheme, read.facts, "2020-09")

    for name in ("east", "W"):
        items = unit(run(place, explain=name), name)["items"]
        for measure in scheme.measures.values():
            counted = [
                Fraction(str(row["value"]))
                for item in items
                for row in item["counted"]
                if row["measure"] == measure.name
            ]
            assert sum(counted, Fraction(0)) == values.measured[measure.name, measure.window][name]


def test_comparison_round_that_is_not_known_explains_nothing(tmp_path):
    result = run(write(tmp_path, changed("rounds", 1, previous="")), explain="east")

    rest = unit(result, "east")["items"][2]
    assert "before" not in {row["measure"] for row in (*rest["counted"], *rest["excluded"])}
    assert rest["points"] == "5.9372"  # 4.75 x 5.001 / 4.001: the weight of the missing part is shared out


def test_unknown_round_and_unit_are_refused(tmp_path):
    place = write(tmp_path)

    with pytest.raises(UnknownRound):
        run(place, "2021-01")
    with pytest.raises(LookupError, match="north"):
        run(place, explain="north")


def test_round_without_totals_shows_facts_and_no_scores(tmp_path):
    result = run(write(tmp_path), "2020")

    assert result["groups"] == []
    assert result["city"][0]["actual"] == 2


def test_values_of_another_round_are_refused(tmp_path):
    scheme = parse_scheme(SCHEME)
    read = read_folder(write(tmp_path), scheme)
    values = measured_values(in_memory([]), scheme, read.facts, "2020-09")

    with pytest.raises(ValueError, match="2020-08"):
        evaluate(scheme, values, "2020-08")


def test_sheet_is_found_by_participant(tmp_path):
    scheme = parse_scheme(SCHEME)
    group = score(scheme, read_folder(write(tmp_path), scheme), "2020-09").groups[0]

    assert group.sheet("W").rank == 2
    with pytest.raises(LookupError):
        group.sheet("north")


COMPOSITE = """      year:
        name: total
        title: 全年
        full: 100
        earlier: {2020-08: 50%, 2020-10: 50%}
        missing: RULE
outcomes:"""


@pytest.mark.parametrize(("rule", "total"), [("zero", "HALF"), ("skip_and_reweight", "WHOLE")])
def test_composite_without_one_of_its_rounds(tmp_path, rule, total):
    scheme = SCHEME.replace("outcomes:", COMPOSITE.replace("RULE", rule))
    place = write(tmp_path, scheme=scheme)
    august = Fraction(unit(run(place, "2020-08"), "east")["total"])

    east = unit(run(place, "2020"), "east")

    assert Fraction(east["total"]) == (august / 2 if total == "HALF" else august)
    assert [(line["line"], line["note"]) for line in east["lines"][1:]] == [
        ("2020-08", ""),
        ("2020-10", "missing"),
    ]


def test_composite_that_refuses_names_the_round(tmp_path):
    scheme = SCHEME.replace("outcomes:", COMPOSITE.replace("RULE", "refuse"))

    with pytest.raises(EarlierMissing, match="2020-10"):
        run(write(tmp_path, scheme=scheme), "2020")


def test_composite_that_takes_itself_is_refused_and_does_not_hang(tmp_path):
    scheme = SCHEME.replace("outcomes:", COMPOSITE.replace("RULE", "refuse").replace("2020-10", "2020"))

    with pytest.raises(EarlierMissing, match="2020"):
        run(write(tmp_path, scheme=scheme), "2020")


def test_large_folders_go_to_duckdb_unless_an_engine_is_named(tmp_path, monkeypatch):
    place = write(tmp_path)
    here = run(place)
    monkeypatch.setattr("shuangbi_engine.offline.LARGE", 1)

    assert run(place) == here
    assert run(place, engine="sqlite") == here


def test_as_of_may_be_a_seq_in_digits_and_must_be_a_time_else(tmp_path):
    place = write(tmp_path)

    assert run(place, as_of="2")["city"] == run(place, as_of=2)["city"]
    assert run(place, as_of="20200909")["city"] == run(place, as_of="2020-09-09T00:00")["city"]
    with pytest.raises(LookupError, match="gestern"):
        run(place, as_of="gestern")


@pytest.mark.parametrize("collecting", [True, False])
def test_garbage_collection_is_left_as_it_was(tmp_path, collecting):
    place, before = write(tmp_path), gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        run(place)
        after = gc.isenabled()
    finally:
        (gc.enable if before else gc.disable)()

    assert after is collecting
