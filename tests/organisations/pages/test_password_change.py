"""The own password."""

from datetime import timedelta

from django.test import Client

from shuangbi.foundation import clock
from shuangbi.organisations import actions
from shuangbi.organisations.models import Person
from tests.cast import PASSWORD, Cast

NEW = "Another-Pass-88"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> object:
    return client.post("/password/", {"old": old, "new": new, "again": again})


def test_a_person_changes_the_password_and_stays_in(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    response = change(client)

    assert response.headers["Location"] == "/"
    assert client.get("/units/").status_code == 200
    assert Person.objects.get(username="reporter").check_password(NEW)


def test_other_sessions_of_the_person_end(cast: Cast) -> None:
    here, elsewhere = cast.client_of(cast.reporter), cast.client_of(cast.reporter)
    change(here)

    assert elsewhere.get("/units/").status_code == 302


def test_a_wrong_entry_changes_nothing(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    errors = [
        change(client, old="wrong").context["form"].errors,
        change(client, again="Different-1").context["form"].errors,
        change(client, new="weak", again="weak").context["form"].errors,
        change(client, new=PASSWORD, again=PASSWORD).context["form"].errors,
    ]

    assert [list(one) for one in errors] == [["old"], ["again"], ["new"], ["new"]]
    assert Person.objects.get(username="reporter").check_password(PASSWORD)


def test_a_one_time_password_opens_only_this_page(cast: Cast) -> None:
    once = actions.reset_password(person=cast.reporter, by=cast.system_admin)
    client = Client()
    client.post("/log-in/", {"login": "reporter", "password": once})

    assert client.get("/units/").headers["Location"] == "/password/"
    assert client.post("/units/new/").headers["Location"] == "/password/"
    assert "自己的密码" in client.get("/password/").content.decode()
    change(client, old=once)
    assert client.get("/units/").status_code == 200


def test_a_password_that_stood_too_long_must_be_changed(cast: Cast, settings: object) -> None:
    client = cast.client_of(cast.reporter)
    Person.objects.filter(username="reporter").update(password_set_at=clock.real_now() - timedelta(days=180))

    assert client.get("/units/").headers["Location"] == "/password/"
    settings.PASSWORD_DAYS = 0  # type: ignore[attr-defined]
    assert client.get("/units/").status_code == 200
