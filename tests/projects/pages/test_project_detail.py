"""A project's page: its story in at most twelve queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.projects.stories import Scene


def test_page_tells_the_project(cast: Cast, scene: Scene) -> None:
    page = cast.client_of(cast.reporter).get(f"/projects/{scene.project.id}/").content.decode()
    for text in ("青禾智能装备产业园", "XM2020-0001", "12.0000", "10.0000", "8.0000", "3.0000", "逾期9个工作日", "凌霄云", "重点项目"):
        assert text in page
    assert f"/projects/{scene.project.id}/edit/" in page


def test_page_in_english(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.leader)
    client.cookies["shuangbi_language"] = "en"
    page = client.get(f"/projects/{scene.project.id}/").content.decode()
    for text in ("Qinghe Smart Equipment Park", "overdue by 9 working days", "Attracted amount by contract"):
        assert text in page
    assert f"/projects/{scene.project.id}/edit/" not in page


@pytest.mark.parametrize(("path", "queries"), [("", 12), ("promises/", 11)])
def test_queries_are_pinned(cast: Cast, scene: Scene, path: str, queries: int) -> None:
    client = cast.client_of(cast.clerk)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/projects/{scene.project.id}/{path}")
    assert len(asked) <= queries
