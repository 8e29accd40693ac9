"""Power cuts: what was acknowledged survives when unsynced sectors of 512 bytes are kept, lost or torn at random.

The ledger's tables and triggers, the site's own pragmas and real chained facts run on SQLite over a file system (an apsw
VFS) that remembers what was synced. At a random operation the power goes; the files are put together again from what was
synced and a random choice of sectors of what was not. Negative controls: with synchronous NORMAL and OFF the same harness
must find losses, or it has no teeth. Not modelled: a lost entry of a new file in its folder.
"""

import contextlib
import json
import random
import tempfile
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from shuangbi.foundation.backends.sqlite.base import PRAGMAS
from shuangbi.ledger import chain, triggers
from shuangbi.ledger.verify import COLUMNS, verify_rows

FULL, CHUNK = 5_000, 250
PROVES = ("src/shuangbi/foundation/backends", "src/shuangbi/ledger/chain.py", "src/shuangbi/ledger/triggers.py",
          "src/shuangbi/ledger/models.py")
SECTOR = 512
# Of 12 cuts, one more is made with each weaker setting.
CONTROL_SHARE = 12
SCHEMA = [
    "CREATE TABLE ledger_fact (seq INTEGER PRIMARY KEY, uuid TEXT UNIQUE, kind TEXT, version INTEGER, subject TEXT, "
    "unit TEXT, effective_on TEXT, recorded_at TEXT, actor TEXT, idempotency_key TEXT, body BLOB, prev_hash TEXT, "
    "hash TEXT, hash_algorithm TEXT)",
    "CREATE UNIQUE INDEX fact_once ON ledger_fact (actor, idempotency_key) WHERE idempotency_key <> ''",
    "CREATE INDEX fact_subject ON ledger_fact (subject)",
    "CREATE TABLE ledger_checkpoint (seq INTEGER PRIMARY KEY, site TEXT, head TEXT, made_at TEXT)",
    *triggers.statements("sqlite"),
]
ACTOR = uuid.UUID(int=7)
SUBJECT = uuid.UUID(int=8)
START = datetime(2020, 10, 20, 1, 0, tzinfo=UTC)


class PowerCut(Exception):
    """The lights are out."""


class Disk:
    """What was synced of each file, and what was only written since."""

    def __init__(self, cut_after: int) -> None:
        self.synced: dict[str, bytearray] = {}
        self.written: dict[str, list[tuple[int, bytes | None]]] = {}
        self.left = cut_after

    def operate(self) -> None:
        """Count an operation; at the last the power goes and stays away."""
        self.left -= 1
        if self.left < 0:
            raise PowerCut

    def sync(self, name: str) -> None:
        """Everything written so far is on the plate."""
        for change in self.written.pop(name, []):
            _apply(self.synced.setdefault(name, bytearray()), change)

    def after_cut(self, rng: random.Random) -> dict[str, bytes]:
        """The files as found when the power is back."""
        found = {}
        kept_share = rng.choice((0.1, 0.3, 0.5, 0.7, 0.9))
        for name in {*self.synced, *self.written}:
            content = bytearray(self.synced.get(name, b""))
            for offset, data in self.written.get(name, []):
                if data is None:
                    if rng.random() < kept_share:
                        _apply(content, (offset, None))
                    continue
                for change in _sectors(offset, data):
                    if rng.random() < kept_share:
                        _apply(content, change)
            found[name] = bytes(content)
        return found


def _apply(content: bytearray, change: tuple[int, bytes | None]) -> None:
    offset, data = change
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _sectors(offset: int, data: bytes) -> list[tuple[int, bytes]]:
    """A write cut at the boundaries of sectors, which are what a disk writes whole."""
    parts, at = [], 0
    while at < len(data):
        length = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
        parts.append((offset + at, data[at : at + length]))
        at += length
    return parts


class CuttingVFS(apsw.VFS):
    """The usual file system, with a disk of ours beside it."""

    def __init__(self, called: str, disk: Disk) -> None:
        self.disk = disk
        self.called = called
        super().__init__(called, "")

    def xOpen(self, name: Any, flags: list[int]) -> "CuttingFile":  # noqa: N802 SQLite's name
        return CuttingFile(self.disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 SQLite's name
        self.disk.operate()
        super().xDelete(filename, syncdir)
        self.disk.synced.pop(Path(filename).name, None)
        self.disk.written.pop(Path(filename).name, None)


class CuttingFile(apsw.VFSFile):
    """A file whose writes are remembered until they are synced."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        path = name.filename() if isinstance(name, apsw.URIFilename) else (name or "")
        self.name = Path(path).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 SQLite's name
        self.disk.operate()
        super().xWrite(data, offset)
        if self.name:
            self.disk.written.setdefault(self.name, []).append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802 SQLite's name
        self.disk.operate()
        super().xTruncate(size)
        if self.name:
            self.disk.written.setdefault(self.name, []).append((size, None))

    def xSync(self, flags: int) -> None:  # noqa: N802 SQLite's name
        self.disk.operate()
        if self.name:
            self.disk.sync(self.name)


def run(*, count: int | None = None, seed: int | None = None, data: Path | None = None) -> dict[str, Any]:
    """Cut the power `count` times at FULL, and some more with the weaker settings as controls."""
    count = count or FULL
    rng = random.Random(seed)
    result: dict[str, Any] = {"count": count, "failures": 0, "acknowledged": 0, "lost": 0, "half": 0, "corrupt": 0, "examples": []}
    with tempfile.TemporaryDirectory(prefix="shuangbi-cuts-", dir=data or _fast_folder()) as folder:
        for number in range(count):
            found = _one(Path(folder), rng, "FULL", f"f{number}")
            for key in ("acknowledged", "lost", "half", "corrupt"):
                result[key] += found[key]
            if found["lost"] or found["half"] or found["corrupt"]:
                result["failures"] += 1
                result["examples"].append({"seed": seed, "cut": number, **found})
        for setting, at_least in (("NORMAL", 80), ("OFF", 90)):
            cuts = max(8, count // CONTROL_SHARE)
            harmed = sum(
                any(found[key] for key in ("lost", "half", "corrupt"))
                for found in (_one(Path(folder), rng, setting, f"{setting}{n}") for n in range(cuts))
            )
            result[f"control_{setting.lower()}"] = {"cuts": cuts, "harmed": harmed}
            if cuts >= 20 and harmed * 100 < cuts * at_least:
                result["failures"] += 1
                result["examples"].append({"seed": seed, "control": setting, "cuts": cuts, "harmed": harmed})
    result["examples"] = result["examples"][:10]
    return result


def _fast_folder() -> Path | None:
    # The files themselves need no disk: what a cut leaves is put together from memory.
    memory = Path("/dev/shm")  # noqa: S108 a folder in memory
    return memory if memory.is_dir() else None


def _one(folder: Path, rng: random.Random, synchronous: str, name: str) -> dict[str, Any]:
    """One life of a database from its making to the cut, and what is found after."""
    place = folder / name
    place.mkdir()
    disk = Disk(10**9)
    vfs = CuttingVFS(f"cutting-{name}", disk)
    acknowledged = _live(place / "a.db", vfs, disk, rng, synchronous)
    found = _found(place, disk.after_cut(rng), acknowledged)
    for file in place.iterdir():
        file.unlink()
    place.rmdir()
    return found


def _live(path: Path, vfs: CuttingVFS, disk: Disk, rng: random.Random, synchronous: str) -> list[int]:
    """Append acts of one to five facts until the power goes; the number of facts after each acknowledged act."""
    connection = apsw.Connection(str(path), vfs=vfs.called)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    connection.execute(f"PRAGMA synchronous={synchronous}")
    # Checkpoints sync too and would hide what the weaker settings lose; at FULL they are part of what is tried.
    every = rng.choice((4, 16, 64, 1000)) if synchronous == "FULL" else 1000
    connection.execute(f"PRAGMA wal_autocheckpoint={every}")
    for statement in SCHEMA:
        connection.execute(statement)
    # The site is made and backed up before it counts; from here on every operation may be the last.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in (path.name, f"{path.name}-wal"):
        disk.sync(name)
    disk.left = rng.randrange(5, 1200)
    acknowledged: list[int] = [0]
    seq, head = 0, chain.GENESIS
    with contextlib.suppress(PowerCut, apsw.Error):
        while True:
            size = rng.choice((1, 1, 1, 2, 5))
            rows, head = _act(seq, head, size, rng)
            connection.execute("BEGIN IMMEDIATE")
            for row in rows:
                connection.execute(f"INSERT INTO ledger_fact ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * 14)})", row)
            connection.execute("COMMIT")
            seq += size
            acknowledged.append(seq)
    disk.left = 10**9  # closing may clean up; the image of the disk was taken at the cut
    image = {name: bytes(content) for name, content in disk.synced.items()}
    pending = {name: list(changes) for name, changes in disk.written.items()}
    with contextlib.suppress(apsw.Error):
        connection.close()
    disk.synced, disk.written = {n: bytearray(c) for n, c in image.items()}, pending
    return acknowledged


def _act(seq: int, head: str, size: int, rng: random.Random) -> tuple[list[tuple[Any, ...]], str]:
    """The rows of one act, chained; the body says how many facts the act has."""
    rows = []
    for number in range(size):
        seq += 1
        body = chain.canonical({"act": size, "number": number, "text": "事" * rng.randrange(1, 400)})
        moment = START + timedelta(seconds=seq)
        own = uuid.UUID(int=rng.getrandbits(128))
        key = f"k{seq}"
        header = chain.header(seq, own, "stories.told", 1, SUBJECT, None, date(2020, 9, 15), moment, ACTOR, key)
        link = chain.link(head, header, body)
        rows.append((
            seq, own.hex, "stories.told", 1, SUBJECT.hex, None, "2020-09-15", moment.isoformat(), ACTOR.hex, key, body,
            head, link, chain.ALGORITHM,
        ))
        head = link
    return rows, head


def _found(place: Path, files: dict[str, bytes], acknowledged: list[int]) -> dict[str, Any]:
    """Open what the cut left, as the site would, and compare with what was acknowledged."""
    found = {"acknowledged": len(acknowledged) - 1, "lost": 0, "half": 0, "corrupt": 0}
    again = place / "again.db"
    for name, content in files.items():
        (place / name.replace("a.db", "again.db")).write_bytes(content)
    try:
        connection = apsw.Connection(str(again))
        whole = connection.execute("PRAGMA integrity_check").get == "ok"
        rows = [_typed(row) for row in connection.execute(f"SELECT {', '.join(COLUMNS)} FROM ledger_fact ORDER BY seq")]
        connection.execute("INSERT INTO ledger_checkpoint VALUES (1, 'after', 'the cut', '')")
        connection.close()
    except apsw.Error:
        return {**found, "corrupt": 1}
    if not whole or not verify_rows(rows, [])["ok"]:
        found["corrupt"] = 1
    there = len(rows)
    found["lost"] = sum(1 for seq in acknowledged if seq > there)
    # What was written but not acknowledged may be there, but only as a whole act.
    if rows:
        last = _body(rows[-1])
        found["half"] = int(last["number"] + 1 != last["act"])
    return found


def _typed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in ("uuid", "subject", "actor"):
        values[name] = uuid.UUID(values[name])
    values["effective_on"] = date.fromisoformat(values["effective_on"])
    values["recorded_at"] = datetime.fromisoformat(values["recorded_at"])
    return tuple(values.values())


def _body(row: tuple[Any, ...]) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(row[COLUMNS.index("body")])
    return body
