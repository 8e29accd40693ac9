"""Backup and restore: everything comes back, nothing half, and never over something."""

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from shuangbi.foundation.errors import Refused
from shuangbi.ledger import files
from shuangbi.ledger.actions import record_many
from shuangbi.ledger.models import Checkpoint, Fact, StoredFile
from shuangbi.ledger.verify import verify
from shuangbi.upkeep import backup, backup_keys, restore
from shuangbi.upkeep.databases import in_place
from tests.ledger.stories import REPORTER, nothing, told

pytestmark = pytest.mark.django_db(transaction=True)
TOOL = Path(__file__).parents[2] / "tools" / "verify_chain.py"


@pytest.fixture
def archive(tmp_path, settings):
    """A small site with two files, and its backup."""
    settings.HOME = tmp_path / "site"
    (settings.HOME / "keys").mkdir(parents=True)
    (settings.HOME / "keys" / "django").write_text("very secret")
    record_many(drafts=[told("合\t同\\n", n) for n in range(5)], by=REPORTER, apply=nothing, key="k")
    files.keep([b"photo"], media_type="image/png")
    files.keep([b"paper"], media_type="application/pdf")
    with translation.override("en"):
        yield tmp_path / "backup.tar"


class Emptied:
    """An empty site of the same kind in place of the one that was backed up."""

    def __init__(self, tmp_path, settings):
        settings.HOME = self.home = tmp_path / "other"
        self.place = in_place(self.home / "data" / "shuangbi.sqlite3") if connection.vendor == "sqlite" else None

    def __enter__(self):
        if self.place:
            self.place.__enter__()
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        return self.home

    def __exit__(self, *problem):
        if self.place:
            self.place.__exit__(*problem)


def test_everything_comes_back(archive, tmp_path, settings):
    told_back = backup(archive)
    head = Fact.objects.get(seq=5).hash
    assert told_back == {
        "path": str(archive), "bytes": archive.stat().st_size, "facts": 5, "head": head,
        "checkpoint": f"shuangbi.local\n5\n{head}\n", "files": 2, "damaged": [], "ok": True,
    }
    rows = list(Fact.objects.order_by("seq").values_list())
    kept = {stored.sha256: files.read(stored.sha256) for stored in StoredFile.objects.all()}
    with Emptied(tmp_path, settings) as home:
        put_back = restore(archive)
        assert {k: put_back[k] for k in ("facts", "head", "checkpoint", "files", "damaged")} == {
            "facts": 5, "head": head, "checkpoint": told_back["checkpoint"], "files": 2, "damaged": [],
        }
        assert [tuple(map(str, row)) for row in Fact.objects.order_by("seq").values_list()] == [
            tuple(map(str, row)) for row in rows
        ]
        assert verify(checkpoint=told_back["checkpoint"])["ok"]
        assert {stored.sha256: files.read(stored.sha256) for stored in StoredFile.objects.all()} == kept
        assert not (home / "keys").exists()
        assert [entry.name for entry in home.iterdir() if entry.name.startswith(".restore")] == []
        with pytest.raises(Refused, match="not empty"):
            restore(archive)


def test_no_key_is_in_a_backup(archive, settings):
    backup(archive)
    assert b"very secret" not in archive.read_bytes()
    apart = backup_keys(archive.with_name("keys.tar"))
    assert apart["keys"] == ["django"]
    assert archive.with_name("keys.tar").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="already"):
        backup_keys(archive.with_name("keys.tar"))


def test_a_backup_is_never_overwritten(archive):
    backup(archive)
    with pytest.raises(Refused, match="Choose another name"):
        backup(archive)
    assert Checkpoint.objects.count() == 1


def test_a_file_that_is_gone_or_changed_is_named_and_the_rest_is_kept(archive, tmp_path, settings):
    gone, changed = [stored.sha256 for stored in StoredFile.objects.order_by("sha256")]
    files.path_of(gone).unlink()
    files.path_of(changed).write_bytes(b"paper!")
    result = backup(archive)
    assert (result["ok"], result["damaged"], result["files"]) == (False, sorted([gone, changed]), 0)
    with Emptied(tmp_path, settings):
        assert restore(archive)["damaged"] == sorted([gone, changed])


def test_the_stand_alone_verifier_reads_a_backup(archive, tmp_path):
    checkpoint = tmp_path / "checkpoint.txt"
    checkpoint.write_text(backup(archive)["checkpoint"])
    done = subprocess.run(
        [sys.executable, "-I", str(TOOL), str(archive), str(checkpoint)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("OK: 5 facts")


def _altered(archive: Path, name: str, change) -> Path:
    """A copy of the archive with one member changed, or left out when `change` gives None."""
    altered = archive.with_name("altered.tar")
    with tarfile.open(archive) as source, tarfile.open(altered, "w") as target:
        for member in source.getmembers():
            data = source.extractfile(member).read()
            if member.name.startswith(name):
                data = change(data)
            if data is not None:
                member.size = len(data)
                target.addfile(member, io.BytesIO(data))
    return altered


def _without_files(data: bytes) -> bytes:
    return json.dumps({**json.loads(data), "format": 9}).encode()


def _climbing(data: bytes) -> bytes:
    return json.dumps({**json.loads(data), "files": [{"sha256": "../../../../etc/x", "size": 1}]}).encode()


def _other_head(data: bytes) -> bytes:
    return json.dumps({**json.loads(data), "head": "0" * 64}).encode()


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("database", lambda data: data[:-100], "damaged"),
        ("database", lambda data: None, "not a whole backup"),
        ("files/", lambda data: data + b"!", "damaged"),
        ("files/", lambda data: None, "not a whole backup"),
        ("manifest", lambda data: b"{", "not a whole backup"),
        ("manifest", lambda data: None, "not a whole backup"),
        ("manifest", _without_files, "format 9"),
        ("manifest", _climbing, "not a whole backup"),
        ("manifest", _other_head, "broken at 5"),
    ],
)
def test_an_archive_that_is_not_whole_changes_nothing(archive, tmp_path, settings, name, change, words):
    backup(archive)
    altered = _altered(archive, name, change)
    standalone = subprocess.run([sys.executable, "-I", str(TOOL), str(altered)], capture_output=True, check=False)
    assert standalone.returncode in ({1, 2} if words != "format 9" else {0})
    settings.HOME = tmp_path / "other"
    with pytest.raises(Refused, match="not empty"):
        restore(altered)
    with Emptied(tmp_path, settings) as home:
        with pytest.raises(Refused, match=words):
            restore(altered)
        assert not (home / "files").exists()
        if connection.vendor == "sqlite":
            assert not (home / "data").exists()
        # Only for the flush behind a test on PostgreSQL, where the emptied database is the test's own.
        if connection.vendor == "postgresql":
            restore(archive)


def test_a_site_without_a_database_says_so(archive, tmp_path, settings):
    from shuangbi.upkeep import rebuild_check

    backup(archive)
    with Emptied(tmp_path, settings) as home:
        (home / "data").mkdir(parents=True, exist_ok=True)
        for ask in (verify, rebuild_check, lambda: backup(tmp_path / "none.tar")):
            with pytest.raises(Refused, match="no database yet"):
                ask()
        restore(archive)


def test_what_is_no_archive_is_refused(archive, tmp_path, settings):
    (tmp_path / "text.tar").write_text("no archive")
    backup(archive)
    with Emptied(tmp_path, settings):
        with pytest.raises(Refused, match="not a whole backup"):
            restore(tmp_path / "text.tar")
        restore(archive)


def test_a_broken_ledger_is_not_backed_up(archive):
    from shuangbi.ledger import triggers
    from tests.ledger.tampering import do, lift_triggers

    lift_triggers()
    do("UPDATE ledger_fact SET version = 9 WHERE seq = 3")
    triggers.put_up(connection)
    with pytest.raises(Refused, match="broken at 3"):
        backup(archive)
    assert not archive.exists()
