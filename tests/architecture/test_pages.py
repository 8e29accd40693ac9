"""View, URL, template and test share one name; every URL says who may."""

import ast
import inspect
from pathlib import Path

import pytest

from shuangbi.foundation.pages import ANYONE, PERSON
from shuangbi.organisations.choices import Role
from tests.architecture.routes import Route, routes
from tests.architecture.sources import ROOT, SITE, require_none
from tests.architecture.who_may import PAGE, page


def test_every_url_says_who_may_and_by_which_methods() -> None:
    require_none([f"{route}: no @page" for route in routes() if route.who is None or not route.methods])


def test_every_url_names_only_roles_that_exist() -> None:
    known = {*Role.values, *ANYONE, *PERSON}

    require_none([f"{route}: {sorted(route.who - known)}" for route in routes() if route.who and route.who - known])


def test_only_the_door_the_language_and_the_pulse_are_open_to_strangers() -> None:
    open_to_all = {route.name for route in routes() if route.who == ANYONE}

    assert open_to_all <= {
        "foundation:health", "foundation:set-language", "organisations:log-in", "foundation:file-too-large", "foundation:gallery",
    }


def test_url_and_view_share_one_name() -> None:
    require_none([
        f"{route} is served by {route.view_name}"
        for route in routes()
        if route.name.split(":")[-1] != route.view_name.replace("_", "-")
    ])


def test_url_names_carry_the_room_of_their_view() -> None:
    require_none([f"{route} lives in {route.room}" for route in routes() if route.name.split(":")[0] != route.room])


def templates_named_in(route: Route) -> set[str]:
    """The templates that a view's own source names."""
    source = inspect.getsource(inspect.unwrap(route.view))
    tree = ast.parse(inspect.cleandoc("\n" + source) if source.startswith(" ") else source)
    return {
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html")
    }


def test_a_view_draws_the_template_of_its_name() -> None:
    wrong = []
    for route in routes():
        named = templates_named_in(route)
        own = f"{route.room}/{route.view_name}.html"
        if named and own not in named and "GET" in route.methods:  # a refused POST may show the page it came from
            wrong.append(f"{route} draws {sorted(named)}")
        if own in named and not (SITE / route.room / "templates" / own).exists():
            wrong.append(f"{own} is missing")

    require_none(wrong)


def test_every_page_template_is_drawn_by_a_view_of_its_name() -> None:
    """Pages stand directly in templates/<room>/; what they share stands in a folder below."""
    views = {(route.room, route.view_name) for route in routes()}
    # Drawn by axes and by Django's own handlers, not by a URL.
    without_url = {("organisations", "locked_out")}
    shared = {"skeleton", "base", "blank", "error"}
    wrong = [
        str(path.relative_to(SITE))
        for room in sorted({room for room, _view in views})
        for path in sorted((SITE / room / "templates" / room).glob("*.html"))
        if (room, path.stem) not in views | without_url and not (room == "foundation" and path.stem in shared)
    ]

    require_none(wrong)


def test_every_page_has_the_test_of_its_name() -> None:
    missing = [
        f"{route}: tests/{route.room}/pages/test_{route.view_name}.py"
        for route in routes()
        if route.room != "foundation" and not (ROOT / f"tests/{route.room}/pages/test_{route.view_name}.py").exists()
    ]

    require_none(missing)


def test_page_tests_belong_to_pages() -> None:
    views = {(route.room, f"test_{route.view_name}") for route in routes()}
    stray = [
        str(path.relative_to(ROOT))
        for path in sorted(Path(ROOT / "tests").glob("*/pages/test_*.py"))
        if path.parts[-3] != "foundation" and (path.parts[-3], path.stem) not in views
    ]

    require_none(stray)


@pytest.mark.parametrize("word", ["admin", "accounts/signup", "password/reset"])
def test_there_is_no_back_door(word: str) -> None:
    assert not any(route.pattern.startswith(word) for route in routes())


def test_who_may_open_which_address_is_as_written_down() -> None:
    """After a change that is meant: `python -m tests.architecture.who_may`, and look at the difference."""
    written = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    now = page().splitlines()

    require_none([f"- {line}" for line in written if line not in now] + [f"+ {line}" for line in now if line not in written])
