"""Engine = an independent implementation in plain fractions, from claims and projects (`tests/engine/oracle/`).

What is counted is *cells*: the points of one item for one participant in one round at one seq, in random schemes over random
histories; every line, total, rank, measured value, city figure and label of the same sheets is compared too.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from tests.engine.oracle.comparing import compare

FULL, CHUNK = 1_000_000, 10_000
_COMPUTES = ("chain", "evaluate", "function", "history", "known", "measure", "measuring", "numbers", "outcome", "postings",
             "progress", "ranking", "values", "backends/sqlite")
PROVES = (*(f"src/shuangbi_engine/{name}.py" for name in _COMPUTES), "src/shuangbi_engine/functions", "src/shuangbi_engine/outcomes")


def run(*, count: int | None = None, seed: int | None = None, data: Path | None = None) -> dict[str, Any]:
    """Compare at least `count` cells; a failure is a world in which anything differs."""
    wanted = count or FULL
    counts: Counter[str] = Counter()
    failures, examples = 0, []
    while counts["cells"] < wanted:
        found = compare(f"{seed or 0}-{counts['worlds']}", counts)
        if found:
            failures += 1
            examples.append(found[0])
    return {"count": wanted, "failures": failures, "compared": dict(counts), "examples": examples[:10]}
