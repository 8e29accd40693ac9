"""Targets from a table: numbers, named projects, revisions."""

import pytest

from shuangbi.competitions.models import Target
from shuangbi.foundation.errors import Refused
from tests.cast import Cast
from tests.competitions.stories import YI, Race, open_race, project_of
from tests.exchange.sheets import errors, filled, load

GOOD = {"round": "2020-09", "unit": "青禾县", "measure": "签约", "value": 3}


def test_numbers_amounts_names_and_the_whole(race: Race) -> None:
    first, second = (project_of(race.cast, race.cast.county, name) for name in ("青禾一号", "湖光三号厂"))
    content = filled(
        "targets", GOOD, {**GOOD, "measure": "funds", "value": "1.2亿元"}, {**GOOD, "unit": "示例市", "value": "10"},
        {**GOOD, "measure": "名单内签约", "value": None, "projects": f"{first.code}、{second.code}"},
    )

    assert load("targets", content, race.office, race.competition).count == 4

    assert list(Target.objects.order_by("seq").values_list("unit__short_name", "measure", "value", "subjects")) == [
        ("青禾县", "signed", 3, None), ("青禾县", "funds", 12 * YI // 10, None), ("示例市", "signed", 10, None),
        ("青禾县", "named", None, [str(first.id), str(second.id)]),
    ]


def test_a_revision_says_why_and_the_same_again_says_nothing(race: Race) -> None:
    load("targets", filled("targets", GOOD), race.office, race.competition)
    load("targets", filled("targets", GOOD), race.office, race.competition)
    assert Target.objects.count() == 1

    assert errors("targets", filled("targets", {**GOOD, "value": 4}), race.office, race.competition) == [(2, "调整说明")]
    load("targets", filled("targets", {**GOOD, "value": 4, "reason": "调增"}), race.office, race.competition)
    assert list(Target.objects.order_by("seq").values_list("value", flat=True)) == [3, 4]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"unit": "无此县"}, [(3, "单位")]),
        ({"unit": "产业促进局"}, [(3, "单位")]),
        ({"measure": "飞升"}, [(3, "指标")]),
        ({"round": "2021-01"}, [(3, "考核期")]),
        ({"value": "多"}, [(3, "任务")]),
        ({"measure": "funds", "value": "-1"}, [(3, "任务")]),
        ({"measure": "funds", "value": None}, [(3, "任务")]),
        ({"projects": "没有的编号"}, [(3, "项目名单")]),
        ({"measure": "名单内签约"}, [(3, "项目名单")]),
        ({}, [(3, "指标")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_loaded(race: Race, changes: dict[str, object], wrong: list[tuple[int, str]]) -> None:
    assert errors("targets", filled("targets", GOOD, {**GOOD, **changes}), race.office, race.competition) == wrong
    assert not Target.objects.exists()


def test_without_a_scheme_there_is_nothing_to_ask(cast: Cast, demo_day: object) -> None:
    race = open_race(cast)
    with pytest.raises(Refused):
        load("targets", filled("targets", GOOD), race.office, race.competition)
    with pytest.raises(Refused):
        load("targets", filled("targets", GOOD), race.office)
