"""One person."""

from uuid import uuid4

from tests.cast import Cast


def buttons(cast: Cast, person: object, other: object) -> list[str]:
    page = cast.client_of(person).get(f"/people/{other.id}/").content.decode()  # type: ignore[arg-type, attr-defined]
    return [word for word in ("/reset/", "/close/", "/open/", "/grants/new/?person=", "/end/") if word in page]


def test_each_administrator_is_shown_what_they_may_do(cast: Cast) -> None:
    assert buttons(cast, cast.system_admin, cast.reporter) == ["/reset/", "/close/"]
    assert buttons(cast, cast.system_admin, cast.security_auditor) == []
    assert buttons(cast, cast.security_admin, cast.reporter) == ["/grants/new/?person=", "/end/"]
    assert buttons(cast, cast.security_admin, cast.system_admin) == ["/reset/", "/close/", "/grants/new/?person=", "/end/"]
    assert buttons(cast, cast.security_admin, cast.security_admin) == []
    assert buttons(cast, cast.security_auditor, cast.reporter) == []
    assert buttons(cast, cast.unit_lead, cast.reporter) == []


def test_another_units_person_is_absent_to_the_byte(cast: Cast) -> None:
    client = cast.client_of(cast.unit_lead)
    foreign, absent = client.get(f"/people/{cast.other_reporter.id}/"), client.get(f"/people/{uuid4()}/")

    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content
