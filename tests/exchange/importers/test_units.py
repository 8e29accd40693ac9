"""Units from a table."""

from datetime import date

import pytest

from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Unit
from tests.cast import Cast
from tests.exchange.sheets import errors, filled, load

GOOD = {"code": "x01", "name": "示例市新河镇", "short_name": "新河镇", "kind": "乡镇（街道）", "parent": "x00", "starts_on": "2000-01-01", "position": 3}
ABOVE = {"code": "x00", "name": "示例新河县", "kind": "county", "parent": "region", "starts_on": "2000-01-01"}


def test_units_in_any_order(cast: Cast) -> None:
    assert load("units", filled("units", GOOD, ABOVE), access_of(cast.office_lead)).count == 2

    town = Unit.objects.get(code="x01")
    assert (town.parent.code, town.short_name, town.position, town.starts_on) == ("x00", "新河镇", 3, date(2000, 1, 1))
    assert Unit.objects.get(code="x00").short_name == "示例新河县"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"code": None}, [(2, "代码")]),
        ({"name": None}, [(2, "名称")]),
        ({"kind": "城市"}, [(2, "类型")]),
        ({"starts_on": "2000-02-30"}, [(2, "设立日期")]),
        ({"position": "第三"}, [(2, "排序")]),
        ({"parent": "nowhere"}, [(2, "上级代码")]),
        ({"code": "qinghe"}, [(2, "代码")]),
        ({"code": "x00"}, [(2, "代码"), (3, "代码")]),
        ({"name": "新\u200b河"}, [(2, "名称")]),
        ({"parent": "x01"}, [(0, "")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_loaded(cast: Cast, changes: dict[str, object], wrong: list[tuple[int, str]]) -> None:
    before = (Unit.objects.count(), Fact.objects.count())
    assert errors("units", filled("units", {**GOOD, **changes}, ABOVE), access_of(cast.office_lead)) == wrong
    assert (Unit.objects.count(), Fact.objects.count()) == before
