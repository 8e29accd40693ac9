"""Entering a project by hand."""

from typing import Any

import pytest

from shuangbi.projects.models import OutsideCode, Project, Tagging
from tests.cast import Cast
from tests.projects.stories import YI, register

pytestmark = pytest.mark.usefixtures("demo_day")


def filled(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "idempotency_key": "k1", "name": "青禾冷链物流中心", "unit": str(cast.county.id), "industry": "G59",
        "investor_name": "示例冷链有限公司", "investor_code": "91999900MA4L00020L", "site": "二号地块",
        "total_investment": "1.2亿元", "contract_amount": "9000万元", "stage": "talk", "registered_on": "2020-10-12",
        "national_code": "2009-430200-04-01-123456", "tags": ["livelihood"], **changes,
    }


def test_entered_and_shown(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    response = client.post("/projects/new/", filled(cast))
    project = Project.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/projects/{project.id}/")
    assert (project.total_investment, project.contract_amount, project.attracted_amount) == (12 * YI // 10, 9 * YI // 10, 0)
    assert (project.stage, project.registered_on.isoformat()) == ("talk", "2020-10-12")
    assert (Tagging.objects.get().code, OutsideCode.objects.get().code) == ("livelihood", "2009-430200-04-01-123456")
    assert "项目已录入。" in client.get(response["Location"]).content.decode()


def test_second_click_enters_once(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    first, second = (client.post("/projects/new/", filled(cast)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Project.objects.count() == 1


def test_sent_back_with_other_contents_is_not_swallowed(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    client.post("/projects/new/", filled(cast))
    response = client.post("/projects/new/", filled(cast, name="青禾冷链物流中心二期"))
    assert response.status_code == 200
    assert "此表单已以不同内容提交过" in response.content.decode()


@pytest.mark.parametrize(("changes", "field"), [
    ({"registered_on": "2020-02-30"}, "registered_on"),
    ({"registered_on": "2020-10-21"}, "registered_on"),
    ({"total_investment": "-1亿元"}, "total_investment"),
    ({"total_investment": "0.001元"}, "total_investment"),
    ({"total_investment": "1200"}, "total_investment"),
    ({"contract_amount": "99999999亿元"}, "contract_amount"),
    ({"name": "长" * 121}, "name"),
    ({"name": "青禾\u202e中心"}, "name"),
    ({"name": "青禾\u200b中心"}, "name"),
    ({"name": ""}, "name"),
    ({"investor_code": "91999900MA4L00020X"}, "investor_code"),
    ({"industry": ""}, "industry"),
    ({"industry": "农业"}, "industry"),
    ({"stage": "started"}, "stage"),
    ({"unit": "nonsense"}, "unit"),
    ({"national_code": "2009-430200"}, "national_code"),
    ({"tags": ["x|y"]}, "tags"),
])
def test_wrong_input_is_said_beside_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    response = cast.client_of(cast.reporter).post("/projects/new/", filled(cast, **changes))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert Project.objects.count() == 0


def test_a_foreign_unit_is_no_choice(cast: Cast) -> None:
    response = cast.client_of(cast.reporter).post("/projects/new/", filled(cast, unit=str(cast.other_county.id)))
    assert list(response.context["form"].errors) == ["unit"]
    assert Project.objects.count() == 0


def test_likely_repeats_are_shown_before_anything_is_saved(cast: Cast) -> None:
    known = register(cast, name="青禾冷链物流中心项目")
    register(cast, by=cast.other_reporter, unit=cast.other_county.id, name="青禾冷链物流中心", not_duplicate_because="异地")
    client = cast.client_of(cast.reporter)
    response = client.post("/projects/new/", filled(cast, industry="G59"))
    page = response.content.decode()
    assert Project.objects.count() == 2
    assert f"/projects/{known.id}/" in page
    assert "云塘区的一个项目，不在您的范围内" in page
    assert list(response.context["form"].errors) == ["not_duplicate_because"]
    client.post("/projects/new/", filled(cast, not_duplicate_because="二期，另行备案"))
    assert Project.objects.count() == 3


@pytest.mark.parametrize("who", ["leader", "owner", "inspector", "reader"])
def test_readers_may_not(cast: Cast, who: str) -> None:
    client = cast.client_of(getattr(cast, who))
    assert client.get("/projects/new/").status_code == 403
    assert client.post("/projects/new/", filled(cast)).status_code == 403
    assert Project.objects.count() == 0
