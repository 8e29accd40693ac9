"""Our own style sheets and scripts use nothing newer than Chromium 86, and templates hold no inline script or style."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/shuangbi"
OWN = [path for path in sorted(SOURCE.rglob("static/*/*")) if path.suffix in {".css", ".js"} and "vendor" not in path.parts]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))

# What came after 86, by the version that brought it.
TOO_NEW_CSS = {
    ":is(": 88, ":where(": 88, ":has(": 105, "inset:": 87, "inset-inline": 87, "margin-inline:": 87, "padding-inline:": 87,
    "margin-block:": 87, "padding-block:": 87, "aspect-ratio": 88, "@layer": 99, "@container": 105, "@property": 85.5,
    "color-mix(": 111, "oklch(": 111, "light-dark(": 123, "subgrid": 117, "accent-color": 93, "text-wrap:": 114, "dvh": 108,
    "svh": 108, "overflow: clip": 90, "text-underline-offset": 87, "@scope": 118, "scrollbar-gutter": 94, "hwb(": 101,
    "field-sizing": 123, "text-decoration-thickness": 87, ":user-valid": 119, "translate:": 104, "rotate:": 104, "scale:": 104,
}
TOO_NEW_JS = {
    ".at(": 92, "??=": 85.5, "||=": 85.5, "&&=": 85.5, "Object.hasOwn(": 93, "structuredClone": 98, ".findLast": 97,
    "randomUUID": 92, ".replaceChildren": 86.5, "static {": 94, "toSorted": 110, "Object.groupBy": 117, "scheduler.": 94,
    ".showPicker": 99, "AbortSignal.timeout": 103, "import(": 0, "await import": 0, "Intl.Segmenter": 87, ".checkVisibility": 105,
}
NESTING = re.compile(r"\{[^{}]*\{", re.S)
RANGE = re.compile(r"@media[^{]*[<>]")
NOT_LIST = re.compile(r":not\([^()]*,")


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_newer_than_chromium_86(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    words = TOO_NEW_CSS if path.suffix == ".css" else TOO_NEW_JS

    assert [word for word in words if word in text] == []
    if path.suffix == ".css":
        flat = re.sub(r"@(?:media|supports|page)[^{]*\{", "", text)
        assert NESTING.findall(re.sub(r"\{[^{}]*\}", "", flat)) == []
        assert RANGE.findall(text) == []
        assert NOT_LIST.findall(text) == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_nothing_is_asked_from_elsewhere(path: Path) -> None:
    addresses = re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}", path.read_text(encoding="utf-8"))

    assert addresses == []


def test_phone_rules_are_for_screens_because_paper_is_narrow_too() -> None:
    for path in OWN:
        assert "@media (max-width" not in path.read_text(encoding="utf-8") or path.suffix == ".js", path.name


def test_colours_are_chosen_in_tokens_only() -> None:
    sheets = [path for path in OWN if path.suffix == ".css" and "tokens" not in path.name]

    for path in sheets:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;,)])", text) == [], path.name
        assert "gradient(" not in text, path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)

    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", text) == []
