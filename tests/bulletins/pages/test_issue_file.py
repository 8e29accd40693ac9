"""The stored bytes, only after the access check, always as a download."""

import pytest

from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import stored_bytes
from tests.bulletins.stories import September
from tests.bulletins.test_queries import second_competition


@pytest.mark.parametrize(("form", "audience"), [("pdf", "internal"), ("pdf", "public"), ("docx", "internal")])
def test_the_very_bytes_come_as_an_attachment(september: September, form: str, audience: str) -> None:
    issue = september.issued()
    answer = september.cast.client_of(september.cast.reporter).get(f"/bulletins/{issue.id}/{audience}/{form}/")

    assert answer.content == stored_bytes(issue, form, audience)
    assert answer["Content-Disposition"] == f'attachment; filename="2020-weekly-1-{audience}.{form}"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_html_is_a_page_of_its_own_around_the_stored_fragment(september: September) -> None:
    issue = september.issued()
    answer = september.cast.client_of(september.cast.reporter).get(f"/bulletins/{issue.id}/public/html/")

    assert answer.content.startswith(b"<!doctype html>")
    assert stored_bytes(issue, "html", "public") in answer.content
    assert "下步要求" not in answer.content.decode()


@pytest.mark.parametrize("path", ["internal/json", "secret/pdf", "internal/exe"])
def test_no_other_file_is_handed_out(september: September, path: str) -> None:
    issue = september.issued()

    assert september.cast.client_of(september.cast.clerk).get(f"/bulletins/{issue.id}/{path}/").status_code == 404


def test_drafts_and_other_competitions_bulletins_have_no_files_for_anyone_outside(september: September) -> None:
    draft = september.draft()
    assert september.cast.client_of(september.cast.clerk).get(f"/bulletins/{draft.id}/internal/pdf/").status_code == 404
    own = second_competition(september)
    issued = september.issued()
    Issue.objects.filter(id=own.id).update(state="issued", files=issued.files)

    assert september.cast.client_of(september.cast.other_reporter).get(f"/bulletins/{own.id}/internal/pdf/").status_code == 200
    assert september.cast.client_of(september.cast.reporter).get(f"/bulletins/{own.id}/internal/pdf/").status_code == 404
    for nobody in (september.cast.system_admin, september.cast.stranger):
        assert september.cast.client_of(nobody).get(f"/bulletins/{issued.id}/internal/pdf/").status_code == 403
