"""A draft as it will be printed, marked as a draft."""

import base64
import re

from tests.bulletins.paper import NEEDS_POPPLER, pages
from tests.bulletins.stories import September


def test_the_pages_come_as_pictures(september: September) -> None:
    issue = september.draft()
    text = september.cast.client_of(september.cast.clerk).get(f"/bulletins/{issue.id}/preview/?pictures").content.decode()

    found = re.findall(r"data:image/png;base64,([^\"]+)", text)
    assert len(found) >= 2
    assert all(base64.b64decode(picture).startswith(b"\x89PNG") for picture in found)
    assert f"第1页，共{len(found)}页" in text


@NEEDS_POPPLER
def test_the_pdf_says_draft_on_every_page(september: September) -> None:
    issue = september.draft()
    answer = september.cast.client_of(september.cast.clerk).get(f"/bulletins/{issue.id}/preview/")

    assert answer["Content-Disposition"] == 'inline; filename="2020-weekly-1-draft.pdf"'
    for lines in pages(answer.content):
        assert "草稿" in "".join(line.text for line in lines)


def test_an_issued_bulletin_leads_to_its_page_and_others_see_none(september: September) -> None:
    issue = september.issued()
    cast = september.cast
    assert cast.client_of(cast.clerk).get(f"/bulletins/{issue.id}/preview/")["Location"] == f"/bulletins/{issue.id}/"
    assert cast.client_of(cast.leader).get(f"/bulletins/{issue.id}/preview/").status_code == 403
