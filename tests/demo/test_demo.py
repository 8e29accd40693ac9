"""The demo city says what was published; refusing a counted claim changes what is known now, and nothing that went out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = {
    "signed_1yi": [15, 26], "landed_started_5yi": [6, 11], "key_started": [18, 38], "key_completed": [8, 23],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("city") / "demo"
    path = f"{ROOT / 'src'}:{ROOT}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.told", str(home)], cwd=ROOT, capture_output=True, text=True,
        env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin", "HOME": str(home.parent)}, check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_city_opens_on_20_october(said):
    assert said["today"] == "2020-10-20"


def test_september_is_as_published(said):
    assert said["published"] == PUBLISHED


def test_before_recognition_nothing_was_recognised_for_september(said):
    assert said["as_known_on_12_october"]["signed_1yi"] == [15, 0]


def test_flash_figures_stand_higher_in_two_indicators(said):
    assert said["flash"] == {"signed_1yi": 28, "landed_started_5yi": 11, "key_started": 38, "key_completed": 25}


def test_events_are_announced_beside_the_exact_sum_of_their_lists(said):
    assert sorted(said["events"].values()) == [
        [36, 1_200_000_000_000, "over", 36, 1_203_500_000_000],
        [42, 3_160_000_000_000, "exact", 42, 3_160_000_000_000],
        [113, 6_514_600_000_000, "exact", 113, 6_514_600_000_000],
    ]


def test_every_sheet_adds_up(said):
    assert said["not_adding_up"] == []


def test_some_places_are_shared(said):
    ranks = [rank for _name, rank in said["ranks"]["departments"]]

    assert len(ranks) > len(set(ranks))


def test_a_refused_claim_changes_what_is_known_now_and_nothing_published(said):
    assert said["known_now_after"]["signed_1yi"] == [15, 25]
    assert said["published_after"] == PUBLISHED
    assert said["bulletins_after"] == said["bulletins"]
    assert said["chain"] is True


def test_issued_bulletins_come_out_the_same_again(said):
    assert [found[1:] for found in said["bulletins"].values()] == [[True, True]] * 3
