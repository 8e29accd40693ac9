"""The door: log-in, lock-out, sessions that rotate and end, the same answer for every wrong name."""

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from shuangbi.foundation import clock
from shuangbi.organisations.choices import Act
from shuangbi.organisations.middleware import SEEN
from shuangbi.organisations.models import Person, SecurityRecord
from shuangbi.organisations.sessions import OPENED
from tests.cast import PASSWORD, Cast

DOOR = "/log-in/"


def try_door(client: Client, login: str, password: str, **more: str) -> object:
    return client.post(DOOR, {"login": login, "password": password}, **more)


def acts() -> list[tuple[str, str | None]]:
    rows = SecurityRecord.objects.exclude(act=Act.PERSON_MADE).order_by("id").values_list("act", "person__username")
    return list(rows)


def test_the_door_says_that_the_system_is_not_classified(cast: Cast) -> None:
    page = Client().get(DOOR).content.decode()

    assert "本系统为非涉密系统" in page
    assert 'name="password"' in page
    assert "注册" not in page


def test_the_right_password_opens_and_is_noted(cast: Cast) -> None:
    client = Client()
    response = try_door(client, " Reporter ", PASSWORD)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(cast.reporter.id)
    assert acts() == [(Act.LOGGED_IN, "reporter")]


def test_whoever_is_in_already_goes_home(cast: Cast) -> None:
    assert cast.client_of(cast.reporter).get(DOOR).headers["Location"] == "/"


def test_the_door_leads_back_only_within_the_site(cast: Cast) -> None:
    inside = Client().post(DOOR + "?next=/units/", {"login": "reporter", "password": PASSWORD, "next": "/units/"})
    outside = Client().post(DOOR, {"login": "reporter", "password": PASSWORD, "next": "https://elsewhere.example/"})

    assert inside.headers["Location"] == "/units/"
    assert outside.headers["Location"] == "/"


def bare(client: Client, login: str, password: str) -> str:
    """The answer without what differs on every page: the form's token and what was typed."""
    response = try_door(client, login, password)
    token = response.context["csrf_token"]
    return response.content.decode().replace(str(token), "").replace(f'value="{login}"', "")


def test_wrong_password_unknown_name_and_closed_account_answer_alike(cast: Cast) -> None:
    Person.objects.filter(username="nobody").update(is_active=False)

    answers = {
        bare(Client(), "reporter", "wrong"), bare(Client(), "nowhere", "wrong"), bare(Client(), "nobody", PASSWORD),
        bare(Client(), "nobody", "wrong"),
    }
    assert len(answers) == 1
    assert acts() == [
        (Act.LOG_IN_FAILED, "reporter"), (Act.LOG_IN_FAILED, None), (Act.LOG_IN_FAILED, "nobody"),
        (Act.LOG_IN_FAILED, "nobody"),
    ]


def test_an_unknown_name_costs_a_hash_too(cast: Cast, settings: object) -> None:
    """The time of an answer tells nothing: both ways run the hasher once."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    counted: list[str] = []

    class Counting(MD5PasswordHasher):
        algorithm = "md5"

        def encode(self, password: str, salt: str) -> str:
            counted.append(password)
            return str(super().encode(password, salt))

    import sys

    module = sys.modules[__name__]
    module.Counting = Counting  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]  # type: ignore[attr-defined]
    try_door(Client(), "reporter", "wrong")
    known = len(counted)
    try_door(Client(), "nowhere", "wrong")

    assert (known, len(counted) - known) == (1, 1)


@pytest.mark.parametrize("name", ["reporter", "nowhere"])
def test_six_failures_shut_the_door_for_this_name_from_this_place(cast: Cast, name: str) -> None:
    client = Client()
    answers = [try_door(client, name, "wrong").status_code for _try in range(6)]
    shut = try_door(client, name, PASSWORD)

    assert answers == [200, 200, 200, 200, 200, 429]
    assert shut.status_code == 429
    assert shut.headers["Retry-After"] == "900"
    assert "15" in shut.content.decode()
    assert "_auth_user_id" not in client.session
    assert acts()[-1][0] == Act.LOCKED_OUT


def test_upper_case_does_not_walk_around_the_count(cast: Cast) -> None:
    for typed in ("reporter", "Reporter", "REPORTER", "rePorter", "reporteR", "rEporter"):
        last = try_door(Client(), typed, "wrong")

    assert last.status_code == 429
    assert try_door(Client(), "reporter", PASSWORD).status_code == 429


def test_the_door_stays_open_for_others_and_from_elsewhere(cast: Cast) -> None:
    for _try in range(6):
        try_door(Client(), "reporter", "wrong")

    assert try_door(Client(), "unit.lead", PASSWORD).status_code == 302
    assert try_door(Client(), "reporter", PASSWORD, REMOTE_ADDR="10.9.8.7").status_code == 302


def test_success_clears_the_count(cast: Cast) -> None:
    for _round in range(2):
        for _try in range(5):
            try_door(Client(), "reporter", "wrong")
        assert try_door(Client(), "reporter", PASSWORD).status_code == 302


def test_a_forged_forwarding_header_changes_no_count(cast: Cast) -> None:
    for number in range(6):
        last = try_door(Client(), "reporter", "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert last.status_code == 429


def test_the_session_key_rotates_at_log_in(cast: Cast) -> None:
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    try_door(client, "reporter", PASSWORD)

    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(cast: Cast) -> None:
    client = Client()
    try_door(client, "reporter", PASSWORD)

    for name in ("sessionid", SEEN):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def entered(cast: Cast, *, opened_ago: int, seen_ago: int | None) -> Client:
    """A client whose session was opened and last seen so many seconds ago."""
    client = cast.client_of(cast.reporter)
    now = int(clock.real_now().timestamp())
    session = client.session
    session[OPENED] = now - opened_ago
    session.save()
    if seen_ago is not None:
        signer = signing.Signer(salt=f"{SEEN} {session.session_key}")
        client.cookies[SEEN] = signer.sign(str(now - seen_ago))
    return client


@pytest.mark.parametrize(
    ("opened_ago", "seen_ago", "is_in"),
    [
        (0, None, True), (1790, None, True), (1810, None, False), (7200, 1790, True), (7200, 1810, False),
        (43100, 5, True), (43300, 5, False),
    ],
)
def test_a_session_ends_after_half_an_hour_of_silence_and_after_twelve_hours(
    cast: Cast, opened_ago: int, seen_ago: int | None, is_in: bool
) -> None:
    client = entered(cast, opened_ago=opened_ago, seen_ago=seen_ago)

    assert (client.get("/units/").status_code == 200) is is_in
    assert ("_auth_user_id" in client.session) is is_in
    assert (Act.SESSION_ENDED in {act for act, _name in acts()}) is not is_in


def test_a_cookie_of_another_session_keeps_nothing_open(cast: Cast) -> None:
    client = entered(cast, opened_ago=7200, seen_ago=None)
    client.cookies[SEEN] = signing.Signer(salt=f"{SEEN} another").sign(str(int(clock.real_now().timestamp())))

    assert client.get("/units/").status_code == 302


def test_reading_marks_the_cookie_and_not_the_database(cast: Cast, django_assert_num_queries: object) -> None:
    client = entered(cast, opened_ago=600, seen_ago=300)
    before = client.cookies[SEEN].value
    stored = Session.objects.get(session_key=client.session.session_key).session_data
    client.get("/units/")

    assert client.cookies[SEEN].value != before
    assert Session.objects.get(session_key=client.session.session_key).session_data == stored


def test_a_reset_password_ends_what_is_open(cast: Cast) -> None:
    from shuangbi.organisations import actions

    client = cast.client_of(cast.reporter)
    assert client.get("/units/").status_code == 200
    actions.reset_password(person=cast.reporter, by=cast.system_admin)

    assert client.get("/units/").status_code == 302


def test_a_closed_account_is_out_at_once(cast: Cast) -> None:
    from shuangbi.organisations import actions

    client = cast.client_of(cast.reporter)
    actions.close_person(person=cast.reporter, by=cast.system_admin)

    assert client.get("/units/").status_code == 302


def test_pages_of_a_person_are_kept_by_no_cache(cast: Cast) -> None:
    assert cast.client_of(cast.reporter).get("/units/").headers["Cache-Control"] == "no-store"


def test_real_passwords_are_hashed_slowly(settings: object) -> None:
    from django.conf import global_settings

    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
