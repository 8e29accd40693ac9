"""Setting a milestone."""

from datetime import date

from shuangbi.projects.models import (
    Milestone,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene


def test_milestone_set(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/milestones/new/"
    assert errors(send(cast, "reporter", url, title="设备进场", planned_on="2020-13-01")) == ["planned_on"]
    assert errors(send(cast, "reporter", url, title="设备\u2066进场", planned_on="2020-12-01")) == ["title"]
    for _ in range(2):
        assert send(cast, "reporter", url, title="设备进场", planned_on="2020-12-01").status_code == 302
    assert Milestone.objects.get(title="设备进场").forecast_on == date(2020, 12, 1)
