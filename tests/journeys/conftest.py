"""A real browser before a real server; without Chromium these stories are skipped, and the run says so."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    from tools import screenshots

    if screenshots.browser_path() is None:
        pytest.skip("there is no Chromium on this machine")
    with screenshots.browser() as launched:
        yield launched


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[[], Visitor]]:
    """A new person before a browser of their own, at the screen of a county's office."""
    visitors: list[Visitor] = []

    def come() -> Visitor:
        visitors.append(Visitor(chromium, live_server.url))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.context.close()
