"""What the check of an upload found."""

from uuid import uuid4

from django.urls import reverse

from tests.cast import Cast
from tests.competitions.pages.scope import in_english, shown
from tests.exchange.pages.uploading import PERSON, UNIT, address, sent


def test_errors_by_row_and_the_file_to_take_back(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", UNIT, {**UNIT, "code": "x02", "parent": "nowhere"})

    text = shown(client, address("import-detail", attempt))

    assert "上级代码" in text
    assert "1 行有错误" in text
    assert address("import-file", attempt) in text
    assert address("import-load", attempt) not in text
    assert "1 row has errors" in in_english(client, address("import-detail", attempt))


def test_of_very_many_errors_the_first_are_shown(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", *[{**UNIT, "parent": "nowhere"}] * 130)

    text = shown(client, address("import-detail", attempt))

    # Each row has two errors: its code comes again, and its parent is unknown.
    assert "另有 60 处" in text


def test_a_good_one_can_be_loaded_and_passwords_are_never_shown_again(cast: Cast) -> None:
    client = cast.client_of(cast.system_admin)
    attempt = sent(client, "people", PERSON)
    assert address("import-load", attempt) in shown(client, address("import-detail", attempt))
    client.post(address("import-load", attempt))

    text = shown(client, address("import-detail", attempt))

    assert "<code>" not in text
    assert "已导入 1 行" in text


def test_an_upload_is_its_senders(cast: Cast) -> None:
    attempt = sent(cast.client_of(cast.clerk), "units", UNIT)
    client = cast.client_of(cast.office_lead)
    hidden, absent = (client.get(url) for url in (address("import-detail", attempt), reverse("exchange:import-detail", args=[uuid4()])))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content
