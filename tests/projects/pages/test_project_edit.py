"""Changing a project by hand."""

from typing import Any

from shuangbi.ledger.models import Fact
from tests.cast import Cast
from tests.projects.stories import YI, Scene


def opened(cast: Cast, scene: Scene, who: str = "reporter") -> dict[str, Any]:
    """The form as the page gives it, with a reason."""
    page = cast.client_of(getattr(cast, who)).get(f"/projects/{scene.project.id}/edit/")
    form = page.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        data[bound.name] = "" if value is None else value.id if hasattr(value, "id") else value
    return {**data, "reason": "更正", "idempotency_key": "k1"}


def changes() -> list[dict[str, Any]]:
    return [fact.data["changes"] for fact in Fact.objects.filter(kind="projects.attribute_changed").order_by("seq")]


def test_only_what_differs_becomes_a_fact(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/edit/"
    data = {**opened(cast, scene, "clerk"), "total_investment": "15亿元", "site": "三号地块"}
    response = cast.client_of(cast.clerk).post(url, data)
    assert response["Location"] == f"/projects/{scene.project.id}/"
    assert changes() == [{"site": "三号地块", "total_investment": 15 * YI}]
    assert cast.client_of(cast.clerk).post(url, data).status_code == 302
    assert len(changes()) == 1


def test_once_signed_a_reporter_cannot_change_what_is_measured(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/edit/"
    answer = cast.client_of(cast.reporter).post(url, {**opened(cast, scene), "total_investment": "15亿元"})

    assert answer.status_code == 200
    assert "total_investment" in answer.context["form"].errors
    assert changes() == []


def test_nothing_different_writes_nothing(cast: Cast, scene: Scene) -> None:
    response = cast.client_of(cast.reporter).post(f"/projects/{scene.project.id}/edit/", opened(cast, scene))
    assert response.status_code == 302
    assert changes() == []


def test_reason_is_needed(cast: Cast, scene: Scene) -> None:
    data = {**opened(cast, scene), "site": "三号地块", "reason": ""}
    response = cast.client_of(cast.reporter).post(f"/projects/{scene.project.id}/edit/", data)
    assert list(response.context["form"].errors) == ["reason"]
    assert changes() == []


def test_what_someone_changed_meanwhile_is_not_overwritten(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/edit/"
    mine, theirs = opened(cast, scene), opened(cast, scene, "unit_lead")
    cast.client_of(cast.unit_lead).post(url, {**theirs, "site": "四号地块"})
    response = cast.client_of(cast.reporter).post(url, {**mine, "site": "三号地块"})
    assert list(response.context["form"].errors) == ["site"]
    assert changes() == [{"site": "四号地块"}]


def test_only_the_office_moves_it_to_another_unit(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/edit/"
    mine = opened(cast, scene)
    assert "unit" not in mine
    cast.client_of(cast.reporter).post(url, {**mine, "unit": str(cast.park.id)})
    assert changes() == []
    office = {**opened(cast, scene, "clerk"), "bringer": str(cast.department.id)}
    cast.client_of(cast.clerk).post(url, office)
    assert changes() == [{"bringer": str(cast.department.id)}]
