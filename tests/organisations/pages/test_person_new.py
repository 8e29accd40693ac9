"""Entering one person."""

from shuangbi.organisations.models import Person
from tests.cast import Cast


def enter(cast: Cast, person: object, **changes: str) -> object:
    values = {"name": "新来者", "username": "new.one", "unit": str(cast.county.id), "post": "科员", "idempotency_key": "one"}
    return cast.client_of(person).post("/people/new/", values | changes)  # type: ignore[arg-type]


def test_the_one_time_password_is_shown_once_and_opens(cast: Cast) -> None:
    response = enter(cast, cast.system_admin)

    once = response.context["once"]
    person = Person.objects.get(username="new.one")
    assert once in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert person.check_password(once)
    assert (person.unit, person.post, person.must_change_password) == (cast.county, "科员", True)
    assert once not in cast.client_of(cast.system_admin).get(f"/people/{person.id}/").content.decode()


def test_a_second_click_shows_a_password_that_works(cast: Cast) -> None:
    enter(cast, cast.system_admin)
    once = enter(cast, cast.system_admin).context["once"]

    assert Person.objects.get(username="new.one").check_password(once)


def test_a_taken_name_is_said_beside_the_field(cast: Cast) -> None:
    response = enter(cast, cast.office_lead, username="reporter")

    assert list(response.context["form"].errors) == ["username"]
    assert "once" not in response.context


def test_what_is_not_in_the_form_changes_nothing(cast: Cast) -> None:
    enter(cast, cast.office_lead, id=str(cast.leader.id), password="mine", must_change_password="", is_active="", role="office_lead")

    person = Person.objects.get(username="new.one")
    assert person.id != cast.leader.id
    assert not person.check_password("mine")
    assert (person.must_change_password, person.is_active) == (True, True)
    assert not person.grants.exists()


def test_nobody_else_enters_people(cast: Cast) -> None:
    for person in (cast.clerk, cast.unit_lead, cast.reporter, cast.security_admin, cast.security_auditor):
        assert enter(cast, person).status_code == 403
    assert not Person.objects.filter(username="new.one").exists()
