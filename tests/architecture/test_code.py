"""What files look like and what they may do: names, sizes, managers in views, floats, docstrings, fact bodies."""

import ast
import re
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from django.conf import settings

from shuangbi.ledger.body import Body
from tests.architecture.sources import (
    ENGINE,
    ROOT,
    SITE,
    at,
    called,
    name,
    own_static_files,
    python_files,
    require_none,
    template_files,
    tree_of,
)

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handler", "handlers", "signals"}
MAX_LINES = 400
MAX_TEST_LINES = 500
# Their imports are their point, or they are tables.
LONGER = {"src/shuangbi/settings.py"}


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_source_files_stay_below_400_lines_and_tests_below_500() -> None:
    code = [*python_files(SITE, ENGINE, ROOT / "demo", ROOT / "tools"), ROOT / "run.py", *template_files()]
    long_ones = [f"{name(path)} {lines_of(path)}" for path in code if path.exists() and lines_of(path) > MAX_LINES]
    long_tests = [f"{name(path)} {lines_of(path)}" for path in python_files(ROOT / "tests") if lines_of(path) > MAX_TEST_LINES]

    require_none(long_ones + long_tests)


def test_no_file_is_named_for_nothing() -> None:
    files = python_files(SITE, ENGINE, ROOT / "demo", ROOT / "tools", ROOT / "tests")
    wrong = [name(path) for path in files if {path.stem, *path.relative_to(ROOT).parts} & FORBIDDEN_NAMES]

    require_none(wrong)


def test_every_module_opens_by_saying_what_it_holds() -> None:
    silent = [
        name(path) for path in python_files(SITE, ENGINE, ROOT / "demo", ROOT / "tests")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]

    require_none(silent)


def test_public_functions_of_engine_actions_and_queries_say_what_the_name_cannot() -> None:
    wanted = [
        path for path in python_files(SITE, ENGINE)
        if path.is_relative_to(ENGINE) or {"actions", "queries", "access"} & {path.stem, path.parent.name}
    ]
    silent = [
        f"{at(path, node)} {node.name}"
        for path in wanted
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    require_none(silent)


def is_view_or_form(path: Path) -> bool:
    return path.stem in {"views", "forms"} or path.parent.name in {"views", "forms"}


def test_views_and_forms_never_touch_a_manager_nor_save_nor_delete() -> None:
    wrong = []
    for path in python_files(SITE):
        if not is_view_or_form(path):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
                wrong.append(f"{at(path, node)} .{node.attr}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {
                "save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create",
            }:
                wrong.append(f"{at(path, node)} {ast.unparse(node.func)}()")

    require_none(wrong)


def test_cockpit_imports_no_action_and_writes_nothing() -> None:
    wrong = [
        f"{at(path, node)} {ast.unparse(node.func)}"
        for path in python_files(SITE / "cockpit")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"save", "delete", "create", "bulk_create", "get_or_create", "update_or_create"}
    ]

    require_none(wrong)


def public_actions() -> list[tuple[Path, ast.FunctionDef]]:
    """The functions of every actions.py; of an actions folder those that its __init__ hands out."""
    found = []
    for path in python_files(SITE):
        if path.stem == "actions":
            names = {node.name for node in tree_of(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}
        elif path.parent.name == "actions" and path.name != "__init__.py":
            names = {
                alias.name
                for node in tree_of(path.with_name("__init__.py")).body
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
        else:
            continue
        found += [(path, node) for node in tree_of(path).body if isinstance(node, ast.FunctionDef) and node.name in names]
    return found


def test_actions_that_act_for_somebody_are_keyword_only() -> None:
    wrong = [
        f"{at(path, node)} {node.name}"
        for path, node in public_actions()
        if any(one.arg == "by" for one in [*node.args.args, *node.args.kwonlyargs]) and (node.args.args or node.args.posonlyargs)
    ]

    require_none(wrong)


def test_the_engine_uses_no_floats() -> None:
    wrong = []
    for path in python_files(ENGINE):
        # How alike two words must be before one is proposed for the other is no number of the engine's.
        likeness = {
            id(inner) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call) and called(node) == "get_close_matches"
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, float) and id(node) not in likeness:
                wrong.append(f"{at(path, node)} {node.value}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"float", "Decimal", "round"}:
                wrong.append(f"{at(path, node)} {ast.unparse(node)}")

    require_none(wrong)


def test_models_keep_no_floats_and_no_decimals() -> None:
    wrong = [
        at(path, node)
        for path in python_files(SITE)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"FloatField", "DecimalField"}
        and "models" in ast.unparse(node)
    ]

    require_none(wrong)


def test_only_the_clock_reads_the_clock() -> None:
    wrong = [
        f"{at(path, node)} {ast.unparse(node.func)}"
        for path in python_files(SITE)
        if name(path) != "src/shuangbi/foundation/clock.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and re.fullmatch(
            r"(datetime\.)?(datetime|date|timezone)\.(now|today|utcnow)|time\.time|localdate|localtime", ast.unparse(node.func)
        )
    ]

    require_none(wrong)


def test_writes_stand_only_where_facts_are_applied_or_actions_act() -> None:
    """`.objects.create/update/delete` belong to facts and actions (and the ledger's own store); postings are disposable
    and belong to counting."""
    wrong = []
    for path in python_files(SITE):
        if {"facts", "actions", "upkeep", "ledger", "backends", "counting"} & {path.stem, *path.relative_to(SITE).parts}:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                text = ast.unparse(node.func)
                if ".objects" in text and node.func.attr in {
                    "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
                }:
                    wrong.append(f"{at(path, node)} {text[:80]}")

    require_none(wrong)


def bodies() -> list[type[Body]]:
    """Every fact body of the site."""
    from django.apps import apps

    for room in settings.ROOMS:
        if (SITE / room / "facts.py").exists() or (SITE / room / "facts").exists():
            __import__(f"shuangbi.{room}.facts")
    assert apps.ready
    found: list[type[Body]] = []
    todo = list(Body.__subclasses__())
    while todo:
        one = todo.pop()
        todo.extend(one.__subclasses__())
        if one.__module__.startswith("shuangbi.") and "KIND" in one.__dict__:
            found.append(one)
    return found


def allowed(hint: Any) -> bool:
    """Whether a field of a body may be of this type."""
    if hint is Any:  # nested plain data; the ledger refuses floats when the body becomes bytes
        return True
    if hint in {str, int, bool, date, datetime, UUID, type(None)}:
        return True
    if get_origin(hint) is None:
        return False
    return all(allowed(one) for one in get_args(hint) if one is not Ellipsis)


def test_fact_bodies_hold_plain_data_and_name_their_room() -> None:
    wrong = []
    for body in bodies():
        room = body.__module__.split(".")[1]
        if not body.KIND.startswith(f"{room}."):
            wrong.append(f"{body.__name__}: {body.KIND} is not of {room}")
        hints = get_type_hints(body)
        wrong += [f"{body.__name__}.{one.name}: {hints[one.name]}" for one in fields(body) if not allowed(hints[one.name])]

    require_none(wrong)


def test_every_kind_of_fact_has_one_body() -> None:
    kinds = [body.KIND for body in bodies()]

    assert sorted(kinds) == sorted(set(kinds))


THIRD_PARTY = re.compile(r"(?:https?:)?//(?!127\.0\.0\.1|localhost)[a-z0-9.-]+\.[a-z]{2,}", re.I)
# Names of things, not addresses that are fetched.
NAMESPACES = ("http://www.w3.org", "https://www.w3.org")


def test_nothing_is_fetched_from_elsewhere() -> None:
    wrong = []
    for path in [*template_files(), *own_static_files()]:
        wrong += [
            f"{name(path)} {match.group()}"
            for match in THIRD_PARTY.finditer(path.read_text(encoding="utf-8"))
            if not match.group().startswith(NAMESPACES) and path.suffix != ".json"
        ]

    require_none(wrong)


def test_templates_carry_no_script_style_or_handler_of_their_own() -> None:
    """The content security policy forbids inline scripts; styles belong to the style sheets."""
    pattern = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\son[a-z]+=\"|javascript:", re.I)
    wrong = [
        f"{name(path)} {match.group()}"
        for path in template_files()
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
        if "typst" not in path.parts and "bulletins/document" not in name(path)
    ]

    require_none(wrong)


def test_no_form_or_template_asks_for_a_level_of_secrecy() -> None:
    words = ("密级", "机密", "绝密", "classification level")
    wrong = [
        name(path)
        for path in [*python_files(SITE), *template_files()]
        if is_view_or_form(path) or path.suffix == ".html"
        for word in words
        if word in path.read_text(encoding="utf-8")
    ]

    require_none(wrong)
