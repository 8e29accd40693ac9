"""Every permission check and scope of the site, deleted one by one: some test must notice each.

A mutant is a copy of the site in which one thing is gone: the roles of one @page (any person may, or anyone at all), one
refusal (`if …: raise Refused`, `must(…)`, `allow(…)`), one answer of an access.py (`return True`), or one `.filter(…)` by
what the reader may see. It is caught when the tests of its room or the permission matrix fail. Mutants stand in one fixed
order; a run takes `count` of them from place `seed` on, round and round.
"""

import ast
import copy
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.proofs import ROOT

FULL, CHUNK = 400, 4
PROVES = ("src/shuangbi", "tests/architecture")
SITE = ROOT / "src" / "shuangbi"
TIMEOUT_SECONDS = 900
# What a condition must speak of to be a matter of permission.
OF_PERMISSION = re.compile(r"\b(access|by|may_\w+|has|roles?|held|is_office|units_as|unit_ids|person|allowed|may_reset|denied)\b")
GUARDS = re.compile(r"^(must|allow|_office_only|_may_\w+|_separated|_lead_only|refuse_unless_\w+)$")
REFUSALS = {"Refused", "PermissionDenied", "Http404"}
PLACES = ("views", "access", "actions", "queries", "middleware", "door")


@dataclass(frozen=True)
class Mutant:
    """One deleted check: where, what, and the whole file without it."""

    path: Path
    line: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.what}"


def mutants() -> list[Mutant]:
    """All of them, in the order of files and lines."""
    found = []
    for path in sorted(SITE.rglob("*.py")):
        if "migrations" not in path.parts and set(PLACES) & {path.stem, *path.relative_to(SITE).parts}:
            found.extend(_of_file(path))
    return found


def _of_file(path: Path) -> Iterator[Mutant]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for place, (node, parent, name, index) in enumerate(_nodes(tree)):
        for what, change in _changes(node, path):
            changed = copy.deepcopy(tree)
            _node, parent, name, index = _nodes(changed)[place]
            new = change(_node)
            if index is None:
                setattr(parent, name, new)
            else:
                getattr(parent, name)[index] = new
            yield Mutant(path, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(changed)))


def _nodes(tree: ast.AST) -> list[tuple[ast.AST, ast.AST, str, int | None]]:
    """Every node with where it hangs, in a stable order."""
    found: list[tuple[ast.AST, ast.AST, str, int | None]] = []
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                found.append((value, parent, name, None))
            elif isinstance(value, list):
                found.extend((item, parent, name, index) for index, item in enumerate(value) if isinstance(item, ast.AST))
    return found


def _changes(node: ast.AST, path: Path) -> Iterator[tuple[str, Any]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "page" and node.args:
        who = ast.unparse(node.args[0])
        if who != "ANYONE":
            yield f"@page({who}) opened", lambda call: _page(call, "*" if who == "PERSON" else "person")
    if isinstance(node, ast.If) and _raises(node) and OF_PERMISSION.search(ast.unparse(node.test)):
        yield f"if {ast.unparse(node.test)[:60]} dropped", lambda branch: _never(branch)
    if isinstance(node, ast.If) and _gives_nothing(node) and OF_PERMISSION.search(ast.unparse(node.test)):
        yield f"if {ast.unparse(node.test)[:60]} dropped", lambda branch: _never(branch)
    if isinstance(node, ast.IfExp) and ast.unparse(node.orelse).endswith(".none()"):
        yield f"none unless {ast.unparse(node.test)[:60]} dropped", lambda either: either.body
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and GUARDS.match(_name(node.value)) \
            and OF_PERMISSION.search(ast.unparse(node.value)):
        yield f"{ast.unparse(node.value)[:60]} dropped", lambda _line: ast.Pass()
    if path.stem == "access" and isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or ast.Pass()) == "bool":
        yield f"{node.name} always true", lambda function: _always(function)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "filter" \
            and re.search(r"\baccess\b|unit_ids|units_as|\bunits\b|owner_id__in", " ".join(map(ast.unparse, [*node.args, *node.keywords]))) \
            and {"queries", "access"} & {path.stem, path.parent.name}:
        yield f".filter({', '.join(map(ast.unparse, [*node.args, *node.keywords]))[:60]}) dropped", lambda call: call.func.value


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _raises(node: ast.If) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is not None and bool(REFUSALS & set(re.findall(r"\w+", ast.unparse(last.exc))))


def _gives_nothing(node: ast.If) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Return) and last.value is not None and ast.unparse(last.value).endswith(".none()")


def _page(call: ast.Call, who: str) -> ast.Call:
    call.args[0] = ast.Set([ast.Constant(who)])
    return call


def _never(branch: ast.If) -> ast.If:
    branch.test = ast.Constant(False)
    return branch


def _always(function: ast.FunctionDef) -> ast.FunctionDef:
    function.body = [ast.Return(ast.Constant(True))]
    return function


def run(*, count: int, seed: int, data: Path | None = None) -> dict[str, Any]:
    """Try `count` mutants from place `seed` on; one that no test notices counts as a failure."""
    every = mutants()
    with tempfile.TemporaryDirectory(dir=data, prefix="shuangbi-mutants-") as folder:
        copy_ = Path(folder)
        _copied(copy_)
        survivors = [
            str(mutant) for mutant in (every[place % len(every)] for place in range(seed, seed + min(count, len(every))))
            if not _is_caught(mutant, copy_)
        ]
    return {"count": count, "failures": len(survivors), "survivors": survivors, "mutants there are": str(len(every))}


def _copied(folder: Path) -> None:
    leave = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("src", "tests", "docs", "demo", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    for name in ("pyproject.toml", "run.py", "README.md"):
        shutil.copy(ROOT / name, folder / name)


def _is_caught(mutant: Mutant, folder: Path) -> bool:
    target = folder / mutant.path.relative_to(ROOT)
    kept = target.read_text(encoding="utf-8")
    room = mutant.path.relative_to(SITE).parts[0]
    target.write_text(mutant.text, encoding="utf-8")
    try:
        return any(
            _fails(folder, tests) for tests in (f"tests/{room}", "tests/architecture/test_permissions.py") if (folder / tests).exists()
        )
    finally:
        target.write_text(kept, encoding="utf-8")


def _fails(folder: Path, tests: str) -> bool:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SHUANGBI_", "DJANGO_"))}
    command = [sys.executable, "-m", "pytest", tests, "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=TIMEOUT_SECONDS, check=False, env=environment)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode == 1
