"""All events."""


from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuangbi.projects.models import (
    Event,
)
from tests.cast import Cast
from tests.projects.pages.sending import event_form
from tests.projects.stories import YI, Scene


def test_event_list(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.reporter)
    response = client.get("/projects/events/")
    [row] = response.context["listing"].page.object_list
    assert (row.announced_count, row.announced_amount, row.listed_count, row.listed_amount) == (1, 8 * YI, 1, 8 * YI)
    client.post("/projects/events/new/", event_form(cast))
    assert Event.objects.count() == 1
    cast.client_of(cast.clerk).post("/projects/events/new/", event_form(cast))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/projects/events/")
        assert len(asked) <= 6
    assert len(client.get("/projects/events/?kind=start").context["listing"].page.object_list) == 1
    assert len(client.get("/projects/events/?since=2020-09-20").context["listing"].page.object_list) == 1
    assert len(client.get("/projects/events/?q=集中签约").context["listing"].page.object_list) == 1
