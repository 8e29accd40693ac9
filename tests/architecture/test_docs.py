"""The documents cannot drift: settings, glossary, plug-ins, links, decisions."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from shuangbi.claims.choices import Kind, State
from shuangbi.organisations.choices import Role, UnitKind
from shuangbi.projects.choices import Stage
from tests.architecture.sources import DOCS, ENGINE, ROOT, SITE, require_none

GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")


def words_in_code() -> set[str]:
    """What stands between backticks in the glossary."""
    return set(re.findall(r"`([^`]+)`", GLOSSARY))


def test_every_model_has_its_word() -> None:
    models = {model.__name__ for model in apps.get_models() if model._meta.app_label in settings.ROOMS}

    require_none(sorted(models - words_in_code()))


def test_every_stage_state_kind_and_role_has_its_word() -> None:
    wanted = {*Stage.values, *State.values, *Kind.values, *Role.values, *UnitKind.values}

    require_none(sorted(wanted - words_in_code()))


def test_no_word_stands_twice_for_two_things() -> None:
    rows = [line.split("|")[1:-1] for line in GLOSSARY.splitlines() if line.startswith("| ") and not line.startswith("| English")]
    seen: dict[str, str] = {}
    twice = []
    for english, chinese, *_rest in rows:
        if seen.setdefault(english.strip(), chinese.strip()) != chinese.strip():
            twice.append(f"{english.strip()}: {seen[english.strip()]} and {chinese.strip()}")

    require_none(twice)


def test_every_setting_is_in_the_table_and_every_row_is_read() -> None:
    rows = set(re.findall(r"^\| `(SHUANGBI_\w+)`", (DOCS / "settings.md").read_text(encoding="utf-8"), re.M))
    files = [*SITE.rglob("*.py"), *ENGINE.rglob("*.py"), ROOT / "run.py", *(ROOT / "tools").glob("*.py"), *(ROOT / ".ci").glob("*")]
    used = {word for path in files if path.is_file() for word in re.findall(r"SHUANGBI_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}

    require_none([f"{word} has no row" for word in sorted(used - rows)] + [f"{word} is read nowhere" for word in sorted(rows - used)])


def plug_ins(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


def test_every_plug_in_is_listed_in_its_folder() -> None:
    wrong = []
    for folder in (
        ENGINE / "functions", ENGINE / "outcomes", SITE / "bulletins/sections", SITE / "bulletins/writers",
        SITE / "exchange/importers", SITE / "exchange/exporters",
    ):
        listed = (folder / "__init__.py").read_text(encoding="utf-8") if (folder / "__init__.py").exists() else ""
        wrong += [str(path.relative_to(ROOT)) for path in plug_ins(folder) if not re.search(rf"\b{path.stem}\b", listed)]

    require_none(wrong)


def _told_name(path: Path) -> str:
    """The name a plug-in goes by in schemes: the first word between backticks of its docstring."""
    found = re.search(r"`(\w+)`", path.read_text(encoding="utf-8"))
    return found[1] if found else path.stem


def test_every_function_and_outcome_is_in_the_documents() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md")))
    missing = [
        f"{path.relative_to(ROOT)}" for folder in ("functions", "outcomes") for path in plug_ins(ENGINE / folder)
        if f"`{path.stem}`" not in text and f"`{_told_name(path)}`" not in text
    ]

    require_none(missing)


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        broken += [
            f"{path.relative_to(ROOT)} → {target}"
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
            if "://" not in target and not (path.parent / target).exists()
        ]

    require_none(sorted(broken))


def test_every_path_named_in_where_to_change_exists() -> None:
    text = (DOCS / "where-to-change.md").read_text(encoding="utf-8")
    broken = []
    for named in re.findall(r"`([\w/]+/[\w./]+)`", text):
        if "<" in named or named.endswith("..."):
            continue
        if not any((base / named).exists() for base in (ROOT, SITE, SITE.parent)):
            broken.append(named)

    require_none(broken)


def test_decisions_are_short_and_numbered_once() -> None:
    files = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in files]
    long_ones = [path.name for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 60]

    require_none([number for number in numbers if numbers.count(number) > 1] + long_ones)


def test_nothing_tells_of_the_workshop() -> None:
    """No machine path, and none of the seed document's own words, stands in what is shipped."""
    paths = re.compile(r"/work/(?:main|shared|brief)|/tmp/|/root/")
    wrong = []
    for path in [*SITE.rglob("*.py"), *ENGINE.rglob("*.py"), *SITE.rglob("*.html"), *DOCS.rglob("*.md"), *(ROOT / "demo").rglob("*.py"),
                 *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py"), *ROOT.glob("*.md")]:
        if path == Path(__file__):
            continue
        found = paths.finditer(path.read_text(encoding="utf-8"))
        wrong += [f"{path.relative_to(ROOT)} {match.group()}" for match in found]

    require_none(wrong)


def test_the_drawing_shows_the_rooms_in_their_order() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    drawn = [word for word in re.findall(r"^  (\w+)  ", text, re.M) if word in settings.ROOMS]

    assert drawn == settings.ROOMS
