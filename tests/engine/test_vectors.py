"""Published results and hand-worked sheets, recomputed from folders of facts. The arithmetic stands in expected.json."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from shuangbi_engine.offline import evaluate_folder

VECTORS = Path(__file__).parent / "vectors"
FOLDERS = sorted(folder for folder in VECTORS.iterdir() if (folder / "expected.json").is_file())


def expectation(folder):
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_vector_is_reproduced(folder, engine):
    expected = expectation(folder)

    for round_name, wanted in expected.get("rounds", {expected.get("round", ""): expected}).items():
        result = evaluate_folder(folder / "scheme.yaml", folder, round_name, engine=engine)
        check(result, wanted)


def check(result, wanted):
    groups = {group["group"]: group["ranking"] for group in result["groups"]}
    units = {row["unit"]: row for ranking in groups.values() for row in ranking}
    for group, scores in wanted.get("scores", {}).items():
        assert {row["unit"]: [str(row["rank"]), row["score"]] for row in groups[group]} == scores
    for unit, items in wanted.get("items", {}).items():
        assert {item["item"]: item["points"] for item in units[unit]["items"]} == items
    for unit, lines in wanted.get("lines", {}).items():
        found = {line["line"]: line["points"] for line in units[unit]["lines"]}
        assert {name: found[name] for name in lines} == lines
    city = {row["indicator"]: row["actual"] for row in result["city"]}
    assert {name: city[name] for name in wanted.get("city", {})} == wanted.get("city", {})
    for measure, actuals in wanted.get("actual", {}).items():
        rows = [row for row in result["progress"] if row["indicator"] == measure]
        assert {row["participant"]: row["actual"] for row in rows} == actuals
    for outcome, labels in wanted.get("labels", {}).items():
        rows = next(row["labels"] for row in result["outcomes"] if row["outcome"] == outcome)
        assert {row["unit"]: row["label"] for row in rows} == labels


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_lines_shown_add_up(folder):
    expected = expectation(folder)

    for round_name in expected.get("rounds", {expected.get("round", ""): expected}):
        result = evaluate_folder(folder / "scheme.yaml", folder, round_name)
        for group in result["groups"]:
            for row in group["ranking"]:
                top = [Fraction(line["points"]) for line in row["lines"] if line["depth"] == 1]
                assert sum(top) == Fraction(row["total"])


def test_lists_skip_whoever_met_the_target():
    folder = VECTORS / "s27-list"

    result = evaluate_folder(folder / "scheme.yaml", folder, "2022-Q1")

    labelled = {row["unit"] for row in result["outcomes"][0]["labels"]}
    assert "unit08" not in labelled
    assert "unit10" not in labelled
