"""Putting on lists and tags."""

from datetime import date

from shuangbi.projects.models import (
    Tagging,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene


def test_project_lists(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/lists/"
    assert errors(send(cast, "reporter", url, kind="list", code="province_500", on="2020-10-20")) == ["kind"]
    assert errors(send(cast, "owner", url, kind="tag", code="x", on="2020-10-20")) == ["kind"]
    assert errors(send(cast, "clerk", url, kind="list", code="a|b", on="2020-10-20")) == ["code"]
    for _ in range(2):
        assert send(cast, "owner", url, kind="list", code="province_500", on="2020-09-01").status_code == 302
    assert Tagging.objects.get(code="province_500").starts_on == date(2020, 9, 1)
