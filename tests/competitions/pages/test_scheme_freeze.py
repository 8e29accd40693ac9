"""Freezing a scheme by a click of the second person."""

from shuangbi.competitions import actions
from shuangbi.ledger.models import Fact
from tests.competitions.pages.scope import address, holds_scope
from tests.competitions.stories import SCHEME, Race

PAGE = "scheme-freeze"


def test_two_clicks_freeze_once_and_the_uploader_never(race: Race) -> None:
    draft = actions.upload_scheme(competition=race.competition, text=SCHEME, by=race.office)
    url = address(PAGE, "sample-2020", draft.id)
    frozen = Fact.objects.filter(kind="competitions.scheme_frozen", subject=draft.id)

    race.cast.client_of(race.cast.clerk).post(url, {"idempotency_key": "mine"})
    assert not frozen.exists()

    client = race.cast.client_of(race.cast.office_lead)
    for _ in range(2):
        assert client.post(url, {"idempotency_key": "one-click"}).status_code == 302
    assert frozen.get().actor == race.cast.office_lead.id
    assert client.get(url).status_code == 405


def test_scope(race: Race) -> None:
    file = race.competition.schemes.get()
    holds_scope(race, PAGE, file.id, method="post")
    assert race.cast.client_of(race.cast.reporter).post(address(PAGE, "sample-2020", file.id)).status_code == 403
