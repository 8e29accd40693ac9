"""The tables a person may import, and their own uploads."""

from django.urls import reverse

from tests.cast import Cast
from tests.competitions.pages.scope import in_english, shown
from tests.exchange.pages.uploading import UNIT, address, sent

URL = reverse("exchange:import-list")


def test_everyone_is_offered_their_tables(cast: Cast) -> None:
    offered = {}
    for name in ("clerk", "reporter", "owner", "system_admin"):
        text = shown(cast.client_of(getattr(cast, name)), URL)
        kinds = ("units", "people", "projects", "participants", "targets", "figures", "claims")
        offered[name] = [kind for kind in kinds if reverse("exchange:import-upload", args=[kind]) in text]
    assert offered == {
        "clerk": ["units", "projects", "participants", "targets", "figures", "claims"],
        "reporter": ["projects", "claims"], "owner": ["figures"], "system_admin": ["units", "people"],
    }


def test_everyone_sees_their_own_uploads_only(cast: Cast) -> None:
    attempt = sent(cast.client_of(cast.clerk), "units", UNIT)
    assert address("import-detail", attempt) in shown(cast.client_of(cast.clerk), URL)
    assert address("import-detail", attempt) not in shown(cast.client_of(cast.office_lead), URL)
    assert "Units" in in_english(cast.client_of(cast.clerk), URL)


def test_who_imports_nothing_has_no_page(cast: Cast) -> None:
    for person in (cast.leader, cast.reader, cast.inspector, cast.security_admin, cast.security_auditor, cast.stranger):
        assert cast.client_of(person).get(URL).status_code == 403
    assert cast.client_of(None).get(URL).status_code == 302
