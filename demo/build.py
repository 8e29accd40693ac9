"""Builds 示例市 in var/demo out of demo/input: imports and actions in the order in which the autumn of 2020 went.

`prepare_home` needs no Django and runs first; the rest runs once the site is up.
"""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "shuangbi-2020"  # noqa: S105 - the demo's own, printed on its log-in page


def prepare_home(scene: str) -> Path:
    """The demo's home, marked as a demo; the year-end scene has a database of its own."""
    home = ROOT / "var" / ("demo" if scene == "october" else f"demo-{scene}")
    home.mkdir(parents=True, exist_ok=True)
    (home / "DEMO").write_text(f"{scene}\n")
    return home


def is_built(home: Path) -> bool:
    """Whether the story was told to its end here."""
    return (home / "built.json").exists()


def forget(home: Path) -> None:
    """Clear a half-built demo so that it can be built from the beginning."""
    for name in ("data", "files", "clock.json", "built.json"):
        path = home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def mark_built(home: Path, seconds: float) -> None:
    """Note that the build is complete."""
    (home / "built.json").write_text(json.dumps({"seconds": round(seconds, 1)}))
