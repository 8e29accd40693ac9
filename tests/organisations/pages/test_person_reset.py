"""New one-time passwords."""

from shuangbi.organisations.models import Person
from tests.cast import PASSWORD, Cast


def test_the_system_administrator_resets_a_reporter(cast: Cast) -> None:
    client = cast.client_of(cast.system_admin)
    asked = client.get(f"/people/{cast.reporter.id}/reset/")
    answer = client.post(f"/people/{cast.reporter.id}/reset/")

    assert "once" not in asked.context
    assert Person.objects.get(username="reporter").check_password(answer.context["once"])


def test_no_administrator_takes_over_another(cast: Cast) -> None:
    for by, whose in (
        (cast.system_admin, cast.security_admin), (cast.system_admin, cast.security_auditor),
        (cast.system_admin, cast.system_admin), (cast.security_admin, cast.security_admin), (cast.security_admin, cast.reporter),
    ):
        client = cast.client_of(by)
        assert "无权" in client.get(f"/people/{whose.id}/reset/").content.decode()
        assert client.post(f"/people/{whose.id}/reset/").status_code == 403
        assert Person.objects.get(id=whose.id).check_password(PASSWORD)


def test_nobody_else_comes_near(cast: Cast) -> None:
    for person in (cast.office_lead, cast.unit_lead, cast.security_auditor, cast.leader):
        assert cast.client_of(person).post(f"/people/{cast.reporter.id}/reset/").status_code == 403
