"""One unit."""

from datetime import date
from uuid import uuid4

from shuangbi.organisations import actions
from tests.cast import Cast


def test_a_unit_shows_what_lies_below_and_before_it(cast: Cast) -> None:
    actions.merge_unit(unit=cast.other_county, ends_on=date(2020, 6, 30), successor=cast.county, by=cast.office_lead.id)
    page = cast.client_of(cast.reporter).get(f"/units/{cast.county.id}/").content.decode()

    assert "青禾工业园" in page
    assert "前身单位" in page
    assert "云塘区" in page


def test_an_ended_unit_says_what_goes_on(cast: Cast) -> None:
    actions.merge_unit(unit=cast.other_county, ends_on=date(2020, 6, 30), successor=cast.county, by=cast.office_lead.id)
    page = cast.client_of(cast.office_lead).get(f"/units/{cast.other_county.id}/").content.decode()

    assert "该单位于 2020-06-30 截止，由青禾县承接。" in page
    assert "/merge/" not in page


def test_people_of_a_unit_are_shown_to_those_who_answer_for_them(cast: Cast) -> None:
    def sees(person: object) -> bool:
        page = cast.client_of(person).get(f"/units/{cast.county.id}/").content.decode()  # type: ignore[arg-type]
        return "苏禾" in page.replace('<span class="person-name" data-content>苏禾</span>', "")

    assert sees(cast.unit_lead)
    assert sees(cast.clerk)
    assert not sees(cast.other_unit_lead)
    assert not sees(cast.inspector)


def test_an_unknown_unit_and_a_unit_for_whom_holds_no_role_are_absent_alike(cast: Cast) -> None:
    client = cast.client_of(cast.stranger)
    foreign, absent = client.get(f"/units/{cast.county.id}/"), client.get(f"/units/{uuid4()}/")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content
