"""Naming and releasing people."""

from datetime import date

from shuangbi.projects.models import (
    Assignment,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene


def test_project_people_and_person_release(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/people/"
    assert send(cast, "reporter", url).status_code == 403
    # A unit's lead names people of the unit; the city's leaders are named by the office.
    given = {"part": "service_officer", "stage": "signed", "on": "2020-10-20"}
    assert errors(send(cast, "unit_lead", url, person=str(cast.leader.id), **given)) == ["person"]
    for _ in range(2):
        assert send(cast, "unit_lead", url, person=str(cast.reporter.id), **given).status_code == 302
    assignment = Assignment.objects.get(person=cast.reporter)
    reused = cast.client_of(cast.unit_lead).post(f"{url}{assignment.id}/release/", {"idempotency_key": "k1"}, follow=True)
    assert "此表单已以不同内容提交过" in reused.content.decode()
    for _ in range(2):
        send(cast, "unit_lead", f"{url}{assignment.id}/release/", idempotency_key="k3")
    assignment.refresh_from_db()
    assert assignment.ends_on == date(2020, 10, 19)
    response = cast.client_of(cast.unit_lead).post(f"{url}{assignment.id}/release/", {"idempotency_key": "k2"}, follow=True)
    assert "已经结束。" in response.content.decode()
