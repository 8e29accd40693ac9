"""The list of competitions: one's own units' and those above, never a neighbour's."""

from django.urls import reverse

from tests.competitions.pages.scope import countys_own, shown
from tests.competitions.stories import Race

URL = reverse("competitions:competition-list")


def test_everyone_sees_the_competitions_they_take_part_in(race: Race) -> None:
    countys_own(race.cast)

    seen = {
        name: shown(race.cast.client_of(getattr(race.cast, name)), URL).count("-2020/")
        for name in ("clerk", "leader", "reader", "other_reporter", "reporter", "park_reporter")
    }

    assert seen == {"clerk": 2, "leader": 2, "reader": 2, "other_reporter": 2, "reporter": 1, "park_reporter": 1}


def test_the_office_is_offered_a_new_one(race: Race) -> None:
    new = reverse("competitions:competition-new")
    assert new in shown(race.cast.client_of(race.cast.clerk), URL)
    assert new not in shown(race.cast.client_of(race.cast.reporter), URL)


def test_the_list_can_be_searched_and_taken_away(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    assert "示例竞赛" in shown(client, URL + "?q=示例竞赛")
    assert "sample-2020" not in shown(client, URL + "?q=别的")
    assert client.get(URL + "?format=csv").content.decode("utf-8-sig").count("示例竞赛") == 1
