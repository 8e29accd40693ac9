"""Taking off lists and tags."""

from datetime import date

from shuangbi.projects.models import (
    Tagging,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene


def test_project_unlist(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/lists/{scene.tagging}/off/"
    assert send(cast, "reporter", url, on="2020-10-20", reason="调出").status_code == 403
    assert errors(send(cast, "clerk", url, on="2020-10-20", reason="")) == ["reason"]
    for _ in range(2):
        assert send(cast, "clerk", url, on="2020-10-20", reason="调出").status_code == 302
    assert Tagging.objects.get(id=scene.tagging).ends_on == date(2020, 10, 19)
