"""Opening a closed round again, with its reason."""

from shuangbi.competitions import actions
from shuangbi.ledger.models import Fact
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import Race

PAGE = "round-reopen"
URL_ARGUMENTS = ("sample-2020", "2020-09")


def test_a_reason_opens_it_again_once(race: Race) -> None:
    actions.close_round(round_=race.round("2020-09"), by=race.office)
    url, client = address(PAGE, *URL_ARGUMENTS), race.cast.client_of(race.cast.clerk)
    shown(client, url)

    assert list(client.post(url, {"reason": " "}).context["form"].errors) == ["reason"]
    for _ in range(2):
        assert client.post(url, {"reason": "补报两项", "idempotency_key": "one-click"}).status_code == 302

    assert Fact.objects.filter(kind="competitions.round_reopened").count() == 1
    assert race.round("2020-09").state == "open"
    assert client.post(url, {"reason": "再来", "idempotency_key": "other"}).context["form"].non_field_errors()


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE, "2020-09")
    assert race.cast.client_of(race.cast.clerk).get(address(PAGE, "sample-2020", "2021-01")).status_code == 404
