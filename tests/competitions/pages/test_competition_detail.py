"""What a competition rests on."""

from shuangbi.competitions import actions
from tests.cast import Cast
from tests.competitions.pages.scope import address, holds_scope, in_english, shown
from tests.competitions.stories import SCHEME, Race, open_race

PAGE = "competition-detail"


def test_scheme_and_rounds_are_shown_to_everyone_who_takes_part(race: Race) -> None:
    for person in (race.cast.reporter, race.cast.leader, race.cast.reader, race.cast.inspector, race.cast.owner):
        text = shown(race.cast.client_of(person), address(PAGE))
        assert "示例办法" in text
        assert "2020-10" in text
        assert address("scheme-upload") not in text


def test_the_office_sees_drafts_and_its_buttons(race: Race) -> None:
    draft = actions.upload_scheme(competition=race.competition, text=SCHEME, by=race.office)
    theirs = address("scheme-detail", "sample-2020", draft.id)

    text = shown(race.cast.client_of(race.cast.office_lead), address(PAGE))

    assert theirs in text
    assert address("round-close", "sample-2020", "2020-09") in text
    assert theirs not in shown(race.cast.client_of(race.cast.reporter), address(PAGE))


def test_a_closed_round_can_be_opened_again(race: Race) -> None:
    actions.close_round(round_=race.round("2020-09"), by=race.office)
    text = shown(race.cast.client_of(race.cast.clerk), address(PAGE))
    assert address("round-reopen", "sample-2020", "2020-09") in text


def test_without_a_scheme_the_page_says_what_to_do(cast: Cast, demo_day: object) -> None:
    open_race(cast)
    text = in_english(cast.client_of(cast.clerk), address(PAGE))
    assert "No scheme is frozen yet" in text
    assert "No round yet" in text


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
