"""The order of the rooms, held by import-linter, and what it cannot see: foreign keys, inline imports, room lists."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.architecture.sources import (
    ENGINE,
    ROOT,
    SITE,
    at,
    imports,
    name,
    python_files,
    require_none,
    rooms,
    tree_of,
)

INLINE_ALLOWED = {"src/shuangbi_engine/backends/__init__.py", "src/shuangbi/cli.py"}


def test_the_contracts_of_import_linter_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(command), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def layers() -> list[str]:
    """The rooms in the contract, earliest first, those without a folder left out."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [layer for layer in reversed(contracts[0]["layers"]) if layer in rooms()]


def test_the_contract_the_settings_and_the_folders_name_the_same_rooms_in_the_same_order() -> None:
    assert layers() == settings.ROOMS
    assert sorted(settings.ROOMS) == rooms()


def test_foreign_keys_obey_the_order_of_the_rooms() -> None:
    place = {room: number for number, room in enumerate(settings.ROOMS)}
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models()
        if model._meta.app_label in place
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) and not field.auto_created and field.related_model
        and place.get(field.related_model._meta.app_label, -1) > place[model._meta.app_label]
    ]

    require_none(wrong)


def test_templates_include_and_link_only_earlier_rooms_partials() -> None:
    """A template may extend or include what its own room or an earlier one holds; links by URL name are free."""
    import re

    place = {room: number for number, room in enumerate(settings.ROOMS)}
    wrong = []
    for path in SITE.rglob("templates/**/*.html"):
        own = path.relative_to(SITE).parts[0]
        used_here = re.findall(r'{%\s*(?:include|extends)\s+"([^"/]+)/', path.read_text(encoding="utf-8"))
        wrong += [f"{name(path)} uses {used}" for used in used_here if used in place and place[used] > place[own]]

    require_none(wrong)


def test_imports_stand_at_the_top() -> None:
    wrong = [
        at(path, inner)
        for path in python_files(SITE, ENGINE)
        if name(path) not in INLINE_ALLOWED and path.name != "apps.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    require_none(wrong)


def test_nothing_is_imported_by_name_at_run_time() -> None:
    allowed = {"src/shuangbi_engine/backends/__init__.py", "src/shuangbi/cli.py"}
    wrong = [
        f"{at(path, node)} {ast.unparse(node.func)}"
        for path in python_files(SITE, ENGINE)
        if name(path) not in allowed
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__", "import_string"}
    ]

    require_none(wrong)


def test_no_signals() -> None:
    wrong = [
        f"{at(path, node)} {module}"
        for path in python_files(SITE)
        for module, node in imports(path)
        if "signals" in module.split(".") and not name(path).startswith("src/shuangbi/foundation/backends/")
    ]

    require_none(wrong)


def test_demo_knows_only_importers_actions_and_what_reads() -> None:
    """The demo city is built through public doors: importers and actions; it never writes a table itself."""
    demo = ROOT / "demo"
    wrong = []
    for path in python_files(demo):
        for module, node in imports(path):
            parts = module.split(".")
            if parts[0] == "shuangbi" and len(parts) > 2 and "models" in parts:
                wrong.append(f"{at(path, node)} imports {module}")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                text = ast.unparse(node.func)
                if node.func.attr in WRITES and (".objects." in text or node.func.attr in {"save", "delete", "bulk_create"}):
                    wrong.append(f"{at(path, node)} calls {text}")

    require_none(wrong)


WRITES = {
    "save", "delete", "create", "get_or_create", "update_or_create", "update", "bulk_create", "bulk_update", "execute",
    "executemany", "raw",
}
