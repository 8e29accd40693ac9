"""Adding evidence through the page: in through the checks, once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuangbi.claims.models import Evidence
from tests.claims.pages.test_claim_new import photo
from tests.claims.stories import Story


def test_papers_are_added_once(story: Story) -> None:
    claim = story.report()
    client = story.cast.client_of(story.cast.reporter)
    for _again in range(2):
        answer = client.post(f"/claims/{claim}/evidence/", {"paper_photo": photo(), "idempotency_key": "e"})
        assert answer["Location"] == f"/claims/{claim}/"

    assert list(Evidence.objects.values_list("name", "kind")) == [("开工现场.png", "photo")]


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("现场.png", b"MZ\x90\x00 this is a program"),
        SimpleUploadedFile("现场.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        SimpleUploadedFile("页面.html", b"<html></html>"),
        SimpleUploadedFile("空.pdf", b""),
        SimpleUploadedFile("程序.exe", b"MZ"),
    ],
)
def test_a_file_that_lies_or_may_not_come_in_is_refused(story: Story, file: SimpleUploadedFile) -> None:
    claim = story.report()
    file.seek(0)

    answer = story.cast.client_of(story.cast.reporter).post(f"/claims/{claim}/evidence/", {"paper_photo": file}, follow=True)

    assert 'is-error' in answer.content.decode()
    assert Evidence.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(story: Story) -> None:
    claim = story.report()
    large = SimpleUploadedFile("大.pdf", b"%PDF-1.4\n" + b"0" * (20 * 2**20))

    answer = story.cast.client_of(story.cast.reporter).post(f"/claims/{claim}/evidence/", {"paper_photo": large}, follow=True)

    assert "20 MB" in answer.content.decode()
    assert Evidence.objects.count() == 0


def test_who_may_not_add_is_told_so(story: Story) -> None:
    claim = story.report()

    assert story.cast.client_of(story.cast.leader).post(f"/claims/{claim}/evidence/", {}).status_code == 403
    answer = story.cast.client_of(story.cast.clerk).post(
        f"/claims/{claim}/evidence/", {"paper_photo": photo()}, follow=True
    )
    assert "is-error" in answer.content.decode()
    assert Evidence.objects.count() == 0
