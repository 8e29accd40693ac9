"""Who takes part, by group."""

from shuangbi.competitions import actions
from shuangbi.competitions.actions import NewParticipant
from tests.cast import Cast
from tests.competitions.pages.scope import address, holds_scope, in_english, shown
from tests.competitions.stories import Race, open_race

PAGE = "participant-list"


def test_groups_with_their_units_in_order(race: Race) -> None:
    client = race.cast.client_of(race.cast.reporter)
    text = shown(client, address(PAGE))
    assert text.index("县市区") < text.index("青禾县") < text.index("云塘区") < text.index("市属企业") < text.index("城建集团")

    gone = NewParticipant(race.cast.other_county, "", "2020-10")
    actions.set_participants(competition=race.competition, participants=[gone], by=race.office)
    assert "云塘区" in shown(client, address(PAGE) + "?round=2020-09")
    assert "云塘区" not in shown(client, address(PAGE) + "?round=2020-10")
    assert "Counties" in in_english(client, address(PAGE))


def test_without_a_scheme_the_page_says_so(cast: Cast, demo_day: object) -> None:
    open_race(cast)
    assert "尚无参评对象" in shown(cast.client_of(cast.clerk), address(PAGE))


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
