"""Reaching a milestone."""

from datetime import date

from shuangbi.projects.models import (
    Milestone,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene


def test_milestone_reach(cast: Cast, scene: Scene) -> None:
    url = f"/projects/milestones/{scene.milestone}/reach/"
    assert errors(send(cast, "reporter", url, on="2020-10-21")) == ["on"]
    for _ in range(2):
        assert send(cast, "reporter", url, on="2020-10-19", note="主体完工").status_code == 302
    assert Milestone.objects.get().actual_on == date(2020, 10, 19)
