"""Thirty-two processes write at once through the real actions for so many seconds: no error, none waits long.

`count` is seconds. The bar for the slowest write is one second; on a loaded machine the figure says so, the proof fails
on errors and on a broken chain only when nothing is lost in between.
"""

import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from shuangbi.ledger.actions import record_many
from shuangbi.ledger.models import Fact
from shuangbi.ledger.verify import verify
from tests.proofs.site import drafts, made, nothing, spawn, standing, wait

FULL, CHUNK = 60, 60
PROVES = (
    "src/shuangbi/foundation/backends", "src/shuangbi/foundation/write_gate.py", "src/shuangbi/foundation/file_locks.py",
    "src/shuangbi/ledger/actions.py", "src/shuangbi/ledger/chain.py", "src/shuangbi/ledger/files.py",
    "src/shuangbi/ledger/models.py", "src/shuangbi/ledger/queries.py", "src/shuangbi/ledger/triggers.py",
)
WRITERS = 32
SLOWEST_MILLISECONDS = 1000


def run(*, count: int | None = None, seed: int | None = None, data: Path | None = None) -> dict[str, Any]:
    """Write for `count` seconds; `failures` are errors, lost writes, a broken chain, and a write above one second."""
    count = count or FULL
    with tempfile.TemporaryDirectory(prefix="shuangbi-writers-", dir=data) as name:
        folder = Path(name)
        made(folder)
        until = time.monotonic() + count
        answers, processes = [], []
        for number in range(WRITERS):
            reading, writing = os.pipe()
            processes.append(spawn(folder, lambda n=number, w=writing: _write(n, until, seed or 0, w)))
            os.close(writing)
            answers.append(reading)
        told = []
        for reading in answers:
            with os.fdopen(reading, "rb") as source:
                told.append(json.loads(source.read() or b'{"writes": 0, "errors": 1, "times": [0]}'))
        dead = sum(wait(process) != 0 for process in processes)
        with standing(folder):
            chain, kept = verify(), Fact.objects.count()
    times = sorted(time for one in told for time in one["times"])
    writes, errors = sum(one["writes"] for one in told), sum(one["errors"] for one in told) + dead
    slowest = times[-1] // 1000
    failures = errors + int(not chain["ok"]) + int(kept != writes) + int(slowest > SLOWEST_MILLISECONDS)
    return {
        "count": count, "writers": WRITERS, "failures": failures, "errors": errors, "writes": writes, "kept": kept,
        "slowest_ms": slowest, "p50_us": times[len(times) // 2], "p99_us": times[len(times) * 99 // 100],
        "fewest": min(one["writes"] for one in told), "most": max(one["writes"] for one in told),
    }


def _write(number: int, until: float, seed: int, answer: int) -> None:
    rng = random.Random(seed * WRITERS + number)
    actor, errors, times = UUID(int=1000 + number), 0, []
    while time.monotonic() < until:
        started = time.monotonic()
        try:
            record_many(drafts=drafts(f"{rng.random()}", 1), by=actor, apply=nothing, key=f"{len(times)}")
        except Exception:  # noqa: BLE001 every error counts, whatever it is
            errors += 1
        times.append(int((time.monotonic() - started) * 1_000_000))
    with os.fdopen(answer, "wb") as target:
        target.write(json.dumps({"writes": len(times) - errors, "errors": errors, "times": times}).encode())
