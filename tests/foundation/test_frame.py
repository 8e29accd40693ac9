"""The frame: one title in two places, the marks that every page carries, errors that give nothing away."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from shuangbi.foundation.gallery import gallery

ERRORS = ["400", "403", "403_csrf", "404", "413", "500", "503"]


def page(template: str = "foundation/base.html", language: str = "zh-hans", **context: Any) -> str:
    with translation.override(language):
        return render_to_string(template, {"site_name": "示例市", **context}, request=RequestFactory().get("/somewhere/?id=7"))


def test_every_page_says_that_it_is_not_classified_and_when_it_is_a_demo() -> None:
    plain, demo = page(is_demo=False), page(is_demo=True)

    assert plain.count("本系统为非涉密系统") == 2
    assert "演示数据" not in plain
    assert demo.count("演示数据") == 2
    assert "本系统为非涉密系统" in page("foundation/blank.html")
    assert "演示数据" in page("foundation/blank.html", is_demo=True)


@pytest.mark.parametrize("query", ["", "?errors=1"])
def test_the_gallery_draws_every_component_under_one_title(query: str) -> None:
    request = RequestFactory().get(f"/gallery/{query}")
    request.user = SimpleNamespace(is_authenticated=True)
    request.access = SimpleNamespace(roles=frozenset())
    request._messages = CookieStorage(request)

    with translation.override("en"):
        text = gallery(request).content.decode()

    assert "<title>Components · " in text
    assert "<h1>Components</h1>" in text
    assert ("data-error-summary" in text) == bool(query)
    assert text.count('type="application/json"') == 3


def test_the_language_of_the_page_is_declared() -> None:
    assert '<html lang="zh-hans"' in page()
    assert '<html lang="en"' in page(language="en")


def test_the_page_where_one_is_stands_out_in_the_navigation() -> None:
    text = page(navigation=[("项目", "/projects/", True), ("通报", "/bulletins/", False)], person="李示例")

    assert '<a href="/projects/" aria-current="page">项目</a>' in text
    assert '<a href="/bulletins/">通报</a>' in text
    assert 'action="/log-out/"' in text


def test_the_ledger_position_is_shown_where_known() -> None:
    assert "台账序号" not in page(ledger_position=None)
    assert "台账序号 0" in page(ledger_position=0)


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_errors_hold_no_address_no_token_and_are_equal_to_the_byte(name: str, language: str) -> None:
    first, second = page(f"{name}.html", language), page(f"{name}.html", language)

    assert first == second
    assert "somewhere" not in first
    assert "csrfmiddlewaretoken" not in first
    assert bool(re.search("[\u4e00-\u9fff]", first.replace("示例市", ""))) == (language == "zh-hans")


def test_a_full_disk_and_a_busy_gate_say_different_things() -> None:
    assert "磁盘空间已满" in page("503.html", reason="full")
    assert "系统繁忙" in page("503.html", reason="busy")
