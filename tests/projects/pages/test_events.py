"""Pages of themed events."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuangbi.projects.models import Event, EventProject
from tests.cast import Cast
from tests.projects.stories import YI, Scene, register


def filled(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "idempotency_key": "k1", "kind": "start", "title": "第四次集中开工", "held_on": "2020-09-28",
        "unit": str(cast.region.id), "announced_count": "2", "qualifier": "over", "announced_amount": "20亿元",
        "money": "total_investment", "source": "", "projects": "", **changes,
    }


def test_event_list(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.reporter)
    response = client.get("/projects/events/")
    [row] = response.context["listing"].page.object_list
    assert (row.announced_count, row.announced_amount, row.listed_count, row.listed_amount) == (1, 8 * YI, 1, 8 * YI)
    client.post("/projects/events/new/", filled(cast))
    assert Event.objects.count() == 1
    cast.client_of(cast.clerk).post("/projects/events/new/", filled(cast))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/projects/events/")
        assert len(asked) <= 6
    assert len(client.get("/projects/events/?kind=start").context["listing"].page.object_list) == 1
    assert len(client.get("/projects/events/?since=2020-09-20").context["listing"].page.object_list) == 1
    assert len(client.get("/projects/events/?q=集中签约").context["listing"].page.object_list) == 1


def test_event_detail(cast: Cast, scene: Scene) -> None:
    url = f"/projects/events/{scene.event}/"
    client = cast.client_of(cast.clerk)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url).content.decode()
    assert len(asked) <= 9
    for text in ("合同引资额", "金额与公布表述相符", "各标签项目数相加为 2，清单共 1 个", "C 制造业", "青禾智能装备产业园"):
        assert text in page
    foreign = cast.client_of(cast.other_reporter).get(url).content.decode()
    assert "青禾智能装备产业园" not in foreign
    assert "另有 1 个项目不在您的范围内" in foreign
    assert client.get("/projects/events/00000000-0000-4000-8000-00000000dead/").status_code == 404


def test_event_new(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.clerk)
    register(cast, name="云上数据工厂")
    lines = f"{scene.project.code}\n云上数据工厂\n"
    for _ in range(2):
        response = client.post("/projects/events/new/", filled(cast, projects=lines))
    event = Event.objects.get(kind="start")
    assert response["Location"] == f"/projects/events/{event.id}/"
    assert (event.announced_amount, event.qualifier, event.entries.count()) == (20 * YI, "over", 2)


def test_event_new_refused(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.clerk)
    for changes, field in (
        ({"projects": "没有这个项目"}, "projects"),
        ({"projects": f"{scene.project.code}\n{scene.project.name}"}, "projects"),
        ({"announced_amount": "20"}, "announced_amount"),
        ({"announced_count": "-1"}, "announced_count"),
        ({"money": "year_plan"}, "money"),
        ({"held_on": "2020-09-31"}, "held_on"),
        ({"title": "集中\u200f开工"}, "title"),
    ):
        response = client.post("/projects/events/new/", filled(cast, **changes))
        assert list(response.context["form"].errors) == [field]
    assert Event.objects.count() == 1
    lead = cast.client_of(cast.unit_lead).post("/projects/events/new/", filled(cast))
    assert list(lead.context["form"].errors) == ["unit"]


def test_event_edit(cast: Cast, scene: Scene) -> None:
    url = f"/projects/events/{scene.event}/edit/"
    client = cast.client_of(cast.clerk)
    form = client.get(url).context["form"]
    assert "projects" not in form.fields
    assert form["announced_amount"].value() == "8亿元"
    client.post(url, filled(cast, kind="signing", announced_count="42", money="attracted_amount"))
    event = Event.objects.get()
    assert (event.announced_count, event.entries.count()) == (42, 1)


def test_event_project_add_and_remove(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.clerk)
    url = f"/projects/events/{scene.event}/"
    more = register(cast, name="云上数据工厂")
    for _ in range(2):
        client.post(f"{url}add/", {"project": "云上数据工厂", "idempotency_key": "k1"})
    assert EventProject.objects.filter(removed_on__isnull=True).count() == 2
    refused = client.post(f"{url}add/", {"project": "云上数据工厂", "idempotency_key": "k2"})
    assert list(refused.context["form"].errors) == ["project"]
    assert list(client.post(f"{url}add/", {"project": "没有"}).context["form"].errors) == ["project"]
    assert list(client.post(f"{url}remove/{more.id}/", {"reason": ""}).context["form"].errors) == ["reason"]
    for _ in range(2):
        client.post(f"{url}remove/{more.id}/", {"reason": "误列", "idempotency_key": "k3"})
    assert EventProject.objects.filter(removed_on__isnull=True).count() == 1
