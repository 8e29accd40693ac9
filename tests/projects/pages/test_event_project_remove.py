"""Taking a project off an event's list."""

from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import Scene, register


def test_only_what_is_on_the_list_is_taken_off(cast: Cast, scene: Scene) -> None:
    url = f"/projects/events/{scene.event}/remove/"
    other = register(cast, name="云上数据工厂")
    assert send(cast, "clerk", f"{url}{other.id}/", reason="误列").status_code == 404
    assert send(cast, "unit_lead", f"{url}{scene.project.id}/", reason="误列").status_code == 403
    assert send(cast, "clerk", f"{url}{scene.project.id}/", reason="误列").status_code == 302
    assert "__all__" in errors(send(cast, "clerk", f"{url}{scene.project.id}/", reason="误列", idempotency_key="k2"))
