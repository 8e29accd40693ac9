"""The list: search, filters, order, export, and how many queries it takes."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.models import Project
from tests.cast import Cast
from tests.projects.stories import CLAIM, YI, register

URL = "/projects/"


@pytest.fixture
def three(cast: Cast, demo_day: object) -> list[Project]:
    """A park of 12亿 (signed, overdue), data of 60亿 (lead, near, on a list), a cold store of 0.5亿 in the other county."""
    reporter, clerk = access_of(cast.reporter), access_of(cast.clerk)
    park = register(cast)
    data = register(cast, name="云上数据工厂", industry="I6510", total_investment=60 * YI, tags=("livelihood",))
    cold = register(
        cast, by=cast.other_reporter, unit=cast.other_county.id, name="另一处冷链中心", total_investment=YI // 2
    )
    actions.set_milestone(project=park, title="封顶", planned_on=date(2020, 10, 1), by=reporter)
    actions.set_milestone(project=park, title="投用", planned_on=date(2021, 10, 1), by=reporter)
    actions.set_milestone(project=data, title="进场", planned_on=date(2020, 11, 4), by=reporter)
    actions.stage_reached(project=park, stage="signed", on=date(2020, 9, 1), claim=CLAIM, by=None)
    actions.put_on_list(project=data, kind="list", code="key", by=clerk)
    return [park, data, cold]


def names(cast: Cast, query: str = "", who: str = "clerk") -> list[str]:
    response = cast.client_of(getattr(cast, who)).get(URL + query)
    assert response.status_code == 200
    return [row.name for row in response.context["listing"].page.object_list]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("who", "seen"), [
    ("clerk", ["另一处冷链中心", "青禾智能装备产业园", "云上数据工厂"]),
    ("leader", ["另一处冷链中心", "青禾智能装备产业园", "云上数据工厂"]),
    ("reporter", ["青禾智能装备产业园", "云上数据工厂"]),
    ("other_reporter", ["另一处冷链中心"]),
    ("park_reporter", []),
])
def test_scope_in_order_of_pinyin(cast: Cast, who: str, seen: list[str]) -> None:
    assert names(cast, who=who) == seen


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("query", "found"), [
    ("?q=qhzn", ["青禾智能装备产业园"]),
    ("?q=冷链", ["另一处冷链中心"]),
    ("?q=数据+云上", ["云上数据工厂"]),
    ("?q=XM2020-0002", ["云上数据工厂"]),
    ("?q=91999900MA4L00010K&q=", ["另一处冷链中心", "青禾智能装备产业园", "云上数据工厂"]),
    ("?stage=signed", ["青禾智能装备产业园"]),
    ("?list=key", ["云上数据工厂"]),
    ("?tag=livelihood", ["云上数据工厂"]),
    ("?industry=I", ["云上数据工厂"]),
    ("?size=50", ["云上数据工厂"]),
    ("?size=1", ["青禾智能装备产业园", "云上数据工厂"]),
    ("?light=overdue", ["青禾智能装备产业园"]),
    ("?light=near", ["云上数据工厂"]),
    ("?light=none", ["另一处冷链中心"]),
    ("?light=done", []),
    ("?stage=nowhere", []),
    ("?sort=-total", ["云上数据工厂", "青禾智能装备产业园", "另一处冷链中心"]),
    ("?sort=stage", ["云上数据工厂", "另一处冷链中心", "青禾智能装备产业园"]),
    ("?sort=next", ["青禾智能装备产业园", "云上数据工厂", "另一处冷链中心"]),
])
def test_search_filters_and_order(cast: Cast, query: str, found: list[str]) -> None:
    if "stage" in query and "sort" in query:
        assert names(cast, query)[-1] == found[-1]
    else:
        assert names(cast, query) == found


def test_filter_by_unit_takes_what_lies_below(cast: Cast, three: list[Project]) -> None:
    assert names(cast, f"?unit={cast.county.id}") == ["青禾智能装备产业园", "云上数据工厂"]
    assert names(cast, f"?unit={cast.park.id}") == []
    assert len(names(cast, f"?unit={cast.region.id}")) == 3
    # A unit outside one's scope is no choice.
    assert names(cast, f"?unit={cast.other_county.id}", who="reporter") == []


@pytest.mark.usefixtures("three")
def test_export_holds_exactly_what_is_shown(cast: Cast) -> None:
    response = cast.client_of(cast.clerk).get(f"{URL}?size=1&export=xlsx")
    sheet = load_workbook(BytesIO(response.content)).active
    rows: list[tuple[Any, ...]] = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("编号", "名称", "归属单位", "阶段", "总投资（亿元）")
    assert [row[:7] for row in rows[1:]] == [
        ("XM2020-0001", "青禾智能装备产业园", "青禾县", "签约", 12, 3, "逾期"),
        ("XM2020-0002", "云上数据工厂", "青禾县", "线索", 60, 3, "临期"),
    ]


def test_as_many_queries_for_three_as_for_one(cast: Cast, demo_day: object) -> None:
    client = cast.client_of(cast.clerk)
    register(cast, tags=("livelihood",))
    with CaptureQueriesContext(connection, ) as first:
        client.get(URL)
    register(cast, name="云上数据工厂", tags=("livelihood",))
    register(cast, name="另一处冷链中心", tags=("infrastructure",))
    with CaptureQueriesContext(connection) as second:
        client.get(URL)
    assert (len(first), len(second)) == (9, 9)


def test_empty_list_says_what_to_do(cast: Cast) -> None:
    page = cast.client_of(cast.reporter).get(URL).content.decode()
    assert "录入或导入后，项目会显示在这里。" in page
    assert "/projects/new/" in page
    assert "/projects/new/" not in cast.client_of(cast.leader).get(URL).content.decode()
