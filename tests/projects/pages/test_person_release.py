"""Ending an assignment."""

from datetime import date

from shuangbi.projects.models import Assignment
from tests.cast import Cast
from tests.projects.pages.sending import send
from tests.projects.stories import Scene


def test_released_from_today(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/people/{scene.assignment}/release/"
    for _ in range(2):
        assert send(cast, "unit_lead", url)["Location"] == f"/projects/{scene.project.id}/people/"
    assert Assignment.objects.get(id=scene.assignment).ends_on == date(2020, 10, 19)
