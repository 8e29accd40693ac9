"""Files are kept once under their hash, whole or not at all."""

import hashlib

import pytest

from shuangbi.ledger import files
from shuangbi.ledger.models import StoredFile

pytestmark = pytest.mark.django_db
SHA256 = hashlib.sha256(b"paper").hexdigest()


@pytest.fixture(autouse=True)
def _home(tmp_path, settings):
    settings.HOME = tmp_path


def test_a_file_is_kept_under_its_hash(tmp_path):
    stored = files.keep([b"pa", b"per"], media_type="application/pdf")
    assert (stored.sha256, stored.size, stored.media_type) == (SHA256, 5, "application/pdf")
    assert files.path_of(SHA256) == tmp_path / "files" / SHA256[:2] / SHA256
    assert files.read(SHA256) == b"paper"


def test_the_same_content_is_kept_once(tmp_path):
    files.keep([b"paper"], media_type="application/pdf")
    again = files.keep([b"paper"], media_type="image/png")
    assert again.media_type == "application/pdf"
    assert StoredFile.objects.count() == 1
    assert [p.name for p in (tmp_path / "files").rglob("*") if p.is_file()] == [SHA256]


def test_a_kept_file_that_went_bad_is_made_good_by_the_next_copy():
    files.keep([b"paper"], media_type="application/pdf")
    files.path_of(SHA256).write_bytes(b"PAPER")
    files.keep([b"paper"], media_type="application/pdf")
    assert files.read(SHA256) == b"paper"


def test_a_sender_that_breaks_off_leaves_nothing(tmp_path):
    def breaking():
        yield b"pa"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        files.keep(breaking(), media_type="application/pdf")
    assert StoredFile.objects.count() == 0
    assert [p for p in (tmp_path / "files").rglob("*") if p.is_file()] == []


def test_a_file_that_is_gone_says_so():
    with pytest.raises(FileNotFoundError):
        files.read("0" * 64)
