"""What was promised, beside what was done."""

from datetime import date

from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from tests.cast import Cast
from tests.projects.stories import OTHER_CLAIM, Scene


def test_project_promises_shows_what_was_done_beside_what_was_promised(cast: Cast, scene: Scene) -> None:
    started = date(2020, 10, 9)
    actions.stage_reached(project=scene.project, stage="started", on=started, claim=OTHER_CLAIM, by=None)
    promised = {"start_by": date(2020, 9, 1), "completion_by": date(2021, 9, 1)}
    actions.sign_agreement(
        project=scene.project, reference="招商合同12号", signed_on=date(2020, 3, 1), by=access_of(cast.reporter), **promised
    )
    page = cast.client_of(cast.reporter).get(f"/projects/{scene.project.id}/promises/").content.decode()
    assert "2020-09-01 <span" in page
    assert page.count("实际 ") == 1
    assert "实际 2020-10-09" in page
