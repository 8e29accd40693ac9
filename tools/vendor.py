"""Front-end files committed with the source: check them against the lock (standard library only), or fetch them anew.

    python tools/vendor.py --check     every committed file is the one in the lock, and nothing else lies there
    python tools/vendor.py --update    maintainers only: npm fetches the versions named below and writes the lock
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/shuangbi/foundation/static/vendor"
LOCK = VENDOR / "vendor.lock.json"

# Tabler stays at 1.0.0: from 1.1 on its colours are color-mix(), later oklch(), which Chromium 86 does not know
# (docs/decisions/0010-tabler-1.0.md).
WANTED = {
    "tabler": ("@tabler/core", "1.0.0", "LICENSE", ["dist/css/tabler.min.css"]),
    "echarts": ("echarts", "6.1.0", "LICENSE", ["NOTICE", "dist/echarts.min.js"]),
}
# Addresses that name something and are never fetched.
NAMES_ONLY = re.compile(
    r"https?://(www\.w3\.org/|www\.apache\.org/licenses/|github\.com/|tabler\.io|popper\.js\.org/docs)"
)
FETCHES = re.compile(r"@import|url\(\s*[\"']?(?:https?:)?//|sourceMappingURL")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def suspicious(name: str, text: str) -> list[str]:
    """Reasons why a browser would ask for something else when it reads this file."""
    addresses = re.findall(r"https?://[^\s\"'`)<>\\]+", text)
    return [f"{name}: {match.group()}" for match in FETCHES.finditer(text)] + [
        f"{name}: names {address}" for address in addresses if not NAMES_ONLY.match(address)
    ]


def problems(vendor: Path = VENDOR) -> list[str]:
    """What differs between the lock and the folder; empty when all is well."""
    lock = json.loads((vendor / "vendor.lock.json").read_text(encoding="utf-8"))
    found: list[str] = []
    expected = {"vendor.lock.json"}
    for name, entry in lock.items():
        if entry["licence_file"] not in entry["files"]:
            found.append(f"{name}: its licence {entry['licence_file']} is not among its files")
        for file, sha256 in entry["files"].items():
            path = f"{name}/{entry['version']}/{file}"
            expected.add(path)
            if not (vendor / path).is_file():
                found.append(f"{path}: missing")
                continue
            data = (vendor / path).read_bytes()
            if digest(data) != sha256:
                found.append(f"{path}: differs from the lock")
            if path.endswith((".css", ".js")):
                found += suspicious(path, data.decode("utf-8"))
    there = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()}
    found += [f"{path}: not in the lock" for path in sorted(there - expected)]
    return found


def fetched(package: str, version: str, folder: Path) -> bytes:
    subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, capture_output=True)
    tarball = next(folder.glob("*.tgz"))
    data = tarball.read_bytes()
    tarball.unlink()
    return data


def update() -> None:
    lock = {}
    for name, (package, version, licence, files) in sorted(WANTED.items()):
        with tempfile.TemporaryDirectory() as text:
            data = fetched(package, version, Path(text))
            archive = Path(text) / "package.tar.gz"
            archive.write_bytes(data)
            target = VENDOR / name / version
            target.mkdir(parents=True, exist_ok=True)
            sums = {}
            with tarfile.open(archive) as tar:
                for file in [licence, *files]:
                    member = tar.extractfile(f"package/{file}")
                    if member is None:
                        raise SystemExit(f"{package} {version} has no {file}")
                    content = member.read()
                    (target / Path(file).name).write_bytes(content)
                    sums[Path(file).name] = digest(content)
        lock[name] = {
            "npm": package,
            "version": version,
            "integrity": "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode(),
            "licence_file": Path(licence).name,
            "files": sums,
        }
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true")
    choice.add_argument("--update", action="store_true")
    if parser.parse_args().update:
        update()
    found = problems()
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
