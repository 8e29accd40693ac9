"""Runs one proof: `python -m tests.proofs NAME [--count N] [--seed S] [--data PATH]`. Stopped, it goes on where it was."""

import argparse
import importlib
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

from tests.proofs import PROOFS, ROOT, digest, record


def main() -> int:
    """Run in chunks, noting progress; print and record the result; 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="run.py prove")
    parser.add_argument("name", choices=PROOFS)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--data", type=Path, help="a folder to work in, or the data a proof asks for")
    parser.add_argument("--no-record", action="store_true", help="print the result only")
    given = parser.parse_args()
    _stand()
    proof = importlib.import_module(f"tests.proofs.{given.name}")
    count = given.count or proof.FULL
    progress = ROOT / "var" / "proofs" / f"{given.name}.json"
    state = _resumed(progress, count, given.seed, digest(proof.PROVES))
    while state["done"] < count:
        chunk = min(proof.CHUNK, count - state["done"])
        started = time.monotonic()
        result = proof.run(count=chunk, seed=state["seed"] + state["done"], data=given.data)
        state["seconds"] += time.monotonic() - started
        state["result"] = merged(state["result"], result)
        state["done"] += chunk
        progress.parent.mkdir(parents=True, exist_ok=True)
        progress.write_text(json.dumps(state))
        print(f"{given.name}: {state['done']}/{count}, {state['result']['failures']} failures", file=sys.stderr, flush=True)
    progress.unlink(missing_ok=True)
    result = {**state["result"], "count": count, "seed": state["seed"], "minutes": round(state["seconds"] / 60, 1)}
    if not given.no_record:
        print(record(given.name, result, proof.PROVES, state["digest"]), file=sys.stderr)
    print(json.dumps(result, ensure_ascii=False))
    return 1 if result["failures"] else 0


def _stand() -> None:
    """A site of its own, in a folder that goes with the process."""
    home = tempfile.mkdtemp(prefix="shuangbi-proof-")
    (Path(home) / "data").mkdir()
    os.environ.update(
        SHUANGBI_TESTING="1", SHUANGBI_HOME=home, SHUANGBI_SECRET_KEY="proofs-only",
        DJANGO_SETTINGS_MODULE="shuangbi.settings",
    )
    sys.path.insert(0, str(ROOT / "src"))
    django.setup()


def _resumed(progress: Path, count: int, seed: int | None, proved: str) -> dict[str, Any]:
    if progress.exists():
        state: dict[str, Any] = json.loads(progress.read_text())
        if state["count"] == count and state["digest"] == proved and seed in {None, state["seed"]}:
            return state
    start = random.SystemRandom().randrange(10**9) if seed is None else seed
    return {"count": count, "digest": proved, "seed": start, "done": 0, "seconds": 0.0, "result": {}}


def merged(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    """Two results as one: numbers are added, the slowest is the slowest, the first few examples are kept."""
    both = dict(one)
    for key, value in two.items():
        if key not in one:
            both[key] = value
        elif isinstance(value, dict):
            both[key] = merged(one[key], value)
        elif isinstance(value, list):
            both[key] = [*one[key], *value][:10]
        elif key.startswith("slowest"):
            both[key] = max(one[key], value)
        elif isinstance(value, int) and not isinstance(value, bool):
            both[key] = one[key] + value
    return both


if __name__ == "__main__":
    sys.exit(main())
