"""Giving a figure on a page."""

from shuangbi.competitions.models import OwnersFigure
from shuangbi.organisations.choices import Role
from tests.cast import give
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import YI, Race

PAGE = "figure-set"


def said(race: Race, **changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "unit": race.cast.county.id, "round": "2020-09", "figure": "growth", "value": "8.5%", "reason": "统计快报",
        "idempotency_key": str(changes),
    }
    return {**plain, **changes}


def test_the_owner_is_offered_its_own_figures(race: Race) -> None:
    give(race.cast, race.cast.owner, Role.INDICATOR_OWNER, race.cast.region, "growth")
    client = race.cast.client_of(race.cast.owner)
    shown(client, address(PAGE))
    assert [name for name, _ in client.get(address(PAGE)).context["form"].fields["figure"].choices] == ["growth"]

    for _ in range(2):
        assert client.post(address(PAGE), said(race)).status_code == 302

    assert OwnersFigure.objects.get().value == "17/200"
    assert list(client.post(address(PAGE), said(race, figure="bonds")).context["form"].errors) == ["figure"]


def test_the_office_gives_every_figure_with_its_unit(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    client.post(address(PAGE), said(race, figure="bonds", value="2亿元"))
    assert OwnersFigure.objects.get().value == str(2 * YI)


def test_what_is_no_number_is_refused(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    for changes in ({"value": "很多"}, {"figure": "bonds", "value": "8.5%%"}, {"value": "1/0"}):
        assert list(client.post(address(PAGE), said(race, **changes)).context["form"].errors) == ["value"]
    assert not OwnersFigure.objects.exists()


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
    assert race.cast.client_of(race.cast.reporter).get(address(PAGE)).status_code == 403
