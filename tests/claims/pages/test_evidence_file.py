"""Evidence goes out as a download, and only to those who may see the claim."""

import uuid

from shuangbi.claims.models import Evidence
from tests.claims.stories import Story, paper


def test_a_paper_is_handed_out_as_a_download(story: Story) -> None:
    claim = story.report(evidence=(paper(b"%PDF-1.4 words", '施工"合同;.pdf'),))
    found = Evidence.objects.get(claim=claim)

    answer = story.cast.client_of(story.cast.clerk).get(f"/claims/evidence/{found.id}/")

    assert answer.status_code == 200
    assert answer.content == b"%PDF-1.4 words"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"evidence.pdf\"; filename*=UTF-8''%E6%96%BD%E5%B7%A5%22%E5%90%88%E5%90%8C%3B.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_foreign_paper_is_answered_like_an_absent_one(story: Story) -> None:
    story.report(evidence=(paper(),))
    found = Evidence.objects.get()
    for who in ("other_reporter", "company_reporter", "park_reporter"):
        client = story.cast.client_of(getattr(story.cast, who))
        foreign = client.get(f"/claims/evidence/{found.id}/")
        absent = client.get(f"/claims/evidence/{uuid.uuid4()}/")
        assert foreign.status_code == absent.status_code == 404
        assert foreign.content == absent.content
    assert story.cast.client_of(None).get(f"/claims/evidence/{found.id}/").status_code == 302
    assert story.cast.client_of(story.cast.stranger).get(f"/claims/evidence/{found.id}/").status_code == 403


def test_a_paper_that_is_gone_from_the_disk_answers_404(story: Story) -> None:
    from shuangbi.ledger.files import path_of

    story.report(evidence=(paper(b"%PDF-1.4 gone"),))
    found = Evidence.objects.get()
    path_of(found.file_id).unlink()

    assert story.cast.client_of(story.cast.clerk).get(f"/claims/evidence/{found.id}/").status_code == 404
