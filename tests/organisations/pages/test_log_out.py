"""Log-out."""

from django.contrib.sessions.models import Session

from shuangbi.organisations.choices import Act
from shuangbi.organisations.models import SecurityRecord
from tests.cast import Cast


def test_log_out_kills_the_session_on_the_server(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    key = client.session.session_key
    response = client.post("/log-out/")

    assert response.headers["Location"] == "/log-in/"
    assert not Session.objects.filter(session_key=key).exists()
    assert SecurityRecord.objects.filter(act=Act.LOGGED_OUT, person=cast.reporter).count() == 1
    client.cookies["sessionid"] = key
    assert client.get("/units/").status_code == 302


def test_a_link_logs_nobody_out(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)

    assert client.get("/log-out/").status_code == 405
    assert client.get("/units/").status_code == 200
