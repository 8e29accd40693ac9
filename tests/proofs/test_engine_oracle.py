"""The engine and an independent implementation agree on random schemes and histories; the whole count is a proof."""

import os
from collections import Counter

from tests.engine.oracle.comparing import compare
from tests.proofs import engine_oracle

CELLS = 30_000 if os.environ.get("SHUANGBI_TIER") == "ci" else 2_000


def test_engine_and_oracle_agree():
    result = engine_oracle.run(count=CELLS, seed=20201020)

    assert (result["failures"], result["examples"]) == (0, [])
    assert result["compared"]["cells"] >= CELLS
    assert min(result["compared"][what] for what in ("measures", "lines", "ranks", "progress", "labels", "refused")) > 0


def test_a_wrong_engine_is_found(monkeypatch):
    monkeypatch.setattr("shuangbi_engine.numbers.SHARE", 9_999)
    monkeypatch.setattr("shuangbi_engine.measuring.SHARE", 9_999)

    assert any(compare(f"wrong-{number}", Counter()) for number in range(5))
