"""Giving and taking points on a page."""

from shuangbi.competitions.models import Adjustment
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import Race

PAGE = "adjustment-set"


def said(race: Race, **changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "unit": race.cast.county.id, "round": "2020-09", "kind": "criticism", "points": "-5.5", "document": "示例〔2020〕9号",
        "adjustment": "", "idempotency_key": str(changes),
    }
    return {**plain, **changes}


def test_points_are_taken_once_and_can_be_cancelled(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    shown(client, address(PAGE))
    for _ in range(2):
        assert client.post(address(PAGE), said(race))["Location"] == address("figure-list") + "?round=2020-09"
    (row,) = Adjustment.objects.all()
    assert row.points == -55_000

    assert "示例〔2020〕9号" in shown(client, address(PAGE))
    client.post(address(PAGE), said(race, points="0", adjustment=str(row.adjustment), document="撤销"))

    assert list(Adjustment.objects.order_by("seq").values_list("points", flat=True)) == [-55_000, 0]


def test_what_cannot_be_given_is_refused(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    cases = [
        ({"points": "-4"}, "points"), ({"points": "五"}, "points"), ({"points": "-5.00001"}, "points"), ({"points": "0"}, "points"),
        ({"document": ""}, "document"), ({"adjustment": "no-such"}, "adjustment"),
    ]
    for changes, field in cases:
        assert list(client.post(address(PAGE), said(race, **changes)).context["form"].errors) == [field], changes
    assert not Adjustment.objects.exists()


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
    assert race.cast.client_of(race.cast.owner).get(address(PAGE)).status_code == 403
