"""Order and ties."""

from shuangbi_engine.ranking import compared_score, in_order, places
from shuangbi_engine.scheme import Ranking


def test_equal_scores_share_a_place_and_the_next_is_skipped():
    totals = {"a": 900_000, "b": 800_000, "c": 800_000, "d": 700_000}

    assert places(totals, Ranking(2, "shared")) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert places(totals, Ranking(2, "dense")) == {"a": 1, "b": 2, "c": 2, "d": 3}


def test_what_is_printed_is_what_is_compared():
    totals = {"a": 774_949, "b": 775_000, "c": 775_049}

    assert places(totals, Ranking(2, "shared")) == {"a": 3, "b": 1, "c": 1}
    assert places(totals, Ranking(1, "shared")) == {"a": 1, "b": 1, "c": 1}
    assert places(totals, Ranking(4, "shared")) == {"a": 3, "b": 2, "c": 1}
    assert compared_score(774_949, Ranking(1, "shared")) == 775


def test_tie_break_compares_items_in_order():
    totals = {"a": 10_000, "b": 10_000, "c": 10_000}
    items = {"a": {"x": 1, "y": 5}, "b": {"x": 2}, "c": {"x": 1, "y": 5}}

    assert places(totals, Ranking(2, "shared", ("x", "y")), items) == {"b": 1, "a": 2, "c": 2}


def test_names_who_share_a_place_are_in_order():
    assert in_order({"b": 1, "a": 1, "c": 3}) == ["a", "b", "c"]
    assert places({}, Ranking(2, "shared")) == {}
