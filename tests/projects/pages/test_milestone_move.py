"""Moving a milestone."""

from datetime import date

from shuangbi.projects.models import (
    Milestone,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene


def test_milestone_move(cast: Cast, scene: Scene) -> None:
    url = f"/projects/milestones/{scene.milestone}/move/"
    assert errors(send(cast, "reporter", url, forecast_on="2020-11-01", reason="")) == ["reason"]
    # A reporter has no field for the plan: what is sent for it is not read.
    for _ in range(2):
        send(cast, "reporter", url, forecast_on="2020-11-01", planned_on="2020-11-01", reason="阴雨")
    milestone = Milestone.objects.get(id=scene.milestone)
    assert (milestone.planned_on, milestone.forecast_on) == (date(2020, 10, 1), date(2020, 11, 1))
    send(cast, "unit_lead", url, forecast_on="2020-11-05", planned_on="2020-11-05", reason="设计变更")
    milestone.refresh_from_db()
    assert milestone.planned_on == date(2020, 11, 5)
    page = cast.client_of(cast.reporter).get(url).content.decode()
    assert all(text in page for text in ("2020-10-01", "2020-11-01", "2020-11-05", "阴雨", "设计变更"))
