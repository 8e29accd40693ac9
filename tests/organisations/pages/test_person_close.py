"""Closing an account."""

from shuangbi.organisations.models import Person
from tests.cast import Cast


def test_the_system_administrator_closes_an_account(cast: Cast) -> None:
    response = cast.client_of(cast.system_admin).post(f"/people/{cast.reporter.id}/close/")

    assert response.headers["Location"] == f"/people/{cast.reporter.id}/"
    assert not Person.objects.get(username="reporter").is_active


def test_an_account_out_of_reach_stays_open_and_the_reason_is_said(cast: Cast) -> None:
    client = cast.client_of(cast.system_admin)
    page = client.post(f"/people/{cast.security_admin.id}/close/", follow=True).content.decode()

    assert "您无权停用或恢复该账号" in page
    assert Person.objects.get(username="security").is_active
