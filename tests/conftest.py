"""What every test stands on: a home of its own, the network shut, and the cast."""

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# Set before the settings are read: pytest-django would read them first if pyproject named the module. The settings of a
# real site that stand in the environment are put aside: its home, above all, is not the tests' to write in.
KEPT = {"SHUANGBI_DATABASE_URL", "SHUANGBI_TIER", "SHUANGBI_VENV"}
for name in [name for name in os.environ if name.startswith("SHUANGBI_") and name not in KEPT]:
    del os.environ[name]
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "shuangbi.settings", "SHUANGBI_TESTING": "1", "SHUANGBI_SECRET_KEY": "tests-only",
    "SHUANGBI_HOME": tempfile.mkdtemp(prefix="shuangbi-test-"), "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}


def clear_up(home: str, made_by: int) -> None:
    """Remove the home with the process that made it; a forked child leaves it alone."""
    if os.getpid() == made_by:
        shutil.rmtree(home, ignore_errors=True)


atexit.register(clear_up, os.environ["SHUANGBI_HOME"], os.getpid())
for folder in ("data", "files", "keys", "static"):
    (Path(os.environ["SHUANGBI_HOME"]) / folder).mkdir(parents=True, exist_ok=True)

from django.conf import settings  # noqa: E402

assert settings.TESTING, "unset DJANGO_SETTINGS_MODULE: the tests set their own environment first"

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Passwords in tests are hashed cheaply; what hashes them in earnest has its own test."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def chromium() -> str | None:
    """The browser for tests marked `browser`; without one, or without Playwright, they are skipped."""
    if find_spec("playwright") is None:
        return None
    from tools.screenshots import browser_path

    return browser_path()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Playwright drives the machine's own Chromium; nothing is downloaded."""
    return {"executable_path": chromium(), "args": ["--disable-gpu"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if any(item.get_closest_marker("browser") for item in items) and chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(autouse=True, scope="session")
def shut_network() -> Iterator[None]:
    """No test speaks to another machine."""
    plain = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise RuntimeError(f"a test wanted to reach {address[0]}")
        plain(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = plain  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """A database a worker: on PostgreSQL by its name. SQLite's is in memory, and pytest-django knows that only of
    Django's own backend."""
    from pytest_django.fixtures import _set_suffix_to_test_databases

    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    if worker and settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        _set_suffix_to_test_databases(suffix=worker)


@pytest.fixture
def cast(db: None) -> "Cast":
    """One region, its units, and a person for every role (tests/cast.py)."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def demo_day() -> Iterator[datetime]:
    """The business clock held at Tuesday 20 October 2020, 09:00 in Shanghai, the demo city's today."""
    from shuangbi.foundation import clock

    moment = datetime(2020, 10, 20, 9, 0, tzinfo=clock.SHANGHAI)
    with clock.standing_at(moment):
        yield moment


@pytest.fixture(autouse=True, scope="session")
def ledger_unlocked() -> Iterator[None]:
    """Lift the ledger's triggers for the flush after a transactional or browser test, and only for it."""
    from django.db import connection
    from django.test import TransactionTestCase

    from shuangbi.ledger import triggers

    flush = TransactionTestCase._fixture_teardown

    def unlocked(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for table in triggers.TABLES:
                names = ("no_update", "no_delete") if connection.vendor == "sqlite" else ("no_change", "no_truncate")
                for name in names:
                    on = "" if connection.vendor == "sqlite" else f" ON {table}"
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")
        try:
            flush(self)
        finally:
            triggers.put_up(connection)

    TransactionTestCase._fixture_teardown = unlocked  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def note_what_is_exercised() -> None:
    """Every address and template that a test uses is noted; a whole run that leaves one out fails (tests/exercised.py)."""
    from tests.exercised import listen

    listen()


class FromWorkers:
    """With pytest-xdist: gathers what the workers saw."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        from tests.exercised import SEEN

        for kind, found in getattr(node, "workeroutput", {}).get("exercised", {}).items():
            SEEN[kind].update(found)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(FromWorkers(), "exercised-from-workers")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    from tests.exercised import judge

    judge(session)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    missing = getattr(config, "_exercised_missing", [])
    if missing:
        terminalreporter.section("never exercised by a whole run of the tests")
        for line in missing:
            terminalreporter.write_line(line)
