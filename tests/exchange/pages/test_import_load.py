"""Loading a checked upload: once, and one-time passwords are shown on that answer alone."""

from shuangbi.exchange.models import Attempt
from shuangbi.ledger.models import Fact
from shuangbi.organisations.models import Person, Unit
from tests.cast import Cast
from tests.exchange.pages.uploading import PERSON, UNIT, address, sent


def test_two_clicks_load_once_and_the_bytes_are_let_go(cast: Cast) -> None:
    client, before = cast.client_of(cast.clerk), Fact.objects.count()
    attempt = sent(client, "units", UNIT)

    for _ in range(2):
        assert client.post(address("import-load", attempt))["Location"] == address("import-detail", attempt)

    assert Unit.objects.filter(code="x01").count() == 1
    assert Fact.objects.count() == before + 1
    attempt.refresh_from_db()
    assert (attempt.state, bytes(attempt.content)) == ("loaded", b"")


def test_passwords_stand_on_the_answer_of_the_click_and_nowhere_else(cast: Cast) -> None:
    client = cast.client_of(cast.system_admin)
    attempt = sent(client, "people", PERSON)
    assert not Person.objects.filter(username="xinhe01").exists()

    answer = client.post(address("import-load", attempt))

    ((name, username, once),) = answer.context["handed_out"]
    assert (name, username, answer["Cache-Control"]) == ("新小河", "xinhe01", "no-store")
    assert once in answer.content.decode()
    assert Person.objects.get(username="xinhe01").check_password(once)
    again = client.post(address("import-load", attempt), follow=True)
    assert once not in again.content.decode()
    assert not any(once in str(row) for row in Attempt.objects.values())
    assert not any(once.encode() in bytes(body) for body in Fact.objects.values_list("body", flat=True))


def test_when_the_world_has_moved_on_nothing_is_loaded(cast: Cast) -> None:
    clerk, lead = cast.client_of(cast.clerk), cast.client_of(cast.office_lead)
    mine = sent(clerk, "units", UNIT)
    lead.post(address("import-load", sent(lead, "units", UNIT)))

    answer = clerk.post(address("import-load", mine), follow=True)

    assert "第 2 行，代码" in answer.content.decode()
    assert Unit.objects.filter(code="x01").count() == 1


def test_what_has_errors_is_not_loaded(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", {**UNIT, "parent": "nowhere"})
    client.post(address("import-load", attempt))
    assert not Unit.objects.filter(code="x01").exists()


def test_an_upload_is_loaded_by_its_sender_only(cast: Cast) -> None:
    attempt = sent(cast.client_of(cast.clerk), "units", UNIT)
    assert cast.client_of(cast.office_lead).post(address("import-load", attempt)).status_code == 404
    assert cast.client_of(cast.clerk).get(address("import-load", attempt)).status_code == 405
