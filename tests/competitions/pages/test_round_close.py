"""Closing a round."""

from shuangbi.ledger.models import Fact
from tests.competitions.pages.scope import address, holds_scope
from tests.competitions.stories import Race

PAGE = "round-close"


def test_two_clicks_close_once(race: Race) -> None:
    url = address(PAGE, "sample-2020", "2020-09")
    client = race.cast.client_of(race.cast.clerk)
    for _ in range(2):
        assert client.post(url, {"idempotency_key": "one-click"})["Location"] == address("competition-detail")
    assert Fact.objects.filter(kind="competitions.round_closed").count() == 1
    assert race.round("2020-09").state == "closed"

    again = client.post(url, {"idempotency_key": "another"}, follow=True)
    assert Fact.objects.filter(kind="competitions.round_closed").count() == 1
    assert "已关闭" in again.content.decode()


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE, "2020-09", method="post")
    assert race.cast.client_of(race.cast.reporter).post(address(PAGE, "sample-2020", "2020-09")).status_code == 403
    assert race.cast.client_of(race.cast.clerk).post(address(PAGE, "sample-2020", "2021-01")).status_code == 404
