"""Milestones set, moved, reached."""

from datetime import date

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.models import Milestone, MilestoneMove, Project
from tests.cast import Cast
from tests.projects.stories import register

pytestmark = pytest.mark.usefixtures("demo_day")
PLANNED = date(2020, 11, 30)


@pytest.fixture
def project(cast: Cast, demo_day: object) -> Project:
    return register(cast)


@pytest.fixture
def milestone(cast: Cast, project: Project) -> Milestone:
    fact = actions.set_milestone(
        project=project, title="主体封顶", planned_on=PLANNED, stage="started", by=access_of(cast.reporter), key="set"
    )
    return Milestone.objects.get(id=fact.uuid)


def test_every_date_it_had_stays_on_record(cast: Cast, milestone: Milestone) -> None:
    reporter, lead = access_of(cast.reporter), access_of(cast.unit_lead)
    actions.move_milestone(milestone=milestone, forecast_on=date(2020, 12, 15), reason="阴雨", by=reporter, key="m")
    actions.move_milestone(milestone=milestone, forecast_on=date(2020, 12, 15), reason="阴雨", by=reporter, key="m")
    actions.move_milestone(
        milestone=milestone, forecast_on=date(2020, 12, 20), planned_on=date(2020, 12, 20), reason="设计变更", by=lead
    )
    assert list(MilestoneMove.objects.values_list("planned_on", "forecast_on", "reason")) == [
        (PLANNED, PLANNED, ""),
        (PLANNED, date(2020, 12, 15), "阴雨"),
        (date(2020, 12, 20), date(2020, 12, 20), "设计变更"),
    ]
    actions.reach_milestone(milestone=milestone, on=date(2020, 10, 19), by=reporter, key="r")
    actions.reach_milestone(milestone=milestone, on=date(2020, 10, 19), by=reporter, key="r")
    milestone.refresh_from_db()
    assert (milestone.planned_on, milestone.forecast_on, milestone.actual_on) == (
        date(2020, 12, 20), date(2020, 12, 20), date(2020, 10, 19),
    )


@pytest.mark.parametrize(("who", "said", "field"), [
    ("other_reporter", {}, ""),
    ("reporter", {"title": ""}, "title"),
    ("reporter", {"title": "主体封顶"}, "title"),
    ("reporter", {"planned_on": date(2222, 1, 1)}, "planned_on"),
    ("reporter", {"stage": "roof"}, "stage"),
])
def test_setting_refused(
    cast: Cast, project: Project, milestone: Milestone, who: str, said: dict[str, object], field: str
) -> None:
    asked = {"title": "设备进场", "planned_on": PLANNED, **said}
    with pytest.raises(Refused) as refused:
        actions.set_milestone(project=project, by=access_of(getattr(cast, who)), **asked)
    assert refused.value.field == field
    assert Milestone.objects.count() == 1


@pytest.mark.parametrize(("who", "said", "field"), [
    ("other_reporter", {}, ""),
    ("reporter", {"reason": " "}, "reason"),
    ("reporter", {"forecast_on": PLANNED}, "forecast_on"),
    ("reporter", {"planned_on": date(2021, 1, 1)}, "planned_on"),
])
def test_moving_refused(
    cast: Cast, milestone: Milestone, who: str, said: dict[str, object], field: str
) -> None:
    asked = {"forecast_on": date(2020, 12, 1), "reason": "阴雨", **said}
    with pytest.raises(Refused) as refused:
        actions.move_milestone(milestone=milestone, by=access_of(getattr(cast, who)), **asked)
    assert refused.value.field == field
    assert MilestoneMove.objects.count() == 1


def test_reaching_refused(cast: Cast, milestone: Milestone) -> None:
    by = access_of(cast.reporter)
    for who, on in ((cast.reporter, date(2020, 10, 21)), (cast.other_reporter, date(2020, 10, 20))):
        with pytest.raises(Refused):
            actions.reach_milestone(milestone=milestone, on=on, by=access_of(who))
    actions.reach_milestone(milestone=milestone, on=date(2020, 10, 20), by=by)
    with pytest.raises(Refused) as refused:
        actions.reach_milestone(milestone=milestone, on=date(2020, 10, 19), by=by)
    assert refused.value.field == "on"
    with pytest.raises(Refused):
        actions.move_milestone(milestone=milestone, forecast_on=date(2021, 1, 1), reason="x", by=by)
