"""kill -9: two processes append acts and files through the real actions; both are killed at a random moment, again and again.

After each kill: every acknowledged act is there whole, no act is there in part, no file that a row names is missing, and
the client's retry of what it never heard about leaves exactly one act.
"""

import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from shuangbi.ledger import files
from shuangbi.ledger.actions import record_many
from shuangbi.ledger.models import Fact, StoredFile
from shuangbi.ledger.verify import verify
from tests.proofs.site import drafts, made, nothing, spawn, standing, wait

FULL, CHUNK = 300, 50
PROVES = (
    "src/shuangbi/foundation/backends", "src/shuangbi/foundation/write_gate.py", "src/shuangbi/foundation/file_locks.py",
    "src/shuangbi/ledger/actions.py", "src/shuangbi/ledger/chain.py", "src/shuangbi/ledger/files.py",
    "src/shuangbi/ledger/models.py", "src/shuangbi/ledger/queries.py", "src/shuangbi/ledger/triggers.py",
)
ACTORS = (UUID(int=101), UUID(int=102))
Plan = tuple[int, str, bool]


def run(*, count: int | None = None, seed: int | None = None, data: Path | None = None) -> dict[str, Any]:
    """Kill `count` times in one site; `unheard` counts acts that were kept but whose answer never arrived."""
    count = count or FULL
    rng = random.Random(seed)
    result: dict[str, Any] = {
        "count": count, "failures": 0, "acknowledged": 0, "unheard": 0, "lost": 0, "half": 0, "double": 0, "files": 0,
        "corrupt": 0, "examples": [],
    }
    with tempfile.TemporaryDirectory(prefix="shuangbi-kills-", dir=data) as name:
        folder = Path(name)
        made(folder)
        for number in range(count):
            found = _one(folder, rng, number)
            for key, value in found.items():
                result[key] += value
            if any(found[key] for key in ("lost", "half", "double", "files", "corrupt")):
                result["failures"] += 1
                result["examples"].append({"seed": seed, "kill": number, **found})
        with standing(folder):
            chain = verify()
        if not chain["ok"]:
            result["failures"] += 1
            result["examples"].append({"seed": seed, **chain})
        result["facts"] = chain["facts"]
    result["examples"] = result["examples"][:10]
    return result


def _plan(rng: random.Random, number: int) -> list[Plan]:
    """The acts that a process would make if it lived: size, text, with a file or not."""
    return [(rng.choice((1, 1, 2, 5)), f"{number}-{n}", rng.random() < 0.2) for n in range(3000)]


def _one(folder: Path, rng: random.Random, number: int) -> dict[str, int]:
    plans = [_plan(random.Random(rng.getrandbits(32)), number) for _ in ACTORS]
    heard: list[int] = []
    working = []
    for actor, plan in zip(ACTORS, plans, strict=True):
        answers, answer = os.pipe()
        working.append((spawn(folder, lambda a=actor, p=plan, w=answer: _work(a, p, w)), answers))
        os.close(answer)
    # The first answer says that work has begun; the kill comes some time after it.
    first = [os.read(answers, 1) for _process, answers in working]
    pause = time.monotonic() + rng.random() * 0.15
    while time.monotonic() < pause:
        time.sleep(0.001)
    for process, _answers in working:
        os.kill(process, signal.SIGKILL)
    for (process, answers), begun in zip(working, first, strict=True):
        wait(process)
        with os.fdopen(answers, "rb") as rest:
            heard.append(len(begun) + len(rest.read()))
    with standing(folder):
        return _found(plans, heard)


def _work(actor: UUID, plan: list[Plan], answer: int) -> None:
    """Act, and say so by one byte once it is kept."""
    for size, text, with_file in plan:
        _act(actor, size, text, with_file)
        os.write(answer, b".")


def _act(actor: UUID, size: int, text: str, with_file: bool) -> list[Fact]:
    kept = files.keep([text.encode() * 3000], media_type="text/plain").sha256 if with_file else ""
    return record_many(drafts=drafts(text, size, kept), by=actor, apply=nothing, key=text)


def _found(plans: list[list[Plan]], heard: list[int]) -> dict[str, int]:
    found = {"acknowledged": sum(heard), "unheard": 0, "lost": 0, "half": 0, "double": 0, "files": 0, "corrupt": 0}
    for actor, plan, count in zip(ACTORS, plans, heard, strict=True):
        # The acts after the last answer that was heard: at most one can have been kept.
        for at, (size, text, with_file) in enumerate(plan[: count + 2]):
            there = _there(actor, text)
            if at < count:
                found["lost"] += there == 0
            else:
                found["unheard"] += there > 0
            found["half"] += there not in {0, size}
            if at == count:
                _act(actor, size, text, with_file)
                found["double"] += _there(actor, text) != size
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        found["corrupt"] = int(cursor.fetchone()[0] != "ok")
    for sha256, size in StoredFile.objects.values_list("sha256", "size"):
        path = files.path_of(sha256)
        found["files"] += not (path.is_file() and path.stat().st_size == size)
    return found


def _there(actor: UUID, text: str) -> int:
    return Fact.objects.filter(actor=actor, idempotency_key__in=[text, *(f"{text}#{n}" for n in range(1, 9))]).count()
