"""Claims from a table."""

from datetime import date

import pytest

from shuangbi.claims.models import Claim
from shuangbi.organisations.access import access_of
from shuangbi.projects.actions import grant_bond_batch
from tests.competitions.stories import YI, Race, project_of
from tests.exchange.sheets import errors, filled, load


def good(race: Race) -> dict[str, object]:
    project = project_of(race.cast, race.cast.county, "青禾一号")
    return {"unit": "青禾县", "kind": "签约", "project": project.code, "effective_on": "2020-09-18"}


def test_states_amounts_and_plain_matters(race: Race) -> None:
    plain = good(race)
    project = project_of(race.cast, race.cast.county, "湖光三号厂")
    grant_bond_batch(project=project, batch="2020年第二批", amount=YI, issued_on=date(2020, 5, 20), by=race.office)
    content = filled(
        "claims", plain, {**plain, "kind": "funds_in_place", "amount": "1200万元"},
        {"unit": "青禾县", "kind": "land_reserved", "title": "城东三号地块", "effective_on": "2020-09-10", "amount": "300亩"},
        {**plain, "project": project.code, "kind": "bond_drawn", "bond_batch": "2020年第二批", "amount": "3000万元", "note": "首笔"},
    )

    assert load("claims", content, access_of(race.cast.reporter)).count == 4

    rows = Claim.objects.order_by("seq").values_list("kind", "amount", "title", "state")
    assert list(rows) == [
        ("signed", 0, "", "reported"), ("funds_in_place", 1_200_000_000, "", "reported"),
        ("land_reserved", 200_000, "城东三号地块", "reported"), ("bond_drawn", 3_000_000_000, "", "reported"),
    ]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"unit": "无此县"}, [(3, "申报单位")]),
        ({"kind": "飞升"}, [(3, "申报事项")]),
        ({"project": "没有的编号"}, [(3, "项目编号")]),
        ({"effective_on": "2020-09-31"}, [(3, "发生日期")]),
        ({"effective_on": None}, [(3, "发生日期")]),
        ({"effective_on": "2020-12-31"}, [(3, "发生日期")]),
        ({"kind": "funds_in_place", "amount": "1200"}, [(3, "数量")]),
        ({"kind": "funds_in_place", "amount": "许多"}, [(3, "数量")]),
        ({"bond_batch": "没有的批次"}, [(3, "债券批次")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_loaded(race: Race, changes: dict[str, object], wrong: list[tuple[int, str]]) -> None:
    plain = good(race)
    second = {**plain, "kind": "completed", **changes}
    assert errors("claims", filled("claims", plain, second), access_of(race.cast.reporter)) == wrong
    assert not Claim.objects.exists()


def test_anothers_project_is_not_there(race: Race) -> None:
    other = project_of(race.cast, race.cast.other_county, "云塘二号厂")
    plain = good(race)
    assert errors("claims", filled("claims", {**plain, "project": other.code}), access_of(race.cast.reporter)) == [(2, "项目编号")]
