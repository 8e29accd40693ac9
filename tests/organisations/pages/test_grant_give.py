"""Giving a role."""

import pytest

from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Grant
from tests.cast import Cast


def give(cast: Cast, by: object, person: object, **changes: str) -> object:
    values = {
        "person": str(person.id), "role": "inspector", "unit": str(cast.county.id), "starts_on": "2020-01-01",  # type: ignore[attr-defined]
        "idempotency_key": "one",
    }
    return cast.client_of(by).post("/grants/new/", values | changes)  # type: ignore[arg-type]


def test_the_security_administrator_gives_a_role_once(cast: Cast) -> None:
    for _click in range(2):
        assert give(cast, cast.security_admin, cast.stranger).headers["Location"] == f"/people/{cast.stranger.id}/"

    grant = Grant.objects.get(person=cast.stranger)
    assert (grant.role, grant.unit, grant.given_by) == ("inspector", cast.county, cast.security_admin)


def test_the_form_does_not_offer_oneself_and_names_the_person_asked_for(cast: Cast) -> None:
    form = cast.client_of(cast.security_admin).get(f"/grants/new/?person={cast.stranger.id}").context["form"]

    assert cast.security_admin not in form.fields["person"].queryset
    assert form.initial["person"] == str(cast.stranger.id)


def test_a_post_for_oneself_is_refused(cast: Cast) -> None:
    response = give(cast, cast.security_admin, cast.security_admin)

    assert list(response.context["form"].errors) == ["person"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"unit": ""}, "unit"), ({"indicator": "contracts"}, "indicator"), ({"role": "king"}, "role"), ({"starts_on": "soon"}, "starts_on")],
)
def test_an_incomplete_grant_is_said_beside_the_field(cast: Cast, changes: dict[str, str], field: str) -> None:
    response = give(cast, cast.security_admin, cast.stranger, **changes)

    assert list(response.context["form"].errors) == [field]
    assert access_of(cast.stranger).roles == frozenset()


def test_the_separation_of_the_administrators_is_said(cast: Cast) -> None:
    response = give(cast, cast.security_admin, cast.system_admin)

    assert "三员分立" in response.content.decode()
    assert access_of(cast.system_admin).roles == {"system_admin"}


def test_nobody_else_gives_roles(cast: Cast) -> None:
    for by in (cast.system_admin, cast.security_auditor, cast.office_lead, cast.leader, cast.stranger):
        assert give(cast, by, cast.inspector).status_code == 403
    assert Grant.objects.filter(person=cast.inspector).count() == 1
