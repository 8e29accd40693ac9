"""Entering units and ending them."""

from datetime import date

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations import actions, queries
from shuangbi.organisations.models import Unit
from tests.cast import SINCE, Cast


def new(code: str, **changes: object) -> actions.NewUnit:
    values = {"code": code, "name": f"单位{code}", "short_name": "", "kind": "town", "starts_on": SINCE, "parent_code": "qinghe"}
    return actions.NewUnit(**(values | changes))  # type: ignore[arg-type]


def test_children_may_come_before_their_parents(cast: Cast) -> None:
    ids = actions.make_units(
        units=[new("b", parent_code="a"), new("a")], by=cast.office_lead.id
    )

    child, parent = (Unit.objects.get(id=one) for one in ids)
    assert (child.code, child.parent) == ("b", parent)
    assert parent.parent == cast.county


def test_short_name_is_the_name_where_left_empty(cast: Cast) -> None:
    (made,) = actions.make_units(units=[new("a")], by=cast.office_lead.id)

    assert Unit.objects.get(id=made).short_name == "单位a"


def test_the_same_key_enters_units_once(cast: Cast) -> None:
    units = [new("b", parent_code="a"), new("a")]
    first = actions.make_units(units=units, by=cast.office_lead.id, key="k")
    second = actions.make_units(units=units, by=cast.office_lead.id, key="k")

    assert first == second
    assert Unit.objects.filter(code__in=["a", "b"]).count() == 2


@pytest.mark.parametrize(
    ("units", "field"),
    [
        ([new("qinghe")], "code"),
        ([new("a"), new("a")], "code"),
        ([new("")], "code"),
        ([new("a", name="")], "name"),
        ([new("a", name="青\u200b禾")], "name"),
        ([new("a", parent_code="nowhere")], "parent"),
        ([new("a", parent_code="b"), new("b", parent_code="a")], "parent"),
        ([new("a", kind="planet")], "kind"),
    ],
)
def test_a_bad_unit_is_refused_and_nothing_is_written(cast: Cast, units: list[actions.NewUnit], field: str) -> None:
    facts = Fact.objects.count()

    with pytest.raises(Refused) as refusal:
        actions.make_units(units=units, by=cast.office_lead.id)

    assert refusal.value.field == field
    assert Fact.objects.count() == facts


def test_the_tree_key_puts_children_below_their_parent_in_official_order(cast: Cast) -> None:
    actions.make_units(units=[new("z", position=1), new("y", position=0)], by=cast.office_lead.id)

    order = [unit.code for unit in queries.units_visible_to(cast.access_of(cast.clerk))]
    assert order == ["region", "qinghe", "y", "z", "qinghe-park", "yuntang", "industry", "construct"]
    assert [unit.depth for unit in queries.units_visible_to(cast.access_of(cast.clerk))] == [0, 1, 2, 2, 2, 1, 1, 1]


def test_a_merged_unit_goes_on_in_its_successor(cast: Cast) -> None:
    actions.merge_unit(unit=cast.county, ends_on=date(2021, 1, 31), successor=cast.other_county, by=cast.office_lead.id)

    unit = Unit.objects.get(code="qinghe")
    assert (unit.ends_on, unit.successor) == (date(2021, 1, 31), cast.other_county)
    assert unit.stands_on(date(2021, 1, 31))
    assert not unit.stands_on(date(2021, 2, 1))


def test_the_successors_people_see_the_business_of_the_merged_unit(cast: Cast) -> None:
    actions.merge_unit(unit=cast.county, ends_on=date(2021, 1, 31), successor=cast.other_county, by=cast.office_lead.id)

    assert cast.access_of(cast.other_reporter).unit_ids == {cast.other_county.id, cast.county.id, cast.park.id}


def test_two_units_merged_into_each_other_by_way_of_the_tree_do_not_hang(cast: Cast) -> None:
    actions.merge_unit(unit=cast.park, ends_on=date(2021, 1, 31), successor=cast.county, by=cast.office_lead.id)

    assert cast.access_of(cast.reporter).unit_ids == {cast.county.id, cast.park.id}


def test_the_same_key_ends_a_unit_once(cast: Cast) -> None:
    for _click in range(2):
        actions.merge_unit(unit=cast.county, ends_on=date(2021, 1, 31), successor=None, by=cast.office_lead.id, key="k")

    assert Fact.objects.filter(kind="organisations.unit_merged").count() == 1


def test_an_end_is_refused_where_it_makes_no_sense(cast: Cast) -> None:
    def field_of(unit: Unit, ends_on: date, successor: Unit | None) -> str:
        with pytest.raises(Refused) as refusal:
            actions.merge_unit(unit=unit, ends_on=ends_on, successor=successor, by=cast.office_lead.id)
        return refusal.value.field

    assert field_of(cast.county, date(2018, 12, 31), None) == "ends_on"
    assert field_of(cast.county, date(2021, 1, 31), cast.county) == "successor"
    assert field_of(cast.county, date(2021, 1, 31), cast.park) == "successor"
    assert field_of(cast.region, date(2021, 1, 31), None) == "successor"
    actions.merge_unit(unit=cast.county, ends_on=date(2021, 1, 31), successor=None, by=cast.office_lead.id)
    assert field_of(cast.county, date(2021, 1, 31), None) == "ends_on"
    assert field_of(cast.other_county, date(2021, 2, 1), cast.county) == "successor"


def test_names_and_codes_find_a_unit_and_ambiguous_ones_do_not(cast: Cast) -> None:
    actions.make_units(units=[new("a", name="同名"), new("b", name="同名")], by=cast.office_lead.id)

    found = queries.units_by_name()
    assert found["青禾县"] == found["qinghe"] == cast.county
    assert "同名" not in found
    assert queries.unit_by_code("qinghe") == cast.county
    assert queries.unit_by_code("none") is None


def test_whoever_holds_no_role_sees_no_unit(cast: Cast) -> None:
    assert list(queries.units_visible_to(cast.access_of(cast.stranger))) == []
    assert list(queries.units_visible_to(cast.access_of(None))) == []


def test_units_standing_leaves_out_those_that_ended(cast: Cast) -> None:
    actions.merge_unit(unit=cast.county, ends_on=date(2020, 6, 30), successor=None, by=cast.office_lead.id)

    access = cast.access_of(cast.clerk)
    assert cast.county in queries.units_standing(access, date(2020, 6, 30))
    assert cast.county not in queries.units_standing(access, date(2020, 7, 1))
