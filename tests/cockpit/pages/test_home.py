"""Home: what waits for each role, and where the unit and the region stand."""

import pytest

from shuangbi.claims.actions import return_claim
from shuangbi.competitions.counting import catch_up
from tests.cast import Cast
from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_strangers_are_sent_to_log_in(db: None, client: object) -> None:
    response = client.get("/")

    assert response.status_code == 302
    assert response["Location"].startswith("/log-in/")


def test_a_reporter_sees_own_place_gap_and_overdue_milestones(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), "/")

    assert "Projects with an overdue milestone" in page
    assert "/projects/?light=overdue" in page
    assert "19 days overdue" in page
    assert "59.00" in page
    assert "31.00" in page
    assert season.address(season.cast.county) in page


def test_a_returned_claim_waits_for_the_reporter(season: Season) -> None:
    return_claim(claim=season.claims["乙"], by=season.access(season.cast.clerk), reason="缺合同")
    catch_up()

    page = text_of(season.client(season.cast.reporter), "/")

    assert "Claims returned to the unit" in page
    assert "/claims/queue/?state=returned" in page
    assert "2020-10-31" in page


def test_the_office_sees_what_to_recognise_and_to_close(season: Season) -> None:
    page = text_of(season.client(season.second_clerk), "/")

    assert "To recognise: Signed" in page
    assert "/claims/queue/?kind=signed&amp;state=checked" in page
    assert "Rounds that have ended and are still open" in page
    assert "2020-W39" in page
    assert "Rounds to publish" not in page


@pytest.mark.parametrize("name", ["clerk", "office_lead", "unit_lead", "owner", "inspector", "leader", "reader", "company_reporter"])
def test_every_role_inside_sees_the_region(season: Season, name: str) -> None:
    page = text_of(season.client(getattr(season.cast, name)), "/")

    assert "The whole region, 2020-09" in page
    assert "90.00" in page


@pytest.mark.parametrize(("name", "words"), [
    ("inspector", "Claims checked on paper, to be seen on site"), ("reader", "Claims refused, with reasons"),
])
def test_reading_roles_see_their_lists(season: Season, name: str, words: str) -> None:
    assert words in text_of(season.client(getattr(season.cast, name)), "/")


@pytest.mark.parametrize("name", ["system_admin", "security_admin", "security_auditor"])
def test_administrators_see_their_duties_and_no_business(season: Season, name: str) -> None:
    page = text_of(season.client(getattr(season.cast, name)), "/")

    assert "What waits for you" in page
    assert "2020-09" not in page
    assert "90.00" not in page


def test_without_a_role_the_page_says_so(cast: Cast) -> None:
    assert "You have no role yet" in text_of(cast.client_of(cast.stranger), "/")


def test_without_a_competition_home_still_opens(cast: Cast) -> None:
    assert "Nothing to do now." in text_of(cast.client_of(cast.reporter), "/")


def test_in_chinese_nothing_is_left_in_english(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), "/", "zh")

    assert "待办事项" in page
    assert "距前一名" in page
    assert "overdue" not in page.replace("is-overdue", "").replace("light=overdue", "")


@pytest.mark.parametrize(("name", "count"), [("reporter", 10), ("second_clerk", 10), ("leader", 8), ("security_auditor", 4)])
def test_queries(season: Season, name: str, count: int) -> None:
    person = season.second_clerk if name == "second_clerk" else getattr(season.cast, name)

    assert queries_of(season.client(person), "/") == count
