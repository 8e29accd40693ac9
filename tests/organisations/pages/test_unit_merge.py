"""The end of a unit."""

from datetime import date

from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Unit
from tests.cast import Cast, give


def test_the_office_lead_enters_the_end_of_a_unit(cast: Cast) -> None:
    response = cast.client_of(cast.office_lead).post(
        f"/units/{cast.county.id}/merge/", {"ends_on": "2021-01-31", "successor": str(cast.other_county.id)}
    )

    unit = Unit.objects.get(code="qinghe")
    assert response.headers["Location"] == f"/units/{unit.id}/"
    assert (unit.ends_on, unit.successor) == (date(2021, 1, 31), cast.other_county)


def test_an_end_that_makes_no_sense_is_said_beside_the_field(cast: Cast) -> None:
    response = cast.client_of(cast.office_lead).post(
        f"/units/{cast.county.id}/merge/", {"ends_on": "2021-01-31", "successor": str(cast.park.id)}
    )

    assert list(response.context["form"].errors) == ["successor"]
    assert Unit.objects.get(code="qinghe").ends_on is None


def test_the_form_offers_no_unit_as_its_own_successor(cast: Cast) -> None:
    form = cast.client_of(cast.office_lead).get(f"/units/{cast.county.id}/merge/").context["form"]

    assert cast.county not in form.fields["successor"].queryset


def test_a_countys_office_ends_no_unit_outside_the_county(cast: Cast) -> None:
    give(cast, cast.stranger, Role.OFFICE_LEAD, cast.county)
    client = cast.client_of(cast.stranger)

    assert client.get(f"/units/{cast.park.id}/merge/").status_code == 200
    assert client.post(f"/units/{cast.other_county.id}/merge/", {"ends_on": "2021-01-31"}).status_code == 404
    assert Unit.objects.get(code="yuntang").ends_on is None
