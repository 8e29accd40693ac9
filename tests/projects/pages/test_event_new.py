"""Entering an event."""



from shuangbi.projects.models import (
    Event,
)
from tests.cast import Cast
from tests.projects.pages.sending import event_form
from tests.projects.stories import YI, Scene, register


def test_event_new(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.clerk)
    register(cast, name="云上数据工厂")
    lines = f"{scene.project.code}\n云上数据工厂\n"
    for _ in range(2):
        response = client.post("/projects/events/new/", event_form(cast, projects=lines))
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
        response = client.post("/projects/events/new/", event_form(cast, **changes))
        assert list(response.context["form"].errors) == [field]
    assert Event.objects.count() == 1
    lead = cast.client_of(cast.unit_lead).post("/projects/events/new/", event_form(cast))
    assert list(lead.context["form"].errors) == ["unit"]
