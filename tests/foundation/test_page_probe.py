"""The script that looks for overflow, clipped text and untranslated words finds each, and nothing on a sound page."""

from collections.abc import Iterator
from typing import Any

import pytest

screenshots = pytest.importorskip("tools.screenshots", reason="the browser extra is not installed")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    if screenshots.browser_path() is None:
        pytest.skip("no Chromium on this machine")
    with screenshots.browser() as opened:
        yield opened.new_page(viewport={"width": 390, "height": 600})


def found(tab: Any, body: str, language: str = "zh", title: str = "") -> list[str]:
    tab.set_content(f"<!doctype html><html><title>{title}</title><body style='margin:0'>{body}")
    findings: list[str] = tab.evaluate(screenshots.PROBE.read_text(encoding="utf-8"), {"language": language, "print": False})
    return findings


def test_a_sound_page_has_no_findings(tab: Any) -> None:
    body = "<p>示例市 2020-09 PDF 12.6 亿元</p><p data-content>Sample GmbH</p><table style='width:100%'><tr><td>通报</td></tr></table>"

    assert found(tab, body) == []


def test_overflow_names_what_sticks_out(tab: Any) -> None:
    findings = found(tab, "<div class='wide' style='width:500px'>宽</div>")

    assert findings == ["overflow: the page is 110 px wider than its window", "overflow: div.wide “宽”"]


def test_clipped_text_is_found(tab: Any) -> None:
    findings = found(tab, "<div class='cut' style='width:40px;overflow:hidden;white-space:nowrap'>一二三四五六七八九</div>")

    assert findings == ["clipped: div.cut “一二三四五六七八九”"]


def test_untranslated_words_are_found_in_text_hints_and_title(tab: Any) -> None:
    assert found(tab, "<p>Dashboard</p><input placeholder='Search'>") == ["untranslated: “Dashboard”", "untranslated: “Search”"]
    assert found(tab, "<p>Rank</p><p>总投资</p><p>12 亿元</p>", "en") == ["untranslated: “总投资”"]
    assert found(tab, "<p>Rank</p><p lang='zh'>总投资</p>", "en", "首页 · 示例市") == ["untranslated: “首页”"]
