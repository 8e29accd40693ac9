"""One event: announced, exact, cut."""


from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.projects.stories import Scene


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
