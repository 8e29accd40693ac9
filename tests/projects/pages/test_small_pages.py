"""The forms of one purpose: stages, lists, milestones, people, promises. Each done, done once, and refused."""

from datetime import date
from typing import Any

import pytest

from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.models import (
    Agreement,
    Assignment,
    BondBatch,
    CreditShare,
    FundingPlan,
    Milestone,
    OutsideCode,
    Tagging,
)
from tests.cast import Cast
from tests.projects.stories import OTHER_CLAIM, YI, Scene, register


def send(cast: Cast, who: str, url: str, **data: Any) -> Any:
    return cast.client_of(getattr(cast, who)).post(url, {"idempotency_key": "k1", **data})


def errors(response: Any) -> list[str]:
    assert response.status_code == 200
    return list(response.context["form"].errors)


def test_project_stage_and_undo(cast: Cast, demo_day: object) -> None:
    project = register(cast)
    url = f"/projects/{project.id}/stage/"
    assert errors(send(cast, "reporter", url, stage="signed", on="2020-10-20")) == ["stage"]
    assert errors(send(cast, "reporter", url, stage="ended", on="2020-10-20")) == ["reason"]
    for _ in range(2):
        send(cast, "reporter", url, stage="ended", on="2020-10-20", reason="不再推进")
    project.refresh_from_db()
    assert project.stage == "ended"
    assert send(cast, "reporter", f"{url}undo/", reason="恢复").status_code == 403
    assert errors(send(cast, "unit_lead", f"{url}undo/", reason="")) == ["reason"]
    for _ in range(2):
        assert send(cast, "unit_lead", f"{url}undo/", reason="恢复").status_code == 302
    project.refresh_from_db()
    assert project.stage == "lead"


def test_project_lists(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/lists/"
    assert errors(send(cast, "reporter", url, kind="list", code="province_500", on="2020-10-20")) == ["kind"]
    assert errors(send(cast, "owner", url, kind="tag", code="x", on="2020-10-20")) == ["kind"]
    assert errors(send(cast, "clerk", url, kind="list", code="a|b", on="2020-10-20")) == ["code"]
    for _ in range(2):
        assert send(cast, "owner", url, kind="list", code="province_500", on="2020-09-01").status_code == 302
    assert Tagging.objects.get(code="province_500").starts_on == date(2020, 9, 1)


def test_project_unlist(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/lists/{scene.tagging}/off/"
    assert send(cast, "reporter", url, on="2020-10-20", reason="调出").status_code == 403
    assert errors(send(cast, "clerk", url, on="2020-10-20", reason="")) == ["reason"]
    for _ in range(2):
        assert send(cast, "clerk", url, on="2020-10-20", reason="调出").status_code == 302
    assert Tagging.objects.get(id=scene.tagging).ends_on == date(2020, 10, 19)


def test_milestone_set(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/milestones/new/"
    assert errors(send(cast, "reporter", url, title="设备进场", planned_on="2020-13-01")) == ["planned_on"]
    assert errors(send(cast, "reporter", url, title="设备\u2066进场", planned_on="2020-12-01")) == ["title"]
    for _ in range(2):
        assert send(cast, "reporter", url, title="设备进场", planned_on="2020-12-01").status_code == 302
    assert Milestone.objects.get(title="设备进场").forecast_on == date(2020, 12, 1)


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


def test_milestone_reach(cast: Cast, scene: Scene) -> None:
    url = f"/projects/milestones/{scene.milestone}/reach/"
    assert errors(send(cast, "reporter", url, on="2020-10-21")) == ["on"]
    for _ in range(2):
        assert send(cast, "reporter", url, on="2020-10-19", note="主体完工").status_code == 302
    assert Milestone.objects.get().actual_on == date(2020, 10, 19)


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


@pytest.mark.parametrize(("what", "data", "field"), [
    ("agreement", {"reference": "x", "signed_on": "2020-10-21"}, "signed_on"),
    ("share", {"share": "101", "contract": "x"}, "share"),
    ("funding", {"year": "1066", "source": "x", "amount": "1亿元"}, "year"),
    ("bond", {"batch": "x", "amount": "", "issued_on": "2020-05-20"}, "amount"),
    ("code", {"system": "national", "code": "123", "on": "2020-10-20"}, "code"),
])
def test_promise_new_refused(cast: Cast, scene: Scene, what: str, data: dict[str, str], field: str) -> None:
    url = f"/projects/{scene.project.id}/promises/{what}/"
    response = send(cast, "unit_lead", url, unit=str(cast.other_county.id), **data)
    assert errors(response) == [field]


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


def test_promise_new(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/promises/"
    county = str(cast.other_county.id)
    said: dict[str, dict[str, str]] = {
        "agreement": {"reference": "补充协议", "signed_on": "2020-09-01", "amount": "2亿元", "start_by": "2020-12-01"},
        "share": {"unit": county, "share": "33.33", "contract": "共建协议", "ends_on": "2021-12-31"},
        "funding": {"year": "2021", "source": "省级补助", "amount": "3000万元"},
        "bond": {"batch": "2020年第三批", "amount": "5000万元", "issued_on": "2020-08-31"},
        "code": {"system": "province", "code": "HN-2020-7", "on": "2020-10-20"},
    }
    for what, data in said.items():
        for _ in range(2):
            assert send(cast, "unit_lead", f"{url}{what}/", **{**data, "idempotency_key": what}).status_code == 302
    assert Agreement.objects.get(reference="补充协议").amount == 2 * YI
    assert CreditShare.objects.get(contract="共建协议").share == 3333
    assert FundingPlan.objects.get(year=2021).amount == 3 * YI // 10
    assert BondBatch.objects.get(batch="2020年第三批").spend_by == date(2021, 2, 28)
    assert OutsideCode.objects.get(system="province").code == "HN-2020-7"
    page = cast.client_of(cast.unit_lead).get(url).content.decode()
    # 100 % − 25 % − 33.33 %
    assert all(text in page for text in ("补充协议", "33.33%", "41.67%", "省级补助", "2021-02-28", "HN-2020-7"))
    assert send(cast, "reporter", f"{url}share/").status_code == 403
    assert cast.client_of(cast.reporter).get(f"{url}moon/").status_code == 404
