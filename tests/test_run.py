"""run.py on a fresh clone: with and without ensurepip, with and without a wheelhouse; no network."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for pip is a shell script")
# A Debian without python3-venv: the environment can be made, but pip cannot be put into it.
WITHOUT_ENSUREPIP = """
import subprocess, sys, venv
def no_pip(*_rest):
    raise subprocess.CalledProcessError(1, ["ensurepip"])
venv.EnvBuilder._setup_pip = no_pip
sys.path.insert(0, {root!r})
import run
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with a lock file of its own, and a stand-in for pip that only notes what it was asked."""
    (tmp_path / "run.py").write_bytes((ROOT / "run.py").read_bytes())
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shuangbi_here.py").write_text("WHERE = 'in the clone'\n")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "core.txt").write_text("nothing==1.0 --hash=sha256:00\n")
    (tmp_path / "bin").mkdir()
    pip = tmp_path / "bin" / "pip3"
    pip.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    pip.chmod(0o755)
    return tmp_path


def drive(clone: Path, code: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run code with the clone's run.py at hand, in a Python that has no ensurepip."""
    program = WITHOUT_ENSUREPIP.format(root=str(clone)) + code
    environment = {"PATH": path or str(clone / "bin"), "LANG": "C.UTF-8"}
    return subprocess.run([sys.executable, "-c", program], env=environment, cwd=clone, capture_output=True, text=True, check=False)


def asked_of_pip(clone: Path) -> list[str]:
    path = clone / "asked"
    return path.read_text().splitlines() if path.exists() else []


def test_without_ensurepip_the_pip_outside_installs_into_the_environment(clone: Path) -> None:
    done = drive(clone, "run.ensure('core.txt')")

    assert done.returncode == 0, done.stderr
    assert (clone / ".venv" / "bin" / "python").exists()
    assert asked_of_pip(clone) == [
        f"--python {clone}/.venv/bin/python install --quiet --disable-pip-version-check --require-hashes --no-deps"
        f" -r {clone}/requirements/core.txt --only-binary :all:"
    ]


def test_the_clone_can_be_imported_and_the_command_stands(clone: Path) -> None:
    drive(clone, "run.ensure('core.txt')")

    ask = [clone / ".venv" / "bin" / "python", "-c", "import shuangbi_here; print(shuangbi_here.WHERE)"]
    assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout == "in the clone\n"
    launcher = clone / ".venv" / "bin" / "shuangbi"
    assert launcher.read_text().startswith(f"#!{clone}/.venv/bin/python\n")
    assert os.access(launcher, os.X_OK)


def test_installs_once_a_lock_file(clone: Path) -> None:
    drive(clone, "run.ensure('core.txt')")
    drive(clone, "run.ensure('core.txt')")
    assert len(asked_of_pip(clone)) == 1

    lock = clone / "requirements" / "core.txt"
    lock.write_text("nothing==2.0 --hash=sha256:00\n")
    drive(clone, "run.ensure('core.txt')")

    assert len(asked_of_pip(clone)) == 2
    assert (clone / ".venv" / "installed-core.txt").read_text() == hashlib.sha256(lock.read_bytes()).hexdigest()


def test_a_failed_installation_ends_the_run_and_is_tried_again(clone: Path) -> None:
    pip = clone / "bin" / "pip3"
    pip.write_text(pip.read_text() + "exit 3\n")

    assert drive(clone, "run.ensure('core.txt')").returncode == 3
    assert drive(clone, "run.ensure('core.txt')").returncode == 3
    assert len(asked_of_pip(clone)) == 2


def test_a_wheelhouse_beside_it_is_used_instead_of_a_network(clone: Path) -> None:
    (clone / "wheelhouse").mkdir()

    drive(clone, "run.ensure('core.txt')")

    assert asked_of_pip(clone)[0].endswith(f"--no-index --find-links {clone}/wheelhouse")


def test_no_pip_at_all_is_said_with_the_remedy(clone: Path) -> None:
    done = drive(clone, "run.ensure('core.txt')", path=str(clone / "nowhere"))

    assert done.returncode == 1
    assert done.stderr == "There is no pip. Install it with: apt-get install python3-pip (or python3-venv), then run this again.\n"


def test_a_wheelhouse_is_downloaded_for_another_platform(clone: Path) -> None:
    drive(clone, "run.wheelhouse(['--platform', 'win_amd64'])")

    assert asked_of_pip(clone) == [
        f"--python {clone}/.venv/bin/python download --require-hashes --no-deps -r {clone}/requirements/core.txt"
        f" -d {clone}/wheelhouse --only-binary :all: --platform win_amd64 --python-version 3.11"
    ]


def test_an_older_python_is_refused(clone: Path) -> None:
    done = drive(clone, "sys.version_info = (3, 10, 2); run.ensure('core.txt')")

    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed")


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["paint"], 2), (["--help"], 0)])
def test_without_a_command_the_commands_are_named(arguments: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, ROOT / "run.py", *arguments], capture_output=True, text=True, check=False)

    assert done.returncode == code
    assert "python3 run.py demo" in done.stdout
    assert done.stderr == ""
