"""Opening a round on a page."""

from datetime import date

from shuangbi.competitions.models import Round
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import Race

PAGE = "round-open"
SAID = {
    "name": "2020-W40", "kind": "week", "starts_on": "2020-09-28", "ends_on": "2020-10-11", "counts_from": "2020-01-01",
    "cutoff_on": "2020-10-12", "year": "2020", "previous": "", "idempotency_key": "one-click",
}


def test_a_round_is_opened_once(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    shown(client, address(PAGE))

    for _ in range(2):
        assert client.post(address(PAGE), SAID)["Location"] == address("competition-detail")

    made = Round.objects.get(name="2020-W40")
    assert (made.counts_from, made.cutoff_on, made.year) == (date(2020, 1, 1), date(2020, 10, 12), "2020")


def test_what_is_wrong_stands_beside_its_field(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    cases = [
        ({"name": "2020-09"}, "name"), ({"name": "九月"}, "name"), ({"ends_on": "2020-09-01"}, "ends_on"),
        ({"starts_on": "2020-09-31"}, "starts_on"), ({"year": "2019"}, "year"), ({"counts_from": "2020-11-01"}, "counts_from"),
    ]
    for changes, field in cases:
        answer = client.post(address(PAGE), {**SAID, "idempotency_key": str(changes), **changes})
        assert list(answer.context["form"].errors) == [field]
    assert not Round.objects.filter(kind="week").exists()


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
    assert race.cast.client_of(race.cast.reporter).post(address(PAGE), SAID).status_code == 403
