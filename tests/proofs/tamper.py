"""Tampering: a hand in a copy of the database file is found at its row, by the site and by the stand-alone verifier alike.

Kinds: a flipped byte in any column, a fact taken out, put in, moved, the end cut off, and everything rewritten from a fact
on, with all hashes made anew. The last two are found by checkpoints kept outside, as nothing inside can show them.
"""

import importlib.util
import json
import random
import shutil
import sqlite3
import tempfile
import types
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from shuangbi.ledger import chain
from shuangbi.ledger.actions import make_checkpoint, record_many
from shuangbi.ledger.models import Fact
from shuangbi.ledger.verify import verify
from shuangbi.upkeep.databases import in_place
from tests.proofs import ROOT
from tests.proofs.site import drafts, fast_folder, made, nothing, standing

FULL, CHUNK = 10_000, 500
PROVES = ("src/shuangbi/ledger/verify.py", "src/shuangbi/ledger/chain.py", "tools/verify_chain.py")
FACTS = 40
FIXED = {10, 14, 20, 30, 40}
ACTOR = UUID(int=9)
TEXTS = ("kind", "subject", "unit", "effective_on", "recorded_at", "actor", "idempotency_key", "uuid", "prev_hash",
         "hash", "hash_algorithm")


def run(*, count: int | None = None, seed: int | None = None, data: Path | None = None) -> dict[str, Any]:
    """Tamper `count` times, each with a fresh copy of one ledger of forty facts."""
    count = count or FULL
    rng = random.Random(seed)
    result: dict[str, Any] = {"count": count, "failures": 0, "kinds": {}, "examples": []}
    with tempfile.TemporaryDirectory(prefix="shuangbi-tamper-", dir=data or fast_folder()) as name:
        folder = Path(name)
        made(folder)
        with standing(folder):
            outside = _ledger()
        whole = folder / "data" / "shuangbi.sqlite3"
        if not (_says(whole, outside)[0]["ok"] and _says(whole, outside)[1]["ok"]):
            result["failures"] += 1
        for number in range(count):
            copy = folder / "copy.sqlite3"
            kind, expected = _tampered(whole, copy, rng)
            result["kinds"][kind] = result["kinds"].get(kind, 0) + 1
            said = [(s["ok"], s["first_broken"]) for s in _says(copy, outside)]
            if said != [(False, expected)] * 2:
                result["failures"] += 1
                result["examples"].append({"seed": seed, "number": number, "kind": kind, "expected": expected, "said": said})
    result["examples"] = result["examples"][:10]
    return result


def _tampered(whole: Path, copy: Path, rng: random.Random) -> tuple[str, int]:
    """Tamper with a fresh copy: what was done, and the seq at which it must be found."""
    while True:
        shutil.copy(whole, copy)
        kind = rng.choice(list(KINDS))
        raw = sqlite3.connect(copy)
        try:
            for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {trigger}")
            expected = KINDS[kind](raw, rng)
            raw.commit()
        except sqlite3.IntegrityError:
            continue  # the database itself would not have it
        finally:
            raw.close()
        return kind, expected


def _ledger() -> str:
    """Forty facts with a checkpoint inside; the texts of outside checkpoints at every tenth."""
    for number in range(FACTS // 2):
        record_many(drafts=drafts(f"事 {number}", 2), by=ACTOR, apply=nothing, key=f"k{number}")
        if number == 6:
            make_checkpoint()
    tenths = Fact.objects.filter(seq__in=range(10, FACTS + 1, 10)).order_by("seq")
    return "".join(f"{settings.SITE_ID_TEXT}\n{fact.seq}\n{fact.hash}\n" for fact in tenths)


def _says(database: Path, outside: str) -> list[dict[str, Any]]:
    """What the site and the stand-alone verifier say of a file."""
    with in_place(database):
        ours = verify(checkpoint=outside)
    tool = _tool()
    rows, inside = tool.sqlite_ledger(database)
    theirs = tool.verify(rows, [*inside, *tool.read_checkpoints(outside)])
    rows.connection.close()
    return [ours, theirs]


@cache
def _tool() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("verify_chain", ROOT / "tools" / "verify_chain.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _seq(rng: random.Random) -> int:
    return rng.randrange(1, FACTS + 1)


def _flip_text(raw: sqlite3.Connection, rng: random.Random) -> int:
    """One character of a text column becomes another of its kind."""
    seq, column = _seq(rng), rng.choice(TEXTS)
    (text,) = raw.execute(f"SELECT {column} FROM ledger_fact WHERE seq = ?", [seq]).fetchone()
    if not text:
        raw.execute(f"UPDATE ledger_fact SET {column} = ? WHERE seq = ?", [UUID(int=5).hex, seq])
        return seq
    at = rng.choice([n for n, c in enumerate(text) if c.isalnum()])
    other = rng.choice([c for c in "0123456789abcdef" if c != text[at].lower() and (text[at].isalpha() or c.isdigit())])
    raw.execute(f"UPDATE ledger_fact SET {column} = ? WHERE seq = ?", [text[:at] + other + text[at + 1 :], seq])
    return seq


def _flip_body(raw: sqlite3.Connection, rng: random.Random) -> int:
    """One bit of a body."""
    seq = _seq(rng)
    (body,) = raw.execute("SELECT body FROM ledger_fact WHERE seq = ?", [seq]).fetchone()
    changed = bytearray(body)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    raw.execute("UPDATE ledger_fact SET body = ? WHERE seq = ?", [bytes(changed), seq])
    return seq


def _flip_number(raw: sqlite3.Connection, rng: random.Random) -> int:
    seq = _seq(rng)
    raw.execute("UPDATE ledger_fact SET version = version + ? WHERE seq = ?", [rng.randrange(1, 9), seq])
    return seq


def _take_out(raw: sqlite3.Connection, rng: random.Random) -> int:
    """One to three facts are removed; with or without closing the gap."""
    seq, length = rng.randrange(1, FACTS - 3), rng.randrange(1, 4)
    raw.execute("DELETE FROM ledger_fact WHERE seq >= ? AND seq < ?", [seq, seq + length])
    if rng.random() < 0.5:
        _shift(raw, seq, -length)
    return seq


def _shift(raw: sqlite3.Connection, start: int, by: int) -> None:
    raw.execute("UPDATE ledger_fact SET seq = seq + 1000 WHERE seq >= ?", [start])
    raw.execute("UPDATE ledger_fact SET seq = seq - 1000 + ? WHERE seq >= 1000", [by])


def _put_in(raw: sqlite3.Connection, rng: random.Random) -> int:
    """A fact is slipped in, well hashed after the one before; the one behind it then does not follow."""
    seq = rng.randrange(2, FACTS)
    _shift(raw, seq, 1)
    _insert_like(raw, seq, rng)
    _rehash(raw, seq, seq)
    # Where a checkpoint fixed the number, the slipped-in fact itself is caught by it.
    return seq if seq in FIXED else seq + 1


ORDER = ("seq", "uuid", "kind", "version", "subject", "unit", "effective_on", "recorded_at", "actor", "idempotency_key",
         "body", "prev_hash", "hash", "hash_algorithm")


def _insert_like(raw: sqlite3.Connection, seq: int, rng: random.Random) -> None:
    row = dict(zip(ORDER, raw.execute(f"SELECT {', '.join(ORDER)} FROM ledger_fact WHERE seq = ?", [seq - 1]).fetchone(), strict=True))
    row.update(seq=seq, uuid=UUID(int=rng.getrandbits(120)).hex, idempotency_key="")
    raw.execute(f"INSERT INTO ledger_fact ({', '.join(ORDER)}) VALUES ({', '.join('?' * 14)})", list(row.values()))


def _rehash(raw: sqlite3.Connection, first: int, last: int) -> None:
    """Hash the facts of a span anew, as a forger would."""
    tool = _tool()
    raw.row_factory = sqlite3.Row
    before = raw.execute("SELECT hash FROM ledger_fact WHERE seq = ?", [first - 1]).fetchone()
    head = before["hash"] if before else chain.GENESIS
    for row in raw.execute("SELECT * FROM ledger_fact WHERE seq BETWEEN ? AND ? ORDER BY seq", [first, last]).fetchall():
        own = tool.link(head, row)
        raw.execute("UPDATE ledger_fact SET prev_hash = ?, hash = ? WHERE seq = ?", [head, own, row["seq"]])
        head = own
    raw.row_factory = None


def _move(raw: sqlite3.Connection, rng: random.Random) -> int:
    """Two facts change places."""
    one, two = sorted(rng.sample(range(1, FACTS + 1), 2))
    for old, new in ((one, -1), (two, one), (-1, two)):
        raw.execute("UPDATE ledger_fact SET seq = ? WHERE seq = ?", [new, old])
    return one


def _cut_off(raw: sqlite3.Connection, rng: random.Random) -> int:
    """The end is gone, and the checkpoints inside with it: the outside ones name the first fact that is not there."""
    seq = _seq(rng)
    raw.execute("DELETE FROM ledger_fact WHERE seq >= ?", [seq])
    raw.execute("DELETE FROM ledger_checkpoint")
    return seq


def _rewrite(raw: sqlite3.Connection, rng: random.Random) -> int:
    """A body is changed and everything after it hashed anew, checkpoints inside removed: the next outside one speaks."""
    seq = _seq(rng)
    body = json.dumps({"forged": rng.random()}).encode()
    raw.execute("UPDATE ledger_fact SET body = ? WHERE seq = ?", [body, seq])
    raw.execute("DELETE FROM ledger_checkpoint")
    _rehash(raw, seq, FACTS)
    return -(-seq // 10) * 10


def _forge_checkpoint(raw: sqlite3.Connection, rng: random.Random) -> int:
    """A checkpoint inside that names another head."""
    seq = _seq(rng)
    raw.execute("DELETE FROM ledger_checkpoint")
    raw.execute("INSERT INTO ledger_checkpoint (seq, site, head, made_at) VALUES (?, 'x', ?, '2020-10-20 01:00:00')",
                [seq, f"{rng.getrandbits(255):064x}"])
    return seq


KINDS = {
    "flip_text": _flip_text, "flip_body": _flip_body, "flip_number": _flip_number, "take_out": _take_out,
    "put_in": _put_in, "move": _move, "cut_off": _cut_off, "rewrite": _rewrite, "forge_checkpoint": _forge_checkpoint,
}
