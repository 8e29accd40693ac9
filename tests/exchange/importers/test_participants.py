"""Participants from a table."""

from shuangbi.competitions.models import Participant
from tests.competitions.stories import Race
from tests.exchange.sheets import errors, filled, load


def test_groups_rounds_and_the_units_that_feed(race: Race) -> None:
    before = Participant.objects.count()
    content = filled(
        "participants", {"unit": "青禾县", "group": "counties"}, {"unit": "云塘区", "reason": "退出"},
        {"unit": "青禾县", "group": "counties", "round": "2020-10", "feeds": "青禾县、云塘区"},
    )

    assert load("participants", content, race.office, race.competition).count == 3

    rows = list(Participant.objects.order_by("seq").values_list("unit__short_name", "group", "round", "feeds"))[before:]
    assert rows == [
        ("云塘区", "", "", []),
        ("青禾县", "counties", "2020-10", [str(race.cast.county.id), str(race.cast.other_county.id)]),
    ]


def test_what_is_wrong_is_told_by_row(race: Race) -> None:
    before = Participant.objects.count()
    rows = [{"unit": "青禾县", "group": "counties"}, {"unit": "无此县", "group": "counties"}, {"unit": "云塘区", "feeds": "无此区"}]
    assert errors("participants", filled("participants", *rows), race.office, race.competition) == [(3, "单位"), (4, "数据来源单位")]

    rows = [{"unit": "青禾县", "group": "towns"}, {"unit": "云塘区", "group": "counties", "round": "2021-01"}]
    assert errors("participants", filled("participants", *rows), race.office, race.competition) == [(2, "组别"), (3, "考核期")]
    assert Participant.objects.count() == before
