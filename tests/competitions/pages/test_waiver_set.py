"""Excusing a unit on a page."""

from shuangbi.competitions.models import Waiver
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import Race

PAGE = "waiver-set"


def said(race: Race, **changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "unit": race.cast.county.id, "round": "2020-09", "item": "growth", "reason": "洪涝灾害", "idempotency_key": str(changes),
    }
    return {**plain, **changes}


def test_a_unit_is_excused_and_no_longer(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    shown(client, address(PAGE))
    for _ in range(2):
        assert client.post(address(PAGE), said(race)).status_code == 302
    client.post(address(PAGE), said(race, reason="", ends="on"))

    assert list(Waiver.objects.order_by("seq").values_list("reason", flat=True)) == ["洪涝灾害", ""]


def test_a_reason_is_asked_for(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    assert list(client.post(address(PAGE), said(race, reason=" ")).context["form"].errors) == ["reason"]
    assert list(client.post(address(PAGE), said(race, item="dancing")).context["form"].errors) == ["item"]


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
    assert race.cast.client_of(race.cast.reporter).get(address(PAGE)).status_code == 403
