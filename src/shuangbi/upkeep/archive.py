"""Backup and restore: one tar archive with the database, the files by manifest and a checkpoint; never the keys.

Members: manifest.json, checkpoint.txt, database.sqlite3 or database.sql, files/ab/<sha256>. tools/verify_chain.py reads it.
"""

import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

import shuangbi
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger import files
from shuangbi.ledger.actions import make_checkpoint
from shuangbi.ledger.models import Fact, StoredFile
from shuangbi.ledger.verify import require_tables, verify
from shuangbi.upkeep.databases import in_place, postgresql_tool
from shuangbi.upkeep.dump import dumped_files, dumped_migrations, verify_dump

FORMAT = 1
HASH = re.compile(r"[0-9a-f]{64}")


def backup(path: Path) -> dict[str, Any]:
    """Write the archive. Returns {"path", "bytes", "facts", "head", "checkpoint", "files", "damaged", "ok"}.

    Others may go on writing meanwhile. `damaged` are stored files that are gone or changed: the rest is kept all the
    same, and `ok` is false. Raises Refused when the archive exists already or the chain is broken.
    """
    path = Path(path)
    if path.exists():
        raise Refused(_("There is a file {path} already. Choose another name.").format(path=path))
    require_tables()
    checkpoint = make_checkpoint()
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".backup-") as folder:
        database = _database_copy(Path(folder))
        chain, rows = _read_copy(database)
        if not chain["ok"]:
            words = _("The ledger is broken at {seq}. Nothing was backed up; keep the last backup.")
            raise Refused(words.format(seq=chain["first_broken"]))
        whole = [row for row in rows if _is_whole(*row)]
        damaged = sorted({row[0] for row in rows} - {row[0] for row in whole})
        manifest = {
            "format": FORMAT, "site": settings.SITE_ID_TEXT, "version": shuangbi.__version__,
            "made_at": clock.real_now().isoformat(timespec="seconds"), "database": database.name,
            "database_sha256": files.digest_of(database), "facts": chain["facts"], "head": chain["head"],
            "files": [{"sha256": sha256, "size": size} for sha256, size in whole], "damaged": damaged,
        }
        part = Path(folder) / "archive"
        _write(part, manifest, str(checkpoint or ""), database)
        # A link fails where a rename would overwrite: another backup may have finished under this name.
        os.link(part, path)
        files.sync_folder(path.resolve().parent)
    return {
        "path": str(path), "bytes": path.stat().st_size, "facts": chain["facts"], "head": chain["head"],
        "checkpoint": str(checkpoint or ""), "files": len(whole), "damaged": damaged, "ok": not damaged,
    }


def backup_keys(path: Path) -> dict[str, Any]:
    """The keys apart, newest only, readable by the owner alone. Keep it elsewhere than the backups."""
    path, keys = Path(path), Path(settings.HOME) / "keys"
    if path.exists():
        raise Refused(_("There is a file {path} already. Choose another name.").format(path=path))
    names = sorted(entry for entry in keys.iterdir() if entry.is_file()) if keys.is_dir() else []
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        with tarfile.open(fileobj=target, mode="w") as archive:
            for name in names:
                archive.add(name, f"keys/{name.name}", recursive=False)
        os.fsync(target.fileno())
    return {"path": str(path), "keys": [name.name for name in names]}


def restore(path: Path) -> dict[str, Any]:
    """Put a backup into an empty site whose servers are stopped.

    Returns {"facts", "head", "checkpoint", "files", "damaged", "made_at", "version"}: compare the checkpoint with a copy
    kept elsewhere, then run `migrate`. Raises Refused when the site is not empty, or the archive is not whole; the site
    is then as before.
    """
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    _refuse_unless_empty()
    try:
        with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as name, tarfile.open(path, "r:") as archive:
            folder = Path(name)
            manifest = _read_manifest(archive)
            database = _unpack(archive, manifest, folder)
            _verify_copy(database, manifest)
            _swap(folder, database)
            checkpoint = _text(archive, "checkpoint.txt")
    except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError) as problem:
        words = _("{path} is not a whole backup: {reason}. Nothing was changed.")
        raise Refused(words.format(path=path, reason=problem)) from problem
    return {
        "facts": manifest["facts"], "head": manifest["head"], "checkpoint": checkpoint,
        "files": len(manifest["files"]), "damaged": manifest["damaged"], "made_at": manifest["made_at"],
        "version": manifest["version"],
    }


# --- writing ---------------------------------------------------------------------------------------------------------


def _database_copy(folder: Path) -> Path:
    """A copy of the whole database as of one moment."""
    if connection.vendor == "sqlite":
        target = folder / "database.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        target = folder / "database.sql"
        postgresql_tool("pg_dump", "--no-owner", "--no-privileges", f"--file={target}")
    return target


def _read_copy(database: Path) -> tuple[dict[str, Any], list[tuple[str, int]]]:
    """(the chain verified, hash and size of every stored file), read from the copy and not from the living site."""
    if database.suffix == ".sql":
        return verify_dump(database), dumped_files(database)
    with in_place(database):
        return verify(), list(StoredFile.objects.order_by("sha256").values_list("sha256", "size"))


def _is_whole(sha256: str, size: int) -> bool:
    kept = files.path_of(sha256)
    return kept.is_file() and kept.stat().st_size == size and files.digest_of(kept) == sha256


def _write(target: Path, manifest: dict[str, Any], checkpoint: str, database: Path) -> None:
    with target.open("wb") as opened:
        with tarfile.open(fileobj=opened, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name, text in (("manifest.json", json.dumps(manifest, indent=1)), ("checkpoint.txt", checkpoint)):
                member = tarfile.TarInfo(name)
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
            archive.add(database, database.name)
            for entry in manifest["files"]:
                sha256 = entry["sha256"]
                archive.add(files.path_of(sha256), f"files/{sha256[:2]}/{sha256}", recursive=False)
        opened.flush()
        os.fsync(opened.fileno())


# --- reading back ----------------------------------------------------------------------------------------------------


def _refuse_unless_empty() -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and connection.connection is None and not place.exists():
        return  # opening it would make it
    tables = set(connection.introspection.table_names())
    full = "ledger_fact" in tables and Fact.objects.exists()
    full = full or ("organisations_person" in tables and _count("organisations_person") > 0)
    if full:
        raise Refused(_("This site is not empty. A backup is restored only into an empty one (another SHUANGBI_HOME)."))


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 a constant name
        return int(cursor.fetchone()[0])


def _text(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(name)
    if member is None:
        raise ValueError(name)
    return member.read().decode()


def _read_manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(_text(archive, "manifest.json"))
    if manifest["format"] != FORMAT:
        raise Refused(_("The backup has format {format}, which this version does not read.").format(format=manifest["format"]))
    suffix = "sqlite3" if connection.vendor == "sqlite" else "sql"
    if manifest["database"] != f"database.{suffix}":
        raise Refused(_("The backup is of another kind of database. Set SHUANGBI_DATABASE_URL as it was then."))
    if any(not HASH.fullmatch(entry["sha256"]) for entry in manifest["files"]):
        raise ValueError("files")
    return manifest


def _unpack(archive: tarfile.TarFile, manifest: dict[str, Any], folder: Path) -> Path:
    """Unpack database and files under names of our own, each against its hash."""
    database = folder / str(manifest["database"])
    _unpack_one(archive, database.name, database, manifest["database_sha256"])
    for entry in manifest["files"]:
        sha256 = entry["sha256"]
        _unpack_one(archive, f"files/{sha256[:2]}/{sha256}", folder / "files" / sha256[:2] / sha256, sha256)
    return database


def _unpack_one(archive: tarfile.TarFile, name: str, target: Path, sha256: str) -> None:
    member = archive.extractfile(name)
    if member is None:
        raise ValueError(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as opened:
        shutil.copyfileobj(member, opened)
        opened.flush()
        os.fsync(opened.fileno())
    if files.digest_of(target) != sha256:
        raise Refused(_("{name} in the backup is damaged. Nothing was changed.").format(name=name))


def _verify_copy(database: Path, manifest: dict[str, Any]) -> None:
    if database.suffix == ".sqlite3":
        with in_place(database) as copy, copy.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone() != ("ok",):
                raise Refused(_("{name} in the backup is damaged. Nothing was changed.").format(name=database.name))
            chain = verify()
            cursor.execute("SELECT app, name FROM django_migrations")
            migrations = set(cursor.fetchall())
    else:
        chain, migrations = verify_dump(database), dumped_migrations(database)
    if not chain["ok"] or (chain["facts"], chain["head"]) != (manifest["facts"], manifest["head"]):
        seq = chain["first_broken"] or chain["facts"]
        raise Refused(_("The ledger in the backup is broken at {seq}. Nothing was changed.").format(seq=seq))
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {})
    if newer := sorted(migrations - known):
        words = _("The backup is of a newer version of Shuangbi ({name}). Install that version and try again.")
        raise Refused(words.format(name="/".join(newer[0])))


def _swap(folder: Path, database: Path) -> None:
    """Files first, then the database: a site without its database is still empty, one without its files is not whole."""
    kept = Path(settings.HOME) / "files"
    for unpacked in _files_in(folder / "files"):
        target = kept / unpacked.parent.name / unpacked.name
        target.parent.mkdir(parents=True, exist_ok=True)
        unpacked.replace(target)
        files.sync_folder(target.parent)
    if connection.vendor != "sqlite":
        emptied = folder / "empty.sql"
        emptied.write_text("DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        connection.close()
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        postgresql_tool("psql", *options, f"--file={emptied}", f"--file={database}")
        return
    place = Path(str(connection.settings_dict["NAME"]))
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        with writing():  # nobody is at work on the empty database while it goes
            pass
    connection.close()
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    database.replace(place)
    files.sync_folder(place.parent)


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file()) if folder.exists() else iter(())
