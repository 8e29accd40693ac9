"""Totals: weights of absent parts, bonus items, multipliers, adjustments and limits, each a line of its own."""

from datetime import date
from fractions import Fraction

import pytest

from shuangbi_engine.evaluate import EarlierMissing, evaluate
from shuangbi_engine.scheme import (
    AdjustmentRule,
    CountingPolicy,
    FigureRule,
    Group,
    Item,
    Missing,
    Node,
    Progress,
    Ranking,
    Scheme,
    Source,
    Step,
)
from shuangbi_engine.tables import Adjustment, Participant, Round
from shuangbi_engine.values import MeasuredValues

MONTH = Round(0, "2020-09", "month", date(2020, 9, 1), date(2020, 9, 30))


def item(name, full, missing="skip_and_reweight", points=0):
    steps = (Step("value", {"of": Source("figure", name)}),)
    return Item(name, name, Fraction(full), steps, Missing(missing, Fraction(points)))


def scored(tree, items, figures, waived="zero", **facts):
    """The sheet of `A`; figures that are not for A alone are by participant."""
    by_name = {
        name: column if isinstance(column, dict) else {"A": column} for name, column in figures.items()
    }
    scheme = Scheme(
        name="s",
        title="s",
        basis="",
        policy=CountingPolicy(()),
        measures={},
        figures={name: FigureRule(name, name) for name in by_name},
        groups={"all": Group("all", "all", tuple(items), {"month": tree})},
        ranking=Ranking(2, "shared"),
        waived=waived,
        progress=Progress(),
        adjustments={
            "praise": AdjustmentRule("praise", "表彰", Fraction(-9), Fraction(9), Fraction(-2), Fraction(5))
        },
        outcomes=(),
        digest="",
    )
    everyone = sorted({"A", *(name for column in by_name.values() for name in column)})
    values = MeasuredValues(
        MONTH,
        {"all": tuple(Participant(0, name, "all") for name in everyone)},
        figures={
            name: {who: Fraction(value) for who, value in column.items()} for name, column in by_name.items()
        },
        **facts,
    )
    return evaluate(scheme, values).groups[0].sheet("A")


def lines(sheet):
    return {line.name: line.points for _, line in sheet.total.walk()}


def test_absent_item_gives_its_weight_to_the_others_of_its_total():
    tree = Node("total", "t", items=("x", "y", "z"))

    sheet = scored(tree, [item("x", 20), item("y", 30), item("z", 50)], {"x": 10, "y": 15})

    # 100 / (20 + 30) = 2
    assert lines(sheet) == {"total": 500_000, "x": 200_000, "y": 300_000, "z": 0}
    assert [line.absent for line in sheet.items()] == [False, False, True]


def test_wholly_absent_child_gives_its_weight_to_its_neighbours():
    tree = Node(
        "total",
        "t",
        items=("z",),
        children=(Node("p", "p", items=("x",)), Node("r", "r", weight=Fraction(1, 2), items=("y",))),
    )

    sheet = scored(tree, [item("x", 40), item("y", 60), item("z", 30)], {"y": 20, "z": 7})

    # parts weigh 30 + 40 + 30; without the 40 the factor is 100 / 60
    assert lines(sheet) == {"total": 283_334, "p": 0, "x": 0, "r": 166_667, "y": 200_000, "z": 116_667}
    assert [line.factor for line in sheet.total.lines] == [Fraction(5, 3), Fraction(1), Fraction(5, 6)]


def test_child_with_nothing_active_is_as_absent_as_its_neighbour():
    asleep = Item("w", "w", Fraction(9), item("w", 9).steps, Missing("zero"), rounds=("year",))
    inner = (Node("r", "r", items=("w",)), Node("q", "q", items=("y",)))
    tree = Node("total", "t", items=("x",), children=(Node("p", "p", children=inner),))

    sheet = scored(tree, [item("x", 40), item("y", 60), asleep], {"x": 20})

    # the 60 of y were all that p has; nothing there, x weighs 100
    assert lines(sheet) == {"total": 500_000, "x": 500_000, "p": 0, "q": 0, "y": 0, "r": 0}


def test_partly_absent_child_keeps_its_weight():
    tree = Node("total", "t", children=(Node("p", "p", items=("x", "w")), Node("r", "r", items=("y",))))

    sheet = scored(tree, [item("x", 10), item("w", 30), item("y", 60)], {"x": 5, "y": 20})

    assert lines(sheet) == {"total": 400_000, "p": 200_000, "x": 200_000, "w": 0, "r": 200_000, "y": 200_000}


def test_all_absent_is_nothing():
    sheet = scored(
        Node("total", "t", items=("x", "y")), [item("x", 1), item("y", 1)], {"x": {"B": 1}, "y": {}}
    )

    assert lines(sheet) == {"total": 0, "x": 0, "y": 0}
    assert sheet.rank == 2


def test_bonus_item_has_no_weight_and_is_not_scaled():
    tree = Node("total", "t", items=("x", "y", "bonus"))

    sheet = scored(tree, [item("x", 50), item("y", 50), item("bonus", 0)], {"x": 30, "bonus": 3})

    assert lines(sheet) == {"total": 630_000, "x": 600_000, "y": 0, "bonus": 30_000}
    assert sheet.items()[2].factor == 1


def test_each_missing_rule():
    rules = ("full", "zero", "group_lowest", "group_mean", "fixed")
    items = [item(rule, 10, rule, points=4) for rule in rules]
    figures = {rule: {"B": 2, "C": 7} for rule in rules}

    sheet = scored(Node("total", "t", items=rules), items, figures)

    assert lines(sheet) == {
        "total": 205_000,
        "full": 100_000,
        "zero": 0,
        "group_lowest": 20_000,
        "group_mean": 45_000,
        "fixed": 40_000,
    }
    assert {line.note for line in sheet.items()} == {"missing"}


@pytest.mark.parametrize(("waived", "points"), [("full", 100_000), ("zero", 0), ("group_lowest", 20_000)])
def test_waived_item_counts_as_the_scheme_says_and_not_in_group_values(waived, points):
    sheet = scored(
        Node("total", "t", items=("x",)),
        [item("x", 10, "group_mean")],
        {"x": {"A": 1, "B": 2, "C": 7}},
        waived=waived,
        waivers={("A", "x"): "不可抗力"},
    )

    assert lines(sheet)["x"] == points
    assert (sheet.items()[0].note, sheet.items()[0].about) == ("waived", "不可抗力")


def test_each_line_is_rounded_once_and_the_total_is_their_sum():
    sheet = scored(
        Node("total", "t", items=("x", "y", "z")),
        [item("x", 1), item("y", 1), item("z", 1)],
        {"x": Fraction(1, 3), "y": Fraction(1, 3), "z": Fraction(1, 3)},
    )

    assert lines(sheet) == {"total": 9_999, "x": 3_333, "y": 3_333, "z": 3_333}


def test_multiplier_adjustments_and_limits_are_lines_in_this_order():
    tree = Node(
        "total",
        "t",
        items=("x",),
        multiply=(Step("value", {"of": Source("figure", "k")}),),
        adjustments=("praise",),
        low=Fraction(10),
        high=Fraction(77),
    )
    rows = (
        Adjustment(0, "B", "A", "2020-09", "praise", 40_000),
        Adjustment(0, "A", "A", "2020-09", "praise", 30_000),
        Adjustment(0, "C", "B", "2020-09", "praise", 10_000),
    )

    sheet = scored(tree, [item("x", 90)], {"x": 90, "k": Fraction(4, 5)}, adjustments=rows)

    assert [(line.kind, line.name, line.points) for line in sheet.total.lines] == [
        ("item", "x", 900_000),
        ("multiplier", "total.multiply", -180_000),
        ("adjustment", "A", 30_000),
        ("adjustment", "B", 40_000),
        ("limit", "praise.limit", -20_000),
    ]
    assert sheet.points == 770_000


def test_lower_limits_lift():
    tree = Node("total", "t", items=("x",), adjustments=("praise",), low=Fraction(10))
    rows = (Adjustment(0, "N", "A", "2020-09", "praise", -60_000),)

    sheet = scored(tree, [item("x", 90)], {"x": 5}, adjustments=rows)

    assert [(line.name, line.points) for line in sheet.total.lines] == [
        ("x", 50_000),
        ("N", -60_000),
        ("praise.limit", 40_000),
        ("total.limit", 70_000),
    ]


def test_limits_that_are_just_met_add_no_line():
    tree = Node("total", "t", items=("x",), low=Fraction(5), high=Fraction(5))

    assert [line.kind for line in scored(tree, [item("x", 90)], {"x": 5}).total.lines] == ["item"]


EARLIER = (("r1", Fraction(1, 4)), ("r2", Fraction(3, 4)))


@pytest.mark.parametrize(
    ("rule", "found", "points"),
    [
        ("zero", {"r1": {"A": 400_000}}, {"r1": 100_000, "r2": 0}),
        ("skip_and_reweight", {"r1": {"A": 400_000}}, {"r1": 400_000, "r2": 0}),
        ("skip_and_reweight", {"r2": {"A": 400_000}}, {"r1": 0, "r2": 400_000}),
        ("skip_and_reweight", {}, {"r1": 0, "r2": 0}),
        ("refuse", {"r1": {"A": 333_333}, "r2": {"A": 1}}, {"r1": 83_333, "r2": 1}),
    ],
)
def test_earlier_rounds_with_their_weights(rule, found, points):
    tree = Node("total", "t", full=Fraction(100), earlier=EARLIER, earlier_missing=rule)

    assert lines(scored(tree, [], {}, earlier=found)) == {"total": sum(points.values()), **points}


def test_missing_earlier_round_is_refused_where_the_scheme_says_so():
    tree = Node("total", "t", full=Fraction(100), earlier=EARLIER)

    with pytest.raises(EarlierMissing, match="r2: A"):
        scored(tree, [], {}, earlier={"r1": {"A": 1}, "r2": {"B": 1}})


def test_absent_earlier_rounds_give_their_weight_to_what_stands_beside_them():
    months = Node(
        "months",
        "m",
        weight=Fraction(2, 5),
        full=Fraction(100),
        earlier=EARLIER,
        earlier_missing="skip_and_reweight",
    )
    end = Node("end", "e", weight=Fraction(3, 5), items=("x",))

    sheet = scored(Node("total", "t", children=(months, end)), [item("x", 100)], {"x": 50})

    # parts weigh 40 + 60; without the 40 the factor is 100 / 60
    assert lines(sheet) == {"total": 500_000, "months": 0, "r1": 0, "r2": 0, "end": 500_000, "x": 500_000}
