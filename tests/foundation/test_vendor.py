"""Front-end files are the ones in the lock, and ask for nothing from elsewhere."""

import json
import shutil
from pathlib import Path

import pytest
from tools import vendor


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(vendor.VENDOR, tmp_path / "vendor")
    return tmp_path / "vendor"


def test_what_is_committed_is_what_is_locked() -> None:
    assert vendor.problems() == []


def test_every_package_is_the_one_wanted_and_has_its_licence() -> None:
    lock = json.loads(vendor.LOCK.read_text(encoding="utf-8"))

    assert {name: (entry["npm"], entry["version"]) for name, entry in lock.items()} == {
        name: wanted[:2] for name, wanted in vendor.WANTED.items()
    }
    assert all(entry["integrity"].startswith("sha512-") for entry in lock.values())
    assert all(entry["licence_file"] in entry["files"] for entry in lock.values())


def test_a_changed_a_missing_and_a_foreign_file_are_found(copy: Path) -> None:
    (copy / "tabler/1.0.0/tabler.min.css").write_text("body{}")
    (copy / "echarts/6.1.0/echarts.min.js").unlink()
    (copy / "echarts/6.1.0/echarts.js.map").write_text("{}")

    assert vendor.problems(copy) == [
        "echarts/6.1.0/echarts.min.js: missing",
        "tabler/1.0.0/tabler.min.css: differs from the lock",
        "echarts/6.1.0/echarts.js.map: not in the lock",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "@import 'x.css'", "a{background:url(//cdn.example/x.png)}", "a{background:url('https://cdn.example/x.png')}",
        "//# sourceMappingURL=x.map", "fetch('https://cdn.example/x')",
    ],
)
def test_what_would_ask_for_something_is_suspicious(text: str) -> None:
    assert vendor.suspicious("x", text)


def test_a_namespace_is_a_name_only() -> None:
    assert vendor.suspicious("x", '<svg xmlns="http://www.w3.org/2000/svg">') == []
