"""A full disk: what was acknowledged stays, what was not is not there, and work goes on once there is room."""

import errno
import os

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from shuangbi.foundation.middleware import is_disk_full
from shuangbi.ledger import files
from shuangbi.ledger.actions import record_many
from shuangbi.ledger.models import Fact, StoredFile
from shuangbi.ledger.verify import verify
from shuangbi.upkeep.databases import in_place
from tests.ledger.stories import REPORTER, nothing, told


def test_a_full_database_refuses_whole_acts_and_goes_on_later(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), in_place(tmp_path / "a.sqlite3"):
        call_command("migrate", "ledger", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages + 30}")
        acknowledged, problem = _fill()
        assert is_disk_full(problem)
        assert acknowledged > 0
        assert verify()["facts"] == acknowledged == Fact.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 100000")
        record_many(drafts=[told("字" * 2000, n) for n in range(3)], by=REPORTER, apply=nothing, key=f"k{acknowledged // 3}")
        assert verify()["ok"]
        assert Fact.objects.count() == acknowledged + 3


def _fill() -> tuple[int, Exception]:
    """Append acts of three facts until there is no room: how many facts were acknowledged, and what was said then."""
    for number in range(1000):
        try:
            record_many(drafts=[told("字" * 2000, n) for n in range(3)], by=REPORTER, apply=nothing, key=f"k{number}")
        except OperationalError as problem:
            return number * 3, problem
    raise AssertionError("the disk never filled")


@pytest.mark.django_db
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_file_that_finds_no_room_is_not_named(tmp_path, settings, monkeypatch, call):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.HOME = tmp_path
    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="No space") as problem:
        files.keep([b"paper"], media_type="application/pdf")
    assert is_disk_full(problem.value)
    assert StoredFile.objects.count() == 0
    monkeypatch.undo()
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
