#!/usr/bin/env python3
"""Verify a Shuangbi ledger without Shuangbi: a SQLite database or a backup archive, against checkpoints kept elsewhere.

    python3 verify_chain.py DATABASE_OR_BACKUP [CHECKPOINT_FILE ...] [--json]

Standard library only, reads only, trusts nothing but SHA-256. Every fact's hash is SHA-256 over three lines: the hash
of the fact before (64 zeros before the first), a header (JSON array of number, uuid, kind, version, subject, unit, day,
recorded time, actor, key) and the body bytes as stored. A checkpoint is three lines of text: site, number, hash.
Exit code 0 when everything stands, 1 when something is broken, 2 when the input cannot be read.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = sqlite3.Row | dict[str, Any]
Fixed = tuple[str, int, str]
GENESIS = "0" * 64
COLUMNS = """seq, uuid, kind, version, subject, unit, effective_on, recorded_at, actor, idempotency_key, body,
    prev_hash, hash, hash_algorithm"""


class Unreadable(Exception):
    """What was given is neither a ledger nor a checkpoint."""


def uuid_text(value: str | None) -> str | None:
    """A uuid as both databases store it, in the form that was hashed; None stays."""
    if value is None:
        return None
    plain = value.replace("-", "").lower()
    if not re.fullmatch(r"[0-9a-f]{32}", plain):
        raise ValueError(value)
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def stamp(value: str) -> str:
    """A stored moment as UTC text with six decimals; SQLite stores UTC without saying so."""
    moment = datetime.fromisoformat(re.sub(r"([+-]\d\d)$", r"\1:00", value))
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def link(previous: str, row: Row) -> str:
    """The hash that this row must have after `previous`. Raises ValueError or TypeError when a column is no such value."""
    fields = [
        row["seq"], uuid_text(row["uuid"]), unicodedata.normalize("NFC", row["kind"]), row["version"],
        uuid_text(row["subject"]), uuid_text(row["unit"]), row["effective_on"], stamp(row["recorded_at"]),
        uuid_text(row["actor"]), unicodedata.normalize("NFC", row["idempotency_key"]),
    ]
    header = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(b"\n".join((previous.encode(), header, bytes(row["body"])))).hexdigest()


def verify(rows: Iterable[Row], checkpoints: Iterable[Fixed]) -> dict[str, Any]:
    """Walk the chain; the same answer as `shuangbi verify --json`."""
    fixed: dict[int, set[str]] = {}
    for _site, seq, head in checkpoints:
        fixed.setdefault(seq, set()).add(head)
    facts, head, broken, reason = 0, GENESIS, None, ""
    for row in rows:
        seq = row["seq"]
        if seq != facts + 1:
            broken, reason = facts + 1, "missing"
        elif row["prev_hash"] != head:
            broken, reason = seq, "link"
        elif row["hash_algorithm"] != "sha256":
            broken, reason = seq, "unreadable"
        else:
            try:
                if link(head, row) != row["hash"]:
                    broken, reason = seq, "hash"
            except (ValueError, TypeError, AttributeError):
                broken, reason = seq, "unreadable"
        if broken is None:
            facts, head = seq, row["hash"]
            if fixed.pop(seq, {head}) != {head}:
                broken, reason = seq, "checkpoint"
        if broken is not None:
            break
    if broken is None and fixed:
        broken, reason = facts + 1, "missing"
    return {"facts": facts, "head": head, "ok": broken is None, "first_broken": broken, "reason": reason}


def read_checkpoints(text: str) -> list[Fixed]:
    """[(site, seq, head)] of a text with three lines each."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    groups = [lines[at : at + 3] for at in range(0, len(lines), 3)]
    if not groups or any(len(g) != 3 or not g[1].isdecimal() or not re.fullmatch("[0-9a-f]{64}", g[2]) for g in groups):
        raise Unreadable("a checkpoint has three lines: site, number, hash")
    return [(site, int(seq), head) for site, seq, head in groups]


def sqlite_ledger(path: Path) -> tuple[Iterable[Row], list[Fixed]]:
    """(rows, checkpoints inside) of a SQLite file, whose -wal beside it is read too."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    inside = [tuple(row) for row in connection.execute("SELECT site, seq, head FROM ledger_checkpoint ORDER BY seq")]
    return connection.execute(f"SELECT {COLUMNS} FROM ledger_fact ORDER BY seq"), inside  # noqa: S608


ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def dump_rows(path: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one table of a plain pg_dump, as dictionaries of text."""
    names = None
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if names is None:
                if found := re.match(rf"COPY \S*\b{table} \((.*)\) FROM stdin;", line):
                    names = [name.strip('" ') for name in found[1].split(",")]
            elif line == "\\.\n":
                return
            else:
                cells = [
                    None if cell == "\\N" else re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), cell)
                    for cell in line.rstrip("\n").split("\t")
                ]
                yield dict(zip(names, cells, strict=True))
    raise Unreadable(f"no {table} in the dump")


def dump_ledger(path: Path) -> tuple[Iterable[Row], list[Fixed]]:
    """(rows, checkpoints inside) of a plain pg_dump."""

    def typed(row: dict[str, Any]) -> dict[str, Any]:
        body = row["body"]
        return {**row, "seq": int(row["seq"]), "version": int(row["version"]), "body": bytes.fromhex(body[2:])}

    # A dump keeps no order.
    rows = sorted(map(typed, dump_rows(path, "ledger_fact")), key=lambda row: row["seq"])
    return rows, [(row["site"], int(row["seq"]), row["head"]) for row in dump_rows(path, "ledger_checkpoint")]


def verify_archive(path: Path, checkpoints: list[Fixed], folder: Path) -> dict[str, Any]:
    """A backup: the database and the files against their hashes, then the ledger inside."""
    with tarfile.open(path, "r:") as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
        promised = [(f"files/{entry['sha256'][:2]}/{entry['sha256']}", entry["sha256"]) for entry in manifest["files"]]
        for name, sha256 in [(manifest["database"], manifest["database_sha256"]), *promised]:
            try:
                digest = hashlib.file_digest(archive.extractfile(name), "sha256").hexdigest()
            except (KeyError, AttributeError):
                digest = ""
            if digest != sha256:
                return {"facts": 0, "head": "", "ok": False, "first_broken": name, "reason": "file"}
        database = folder / "database"
        with database.open("wb") as target:
            shutil.copyfileobj(archive.extractfile(manifest["database"]), target)
    rows, inside = (sqlite_ledger if manifest["database"].endswith(".sqlite3") else dump_ledger)(database)
    result = verify(rows, [*inside, *checkpoints])
    if result["ok"] and (result["facts"], result["head"]) != (manifest["facts"], manifest["head"]):
        result.update(ok=False, first_broken=result["facts"] + 1, reason="manifest")
    return result


def main(arguments: list[str]) -> int:
    """The command line."""
    names = [argument for argument in arguments if argument != "--json"]
    if not names:
        print(__doc__)
        return 2
    try:
        checkpoints = [c for name in names[1:] for c in read_checkpoints(Path(name).read_text(encoding="utf-8"))]
        if Path(names[0]).read_bytes()[:15] == b"SQLite format 3":
            rows, inside = sqlite_ledger(Path(names[0]))
            result = verify(rows, [*inside, *checkpoints])
        else:
            with tempfile.TemporaryDirectory() as folder:
                result = verify_archive(Path(names[0]), checkpoints, Path(folder))
    except (OSError, ValueError, KeyError, sqlite3.Error, tarfile.TarError, Unreadable) as problem:
        print(f"cannot be read: {problem}", file=sys.stderr)
        return 2
    if "--json" in arguments:
        print(json.dumps(result))
    elif result["ok"]:
        print(f"OK: {result['facts']} facts, head {result['head']}, {len(checkpoints)} outside checkpoints agree")
    else:
        print(f"BROKEN at {result['first_broken']} ({result['reason']}); {result['facts']} facts before it stand")
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
