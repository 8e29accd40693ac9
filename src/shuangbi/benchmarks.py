"""`shuangbi bench`: the engine's rows, then the site's: pages, papers and the command from cold, on a copy of the demo's tables."""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import frozen_document
from shuangbi.bulletins.writers import WRITERS
from shuangbi.organisations.models import Person
from shuangbi_engine.bench import Timing, engine_timings, seconds_of

READERS = ("office", "yundu-reporter", "leader")
ISSUE = "2020-weekly-2"
EACH = 2
"""How many addresses of one view are opened."""


def run_benchmarks(*, size: str) -> list[dict[str, Any]]:
    """Rows of DESIGN §5: the engine on a synthetic city, the site on the demo. What is left out is said on stderr."""
    found, left_out = engine_timings()
    rows = [timing.as_dict(size) for timing in found]
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not (settings.IS_DEMO and database.exists()):
        left_out.append("pages, papers and standing: there is no demo (shuangbi demo --no-serve)")
    else:
        with _copied(database):
            rows += [row for part in (_pages(), _papers(), _cold()) for row in part]
    for line in left_out:
        sys.stderr.write(f"{line}\n")
    return rows


@contextmanager
def _copied(database: Path) -> Iterator[None]:
    """The demo's tables in a file of their own, so that a log-in leaves nothing behind in them."""
    with tempfile.TemporaryDirectory(prefix="shuangbi-bench-") as name:
        copy = Path(name) / database.name
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        connection.close()
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = database


def _pages() -> Iterator[dict[str, Any]]:
    """Every page that links lead to from home, for three roles: warm server time, and the most queries of one page."""
    times: list[tuple[Any, str]] = []
    queries = 0
    for username in READERS:
        client = Client()
        client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        for path in _linked(client):
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            queries = max(queries, len(asked))
            times.append((seconds_of(lambda client=client, path=path: client.get(path), 3), resolve(path.split("?")[0]).view_name))  # type: ignore[misc]
    times.sort()
    slowest, name = times[-1]
    ordered = [seconds for seconds, _name in times]
    yield _row("pages, median", "django", median(ordered), pages=len(times))
    yield _row("pages, p95", "django", ordered[int(len(ordered) * 0.95)], queries=queries)
    yield _row(f"slowest page, {name}", "django", slowest)


def _linked(client: Client) -> list[str]:
    """Addresses of pages, two of each view, found by following links three deep."""
    seen: dict[str, list[str]] = {}
    waiting = ["/"]
    for _depth in range(3):
        found: list[str] = []
        for path in waiting:
            response = client.get(path)
            if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
                seen[resolve(path.split("?")[0]).view_name].remove(path)
                continue
            found += re.findall(r'href="(/[^"#]*)"', response.content.decode())
        waiting = [path for path in dict.fromkeys(found) if _is_new(path.replace("&amp;", "&"), seen)]
    return [path for paths in seen.values() for path in paths]


def _is_new(path: str, seen: dict[str, list[str]]) -> bool:
    """Note an address of a view that has not been seen often enough."""
    try:
        known = seen.setdefault(resolve(path.split("?")[0]).view_name, [])
    except Resolver404:
        return False
    if path in known or len(known) >= EACH or "logout" in path:
        return False
    known.append(path)
    return True


def _papers() -> Iterator[dict[str, Any]]:
    """A whole bulletin written warm; the title changes each time, so that nothing is remembered."""
    document = frozen_document(Issue.objects.filter(name=ISSUE).latest("id"), "internal")
    number = count()
    for form in ("pdf", "docx"):
        write = WRITERS[form].render
        yield _row(form, "typst" if form == "pdf" else "python-docx", seconds_of(
            lambda write=write: write(replace(document, title=f"{document.title}{next(number)}")), 9))  # type: ignore[misc]


def _cold() -> Iterator[dict[str, Any]]:
    """The command from the start of its process to its end."""
    command = [sys.executable, "-m", "shuangbi.cli", "standing", "2020-09", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1]), "SHUANGBI_HOME": str(settings.HOME)}
    seconds = seconds_of(lambda: subprocess.run(command, check=True, capture_output=True, env=environment), 3)
    yield _row("standing, from cold", "sqlite", seconds)


def _row(work: str, engine: str, seconds: Any, **more: Any) -> dict[str, Any]:
    return {**Timing(work, engine, seconds).as_dict("city"), **more}
