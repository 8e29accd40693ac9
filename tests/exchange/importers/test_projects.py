"""Projects from a table, with their moneys in the unit of the head or with their own."""

from datetime import datetime

import pytest

from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.projects.models import Project, Tagging
from tests.cast import Cast
from tests.exchange.sheets import errors, filled, load

GOOD = {
    "code": "2020-0901", "name": "青禾精密制造项目", "unit": "青禾县", "bringer": "城建集团", "investor_name": "示例制造有限公司",
    "industry": "C35", "site": "工业园三号地块", "total_investment": 52000, "contract_amount": "5.2亿元", "attracted_amount": "50,000",
    "year_plan": None, "lists": "重点项目", "registered_on": "2020-09-01",
}


def test_moneys_lists_and_units(cast: Cast, demo_day: datetime) -> None:
    assert load("projects", filled("projects", GOOD), access_of(cast.clerk)).count == 1

    made = Project.objects.get(code="2020-0901")
    assert (made.total_investment, made.contract_amount, made.attracted_amount, made.year_plan) == (
        52_000_000_000, 52_000_000_000, 50_000_000_000, 0,
    )
    assert (made.unit, made.bringer, made.stage) == (cast.county, cast.company, "lead")
    assert list(Tagging.objects.values_list("kind", "code")) == [("list", "key")]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": None}, [(3, "项目名称")]),
        ({"unit": "无此县"}, [(3, "属地单位")]),
        ({"bringer": "无此集团", "park": "无此园"}, [(3, "引进单位"), (3, "园区")]),
        ({"total_investment": "约五亿"}, [(3, "总投资")]),
        ({"total_investment": -1}, [(3, "总投资")]),
        ({"registered_on": "2020-02-30"}, [(3, "登记日期")]),
        ({"lists": "没有的名单"}, [(3, "名单")]),
        ({"stage": "飞升"}, [(3, "阶段")]),
        ({"stage": "签约"}, [(3, "阶段")]),
        ({"industry": "QQ"}, [(3, "行业代码")]),
        ({"investor_code": "123"}, [(3, "统一社会信用代码")]),
        ({"code": "2020-0901"}, [(2, "项目编号"), (3, "项目编号")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_loaded(
    cast: Cast, demo_day: datetime, changes: dict[str, object], wrong: list[tuple[int, str]]
) -> None:
    before = Fact.objects.count()
    second = {**GOOD, "code": "2020-0902", "name": "云上冷链物流园", "investor_name": "云上物流有限公司", **changes}
    assert errors("projects", filled("projects", GOOD, second), access_of(cast.clerk)) == wrong
    assert (Project.objects.count(), Fact.objects.count()) == (0, before)


def test_a_reporter_loads_its_own_units_projects_only(cast: Cast, demo_day: datetime) -> None:
    by, own = access_of(cast.reporter), {**GOOD, "bringer": None, "lists": None}
    other = {**own, "code": "2020-0902", "name": "云塘冷链物流园", "investor_name": "云上物流有限公司", "unit": "云塘区"}

    assert {row for row, _column in errors("projects", filled("projects", own, other), by)} == {3}
    assert load("projects", filled("projects", own), by).count == 1
