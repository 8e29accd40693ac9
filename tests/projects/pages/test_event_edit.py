"""Correcting an event."""



from shuangbi.projects.models import (
    Event,
)
from tests.cast import Cast
from tests.projects.pages.sending import event_form
from tests.projects.stories import Scene


def test_event_edit(cast: Cast, scene: Scene) -> None:
    url = f"/projects/events/{scene.event}/edit/"
    client = cast.client_of(cast.clerk)
    form = client.get(url).context["form"]
    assert "projects" not in form.fields
    assert form["announced_amount"].value() == "8亿元"
    client.post(url, event_form(cast, kind="signing", announced_count="42", money="attracted_amount"))
    event = Event.objects.get()
    assert (event.announced_count, event.entries.count()) == (42, 1)
