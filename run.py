#!/usr/bin/env python3
"""Everything a person does with a fresh clone; standard library only.

    python3 run.py demo          build the demo city and serve it
    python3 run.py test          the suite, in a few minutes
    python3 run.py prove NAME    one long proof; writes docs/proofs/NAME.json
    python3 run.py screenshots   every page, language and size into one contact sheet
    python3 run.py wheelhouse    the wheels for a closed network
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("SHUANGBI_VENV", ROOT / ".venv"))
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LAUNCHER = """#!{python}
import sys
from shuangbi.cli import main
sys.exit(main())
"""


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command: object, **kwargs: object) -> None:
    """Run a command; end with its exit code when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **kwargs)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(done.returncode)


def make_venv() -> list[str]:
    """Make .venv where there is none; answer the pip command that installs into it.

    A Debian without python3-venv can make an environment but not put pip into it; its own pip then installs from outside.
    """
    if not PYTHON.exists():
        say(f"making {VENV}")
        try:
            venv.create(VENV, with_pip=True)
        except (subprocess.CalledProcessError, SystemExit):
            shutil.rmtree(VENV, ignore_errors=True)
        if not PYTHON.exists():
            venv.create(VENV, with_pip=False)
    inside = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    if inside.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    if not shutil.which("pip3") and not shutil.which("pip"):
        sys.exit("There is no pip. Install it with: apt-get install python3-pip (or python3-venv), then run this again.")
    return [shutil.which("pip3") or shutil.which("pip") or "pip", "--python", str(PYTHON)]


def ensure(requirements: str) -> None:
    """Install the locked, hashed dependencies once per lock file, and put this source tree on the path."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    lock = ROOT / "requirements" / requirements
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    mark = VENV / f"installed-{requirements}"
    pip = make_venv() if not mark.exists() or mark.read_text() != wanted else []
    if pip:
        say(f"installing the dependencies of {lock.name}")
        command = [*pip, "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps", "-r", lock]
        house = ROOT / "wheelhouse"
        run(*command, *(["--no-index", "--find-links", house] if house.exists() else ["--only-binary", ":all:"]))
        mark.write_text(wanted)
    link_source()


def link_source() -> None:
    """Make `import shuangbi` and the command `shuangbi` work from this clone."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    (site / "shuangbi.pth").write_text(f"{ROOT / 'src'}\n{ROOT}\n")
    launcher = BIN / ("shuangbi-script.py" if WINDOWS else "shuangbi")
    launcher.write_text(LAUNCHER.format(python=PYTHON))
    launcher.chmod(0o755)


def demo(rest: list[str]) -> None:
    ensure("core.txt")
    run(PYTHON, "-m", "shuangbi.cli", "demo", *rest)


def test(rest: list[str]) -> None:
    ensure("all.txt")
    chromium = any(shutil.which(name) for name in ("chromium", "google-chrome", "chromium-browser"))
    workers = [] if any(part.startswith(("-n", "-k", "tests")) for part in rest) else ["-n", str(min(4, os.cpu_count() or 2)), "--dist", "loadfile"]
    done = subprocess.run([PYTHON, "-m", "pytest", *workers, *rest], cwd=ROOT, check=False)
    if not chromium:
        say("Chromium was not found: the browser tests were skipped. On Debian: apt-get install chromium")
    sys.exit(done.returncode)


def prove(rest: list[str]) -> None:
    ensure("all.txt")
    run(PYTHON, "-m", "tests.proofs", *rest)


def screenshots(rest: list[str]) -> None:
    ensure("all.txt")
    if not (ROOT / "var" / "demo" / "built.json").exists():
        run(PYTHON, "-m", "shuangbi.cli", "demo", "--no-serve")
    run(PYTHON, "tools/screenshot_pages.py", *rest)


def wheelhouse(rest: list[str]) -> None:
    """Download every wheel of the core lock file for this or another platform."""
    parser = argparse.ArgumentParser(prog="run.py wheelhouse")
    parser.add_argument("--platform", action="append", default=[])
    parser.add_argument("--python-version", default="3.11")
    arguments = parser.parse_args(rest)
    command = [*make_venv(), "download", "--require-hashes", "--no-deps", "-r", ROOT / "requirements" / "core.txt", "-d",
               ROOT / "wheelhouse", "--only-binary", ":all:"]
    for platform in arguments.platform:
        command += ["--platform", platform]
    if arguments.platform:
        command += ["--python-version", arguments.python_version]
    run(*command)
    say(f"wheels are in {ROOT / 'wheelhouse'}; with them beside run.py, nothing is fetched from a network")


COMMANDS = {"demo": demo, "test": test, "prove": prove, "screenshots": screenshots, "wheelhouse": wheelhouse}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else 2)
    try:
        COMMANDS[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
