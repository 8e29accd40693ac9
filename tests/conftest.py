"""What every test stands on: a home of its own, the network shut, and the cast."""

import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# Set before the settings are read: pytest-django would read them first if pyproject named the module.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuangbi.settings")
os.environ.setdefault("SHUANGBI_TESTING", "1")
os.environ.setdefault("SHUANGBI_HOME", tempfile.mkdtemp(prefix="shuangbi-test-"))
os.environ.setdefault("SHUANGBI_SECRET_KEY", "tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
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
