"""Throwing an upload away."""

from shuangbi.exchange.models import Attempt
from tests.cast import Cast
from tests.exchange.pages.uploading import UNIT, address, sent


def test_the_sender_throws_it_away(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", UNIT)
    assert cast.client_of(cast.office_lead).post(address("import-discard", attempt)).status_code == 404
    assert client.get(address("import-discard", attempt)).status_code == 405

    assert client.post(address("import-discard", attempt)).status_code == 302
    assert not Attempt.objects.exists()
    assert client.post(address("import-discard", attempt)).status_code == 404


def test_what_was_loaded_stays_on_the_list(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", UNIT)
    client.post(address("import-load", attempt))
    client.post(address("import-discard", attempt))
    assert Attempt.objects.filter(id=attempt.id, state="loaded").exists()
