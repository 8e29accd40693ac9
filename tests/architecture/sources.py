"""What the architecture tests read: the source files, their syntax trees, what is imported, what is translated."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
SITE = SRC / "shuangbi"
ENGINE = SRC / "shuangbi_engine"
DOCS = ROOT / "docs"
TRANSLATED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
PLURAL = {"ngettext", "ngettext_lazy", "npgettext"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext"}


def require_none(found: list[str]) -> None:
    """Pass when nothing was found; else fail with the whole list, one finding a line."""
    assert not found, f"{len(found)} found\n" + "\n".join(found)


def python_files(*folders: Path) -> list[Path]:
    """Python files below some folders, migrations left out."""
    return sorted(
        path for folder in folders for path in folder.rglob("*.py")
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


def template_files() -> list[Path]:
    """All templates of the site."""
    return sorted(path for path in SITE.rglob("templates/**/*.*") if path.is_file())


def own_static_files() -> list[Path]:
    """Our own scripts and styles; vendored ones have their lock file."""
    return sorted(
        path for path in SITE.rglob("static/**/*.*")
        if path.suffix in {".js", ".css", ".svg", ".json"} and "vendor" not in path.parts
    )


def rooms() -> list[str]:
    """The rooms that exist, in alphabetical order."""
    return sorted(path.parent.name for path in SITE.glob("*/apps.py"))


@lru_cache(maxsize=1024)
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """A path as a failure prints it."""
    return str(path.relative_to(ROOT))


def at(path: Path, node: ast.AST) -> str:
    """A place in a file."""
    return f"{name(path)}:{getattr(node, 'lineno', 0)}"


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every imported module of a file, wherever it stands; `from a import b` gives a and a.b."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def messages() -> dict[str, list[str]]:
    """Every source string that is translated, with the places where it stands."""
    found: dict[str, list[str]] = {}
    for path in python_files(SITE, ENGINE):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
                for text in _texts(node):
                    found.setdefault(text, []).append(at(path, node))
    for path in template_files():
        for text in _template_messages(path):
            found.setdefault(text, []).append(name(path))
    return found


def _texts(node: ast.Call) -> list[str]:
    kind = called(node)
    first = 1 if kind in WITH_CONTEXT else 0
    wanted = node.args[first : first + 1]  # a plural is a form of its singular's entry
    return [one.value for one in wanted if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]


def _template_messages(path: Path) -> list[str]:
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    found = []
    for match in re.finditer(r"\b(?:n?p?gettext|_)\(", text):
        call = _call_at(text, match.start())
        if call is not None:
            found.extend(_texts(call))
    return found


def _call_at(text: str, start: int) -> ast.Call | None:
    end = start
    while (end := text.find(")", end + 1)) != -1 and end - start < 4000:
        try:
            tree = ast.parse(text[start : end + 1], mode="eval")
        except SyntaxError:
            continue
        return tree.body if isinstance(tree.body, ast.Call) else None
    return None


def catalogue(path: Path) -> dict[str, tuple[str, bool]]:
    """A .po file: source string → (translation, whether it is fuzzy). Headers and contexts are left out of the key."""
    entries: dict[str, tuple[str, bool]] = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        fuzzy = bool(re.search(r"^#,.*\bfuzzy\b", block, re.M))
        fields: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            if match := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[0\])?)\s+(".*")$', line):
                current = match[1].replace("[0]", "")
                fields[current] = ast.literal_eval(match[2])
            elif line.startswith('"') and current:
                fields[current] += ast.literal_eval(line)
            elif not line.startswith("#"):
                current = ""
        if fields.get("msgid"):
            entries[fields["msgid"]] = (fields.get("msgstr", ""), fuzzy)
    return entries


def catalogues() -> list[Path]:
    """Every room's zh_Hans catalogue."""
    return sorted(SITE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
