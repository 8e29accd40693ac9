"""A scheme read back in sentences."""

from uuid import uuid4

from shuangbi.competitions import actions
from tests.competitions.pages.scope import address, holds_scope, in_english, shown
from tests.competitions.stories import SCHEME, Race

PAGE = "scheme-detail"


def test_everyone_reads_the_scheme_in_force(race: Race) -> None:
    file = race.competition.schemes.get()
    url = address(PAGE, "sample-2020", file.id)

    text = shown(race.cast.client_of(race.cast.reporter), url)

    assert "签约得分" in text
    assert "once: subject" in text
    assert "word for word" in in_english(race.cast.client_of(race.cast.leader), url)


def test_a_draft_is_the_offices_and_frozen_by_the_other(race: Race) -> None:
    draft = actions.upload_scheme(competition=race.competition, text=SCHEME, by=race.office)
    url = address(PAGE, "sample-2020", draft.id)
    freeze = address("scheme-freeze", "sample-2020", draft.id)

    assert freeze not in shown(race.cast.client_of(race.cast.clerk), url)
    assert freeze in shown(race.cast.client_of(race.cast.office_lead), url)
    assert race.cast.client_of(race.cast.reporter).get(url).status_code == 404


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE, race.competition.schemes.get().id)
    assert race.cast.client_of(race.cast.clerk).get(address(PAGE, "sample-2020", uuid4())).status_code == 404
