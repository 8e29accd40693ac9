"""An event's list grows and shrinks."""



from shuangbi.projects.models import (
    EventProject,
)
from tests.cast import Cast
from tests.projects.stories import Scene, register


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
