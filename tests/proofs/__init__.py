"""Long proofs: each is one module with `run(*, count, seed, data) -> {"count", "failures", …}` and small counts in a test.

`python run.py prove NAME` runs one in full and writes docs/proofs/NAME.json. A module says what it proves (`PROVES`, paths
from the root, folders with all their Python files), its full count (`FULL`) and how much to do between two notes of
progress (`CHUNK`).
"""

import ast
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "docs" / "proofs"
# In the order in which they are worth running after a change.
PROOFS = ["tamper", "power_cuts", "kills", "writers", "ledger_model", "engine_oracle"]


def digest(paths: tuple[str, ...]) -> str:
    """SHA-256 over the names of the proved files and what they do: comments and layout do not count."""
    found = hashlib.sha256()
    for path in paths:
        place = ROOT / path
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for file in files:
            code = ast.dump(ast.parse(file.read_text(encoding="utf-8")))
            found.update(f"{file.relative_to(ROOT)}\n{code}\n".encode())
    return found.hexdigest()


def record(name: str, result: dict[str, Any], proves: tuple[str, ...], proved: str) -> Path:
    """Write docs/proofs/NAME.json: the result with the commit, and the digest of what was proved when it began."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    entry = {"proof": name, **result, "commit": commit.stdout.strip(), "proves": list(proves), "digest": proved}
    RECORDS.mkdir(parents=True, exist_ok=True)
    path = RECORDS / f"{name}.json"
    path.write_text(json.dumps(entry, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
