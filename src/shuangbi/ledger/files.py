"""Files by hash: HOME/files/ab/<sha256>, written aside, synced and renamed before anything names them."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from shuangbi.foundation import clock
from shuangbi.ledger.models import StoredFile


def path_of(sha256: str) -> Path:
    """Where a file with this hash is kept."""
    return Path(settings.HOME) / "files" / sha256[:2] / sha256


def keep(chunks: Iterable[bytes], *, media_type: str) -> StoredFile:
    """Store a file and its row; the same content is kept once. Raises OSError when it cannot be kept."""
    root = Path(settings.HOME) / "files"
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=root, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        _settle(Path(name), path_of(digest.hexdigest()))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "media_type": media_type, "added_at": clock.now()}
    )
    return stored


def _settle(part: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    # A kept file that is not what its name says has gone bad; the new copy takes its place.
    if target.exists() and digest_of(target) == target.name:
        part.unlink()
        return
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's entries on disk, so that a renamed file is found after a power cut."""
    if sys.platform == "win32":
        return  # folders cannot be synced there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def read(sha256: str) -> bytes:
    """The bytes of a stored file. Raises FileNotFoundError when it is gone."""
    return path_of(sha256).read_bytes()
