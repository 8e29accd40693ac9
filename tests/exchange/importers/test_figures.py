"""Owners' figures from a table."""

import pytest

from shuangbi.competitions.models import OwnersFigure
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Role
from tests.cast import Cast, give
from tests.competitions.stories import YI, Race, open_race
from tests.exchange.sheets import errors, filled, load

GOOD = {"round": "2020-09", "unit": "青禾县", "figure": "增速", "value": "8.5%", "reason": "统计快报"}


def test_numbers_percentages_and_money(race: Race) -> None:
    content = filled("figures", GOOD, {**GOOD, "unit": "云塘区", "value": 12}, {**GOOD, "figure": "bonds", "value": "2亿元"})
    assert load("figures", content, race.office, race.competition).count == 3
    assert list(OwnersFigure.objects.order_by("seq").values_list("value", flat=True)) == ["17/200", "12", str(2 * YI)]


def test_an_owner_gives_its_own(race: Race) -> None:
    give(race.cast, race.cast.owner, Role.INDICATOR_OWNER, race.cast.region, "growth")
    by = access_of(race.cast.owner)
    assert errors("figures", filled("figures", GOOD, {**GOOD, "figure": "债券额度", "value": "1亿元"}), by, race.competition) == [(3, "数据项")]
    assert load("figures", filled("figures", GOOD), by, race.competition).count == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"unit": "无此县"}, [(3, "单位")]),
        ({"figure": "身高"}, [(3, "数据项")]),
        ({"value": "很多"}, [(3, "数值")]),
        ({"round": "2021-01"}, [(3, "考核期")]),
        ({"unit": "产业促进局"}, [(3, "单位")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_loaded(race: Race, changes: dict[str, object], wrong: list[tuple[int, str]]) -> None:
    assert errors("figures", filled("figures", GOOD, {**GOOD, **changes}), race.office, race.competition) == wrong
    assert not OwnersFigure.objects.exists()


def test_without_a_scheme_there_are_none(cast: Cast, demo_day: object) -> None:
    race = open_race(cast)
    with pytest.raises(Refused):
        load("figures", filled("figures", GOOD), race.office, race.competition)
