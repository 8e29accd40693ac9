"""Pages × language × size as pictures, on one contact sheet, with what a script finds wrong in each.

The pages and the command are in tools/screenshot_pages.py. Found are: a page wider than its window, clipped text, controls on top of each other, Latin words on
a Chinese page and Chinese on an English one (outside data-content), errors in the console, third-party requests.
"""

import html
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

LANGUAGES = {"zh": "zh-hans", "en": "en"}
# Print is the width of A4 between its margins.
SIZES = {"1366": (1366, 768), "390": (390, 844), "print": (704, 996)}
LANGUAGE_COOKIE = "shuangbi_language"
PROBE = Path(__file__).with_name("page_probe.js")
MAX_HEIGHT = 6000
THUMB = (300, 400)
# Rows on one sheet: more would be a picture that nothing opens.
ROWS = 12


@dataclass(frozen=True)
class Wanted:
    """A page to look at, and as whom."""

    name: str
    path: str
    login: tuple[str, str] | None = None


@dataclass(frozen=True)
class Seen:
    """One picture and what is wrong in it."""

    name: str
    path: str
    language: str
    size: str
    status: int
    picture: str
    findings: list[str]


def browser_path() -> str | None:
    """The first Chromium-like browser of this machine."""
    asked = os.environ.get("CHROMIUM")
    names = [asked] if asked else ["chromium", "chromium-browser", "google-chrome", "microsoft-edge", "msedge"]
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def browser(language: str = "zh") -> Iterator[Browser]:
    """A browser whose own words (date fields, file fields) are in the language too."""
    env = {**os.environ, "LANGUAGE": "zh_CN" if language == "zh" else "en_GB"}
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=browser_path(), args=["--disable-gpu"], env=env)
        try:
            yield launched
        finally:
            launched.close()


def context_for(open_browser: Browser, base_url: str, language: str, size: str) -> BrowserContext:
    width, height = SIZES[size]
    context = open_browser.new_context(
        base_url=base_url, viewport={"width": width, "height": height}, bypass_csp=False,
        locale="zh-CN" if language == "zh" else "en-GB", has_touch=size == "390",
    )
    context.add_cookies([{"name": LANGUAGE_COOKIE, "value": LANGUAGES[language], "url": base_url}])
    return context


def log_in(page: Page, login: tuple[str, str], log_in_path: str) -> None:
    page.goto(log_in_path)
    page.fill("input[name=login]", login[0])
    page.fill("input[name=password]", login[1])
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    if page.url.rstrip("/").endswith(log_in_path.rstrip("/")):
        raise SystemExit(f"The log-in of {login[0]} was refused.")


def look(page: Page, wanted: Wanted, language: str, size: str, *, origin: str, out: Path) -> Seen:
    """Open one page, probe it, take its picture."""
    troubles: list[str] = []

    def listen(message: Any) -> None:
        if message.type == "error" and not wanted.name.startswith("error_"):
            troubles.append(f"console: {message.text[:160]}")

    def request(asked: Any) -> None:
        if not asked.url.startswith(("data:", "blob:", origin)):
            troubles.append(f"third-party request: {asked.url[:160]}")

    page.emulate_media(media="print" if size == "print" else "screen")
    page.on("console", listen)
    page.on("request", request)
    response = page.goto(wanted.path)
    page.wait_for_load_state("networkidle")
    troubles += page.evaluate(PROBE.read_text(encoding="utf-8"), {"language": language, "print": size == "print"})
    picture = f"{wanted.name}-{language}-{size}.png"
    height = min(page.evaluate("document.documentElement.scrollHeight"), MAX_HEIGHT)
    width = SIZES[size][0]
    page.screenshot(
        path=out / picture, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": max(height, 400)}
    )
    page.remove_listener("console", listen)
    page.remove_listener("request", request)
    status = response.status if response else 0
    expected = 200 if not wanted.name.startswith("error_") else int(wanted.name.split("_")[1])
    if status != expected:
        troubles.insert(0, f"answered {status}")
    return Seen(wanted.name, wanted.path, language, size, status, picture, sorted(set(troubles)))


def read_seen(out: Path) -> list[Seen]:
    """The pictures taken before."""
    path = out / "findings.json"
    entries = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [Seen(**entry) for entry in entries if (out / entry["picture"]).exists()]


def take(
    base_url: str, pages: Sequence[Wanted], out: Path, *, log_in_path: str = "/log-in/",
    sizes: Sequence[str] = tuple(SIZES), languages: Sequence[str] = tuple(LANGUAGES), kept: Sequence[Seen] = (),
) -> list[Seen]:
    """All pictures and findings, and the contact sheet; one log-in per person, language and size.

    What was kept from an earlier run is not taken again; what is taken is noted at once, so that a run may be broken off.
    """
    out.mkdir(parents=True, exist_ok=True)
    seen = list(kept)
    there = {(one.name, one.language, one.size) for one in kept}
    by_login: dict[tuple[str, str] | None, list[Wanted]] = {}
    for wanted in pages:
        by_login.setdefault(wanted.login, []).append(wanted)
    for language in languages:
        with browser(language) as opened:
            for size in sizes:
                for login, every in by_login.items():
                    group = [wanted for wanted in every if (wanted.name, language, size) not in there]
                    if not group:
                        continue
                    context = context_for(opened, base_url, language, size)
                    page = context.new_page()
                    if login:
                        log_in(page, login, log_in_path)
                    for wanted in group:
                        seen.append(look(page, wanted, language, size, origin=base_url, out=out))
                        print(".", end="", flush=True, file=sys.stderr)
                    context.close()
                    note(seen, out)
    print(file=sys.stderr)
    seen.sort(key=lambda one: (one.name, list(LANGUAGES).index(one.language), list(SIZES).index(one.size)))
    write_sheet(seen, out)
    return seen


def note(seen: Sequence[Seen], out: Path) -> None:
    """Write findings.json."""
    entries = json.dumps([asdict(one) for one in seen], ensure_ascii=False, indent=1)
    (out / "findings.json").write_text(entries + "\n", encoding="utf-8")


def write_sheet(seen: Sequence[Seen], out: Path) -> None:
    """index.html, findings.json and contact-N.png: a row per page, a column per language and size."""
    note(seen, out)
    columns = [(language, size) for language in LANGUAGES for size in SIZES]
    rows: dict[str, dict[tuple[str, str], Seen]] = {}
    for one in seen:
        rows.setdefault(one.name, {})[(one.language, one.size)] = one
    (out / "index.html").write_text(_index(rows, columns), encoding="utf-8")
    names = list(rows)
    for old in out.glob("contact*.png"):
        old.unlink()
    for number, start in enumerate(range(0, len(names), ROWS), 1):
        part = {name: rows[name] for name in names[start : start + ROWS]}
        _contact(part, columns, out).save(out / f"contact-{number}.png")


def _contact(rows: dict[str, dict[tuple[str, str], Seen]], columns: Sequence[tuple[str, str]], out: Path) -> Image.Image:
    label = 24
    sheet = Image.new("RGB", (len(columns) * (THUMB[0] + 8) + 8, len(rows) * (THUMB[1] + label + 8) + 8), "#c5ccd6")
    pen = ImageDraw.Draw(sheet)
    for down, (name, cells) in enumerate(rows.items()):
        for across, column in enumerate(columns):
            if column not in cells:
                continue
            left, top = 8 + across * (THUMB[0] + 8), 8 + down * (THUMB[1] + label + 8)
            wrong = len(cells[column].findings)
            pen.text((left, top + 6), f"{name} {column[0]} {column[1]}" + (f"  !{wrong}" if wrong else ""), fill="#b42318" if wrong else "#1a2230")
            with Image.open(out / cells[column].picture) as full:
                scale = THUMB[0] / full.width
                small = full.convert("RGB").resize((THUMB[0], max(1, round(full.height * scale))))
                sheet.paste(small.crop((0, 0, THUMB[0], min(small.height, THUMB[1]))), (left, top + label))
    return sheet


def _index(rows: dict[str, dict[tuple[str, str], Seen]], columns: Sequence[tuple[str, str]]) -> str:
    parts = [
        "<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>body{font:14px sans-serif;margin:24px}"
        "table{border-collapse:collapse}td,th{padding:8px;vertical-align:top;text-align:left;border-top:1px solid #ccc}"
        "img{width:240px;max-height:320px;object-fit:cover;object-position:top;border:1px solid #ccc}"
        "li{color:#b42318}ul{margin:4px 0;padding-left:16px;max-width:240px;font-size:12px}</style><table><tr><th>",
        *(f"<th>{language} {size}" for language, size in columns),
    ]
    for name, cells in rows.items():
        path = next(iter(cells.values())).path
        parts.append(f"<tr><th>{html.escape(name)}<br><small>{html.escape(path)}</small>")
        for column in columns:
            one = cells.get(column)
            if one is None:
                parts.append("<td>")
                continue
            faults = "".join(f"<li>{html.escape(text)}" for text in one.findings)
            parts.append(f'<td><a href="{one.picture}"><img loading=lazy src="{one.picture}"></a><ul>{faults}</ul>')
    return "\n".join(parts) + "</table>\n"
