"""Uploading a scheme: read at once, kept only when it can be used."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuangbi.competitions.forms import LARGEST_SCHEME
from shuangbi.competitions.models import SchemeFile
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import SCHEME, Race

PAGE = "scheme-upload"


def sent(text: str | bytes) -> dict[str, object]:
    content = text.encode() if isinstance(text, str) else text
    return {"file": SimpleUploadedFile("scheme.yaml", content), "idempotency_key": "one-click"}


def test_a_good_scheme_is_kept_once_and_read_back(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    shown(client, address(PAGE))
    before = SchemeFile.objects.count()

    answers = [client.post(address(PAGE), sent(SCHEME)) for _ in range(2)]

    made = SchemeFile.objects.order_by("uploaded_at", "id").exclude(frozen_seq__isnull=False).get()
    assert SchemeFile.objects.count() == before + 1
    assert {answer["Location"] for answer in answers} == {address("scheme-detail", "sample-2020", made.id)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ratio: {of: signed, to: target}", "ratio: {of: singed, to: target}", "singed"),
        ("waived: skip_and_reweight\n", "", "waived"),
        ("- clamp: {low: 0, high: 100%}\n          - scale: {full: 60}", "- clamp: {}\n          - scale: {full: 60}", "clamp"),
        ("full: 100, items: [signed, growth]", "full: 90, items: [signed, growth]", "90"),
    ],
)
def test_a_broken_one_is_refused_with_line_reason_and_remedy(race: Race, old: str, new: str, said: str) -> None:
    assert old in SCHEME
    before = SchemeFile.objects.count()

    answer = race.cast.client_of(race.cast.clerk).post(address(PAGE), sent(SCHEME.replace(old, new)))

    assert answer.status_code == 422
    findings = answer.context["findings"]
    assert all(one["line"] and one["reason"] and one["remedy"] for one in findings)
    assert said in str(findings)
    assert SchemeFile.objects.count() == before


@pytest.mark.parametrize("content", ["示例".encode("gb18030"), b"", b"a" * (LARGEST_SCHEME + 1)])
def test_what_is_no_text_or_too_large_is_refused(race: Race, content: bytes) -> None:
    before = SchemeFile.objects.count()
    answer = race.cast.client_of(race.cast.clerk).post(address(PAGE), sent(content))
    assert list(answer.context["form"].errors) == ["file"]
    assert SchemeFile.objects.count() == before


def test_only_the_office_uploads(race: Race) -> None:
    for person in (race.cast.reporter, race.cast.owner, race.cast.leader):
        assert race.cast.client_of(person).post(address(PAGE), sent(SCHEME)).status_code == 403


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
