"""Ending a role."""

from datetime import date

import pytest

from shuangbi.organisations.models import Grant
from tests.cast import Cast


@pytest.mark.usefixtures("demo_day")
def test_the_security_administrator_ends_a_role(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.reporter)
    response = cast.client_of(cast.security_admin).post(f"/grants/{grant.id}/end/", {"ends_on": "2020-11-01"})

    assert response.headers["Location"] == f"/people/{cast.reporter.id}/"
    assert Grant.objects.get(id=grant.id).ends_on == date(2020, 10, 31)


@pytest.mark.usefixtures("demo_day")
def test_a_day_in_the_past_is_refused_beside_the_field(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.reporter)
    response = cast.client_of(cast.security_admin).post(f"/grants/{grant.id}/end/", {"ends_on": "2020-10-19"})

    assert list(response.context["form"].errors) == ["ends_on"]
    assert Grant.objects.get(id=grant.id).ends_on is None


def test_ones_own_role_is_not_ended(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.security_admin)
    cast.client_of(cast.security_admin).post(f"/grants/{grant.id}/end/", {"ends_on": "2030-01-01"})

    assert Grant.objects.get(id=grant.id).ends_on is None
