"""Databases beside the site's own: opened for a while under an alias, or standing in its place."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from shuangbi.foundation.backends.sqlite.base import DatabaseWrapper
from shuangbi.foundation.errors import Refused

SQLITE = "shuangbi.foundation.backends.sqlite"


def _wrapper(path: Path, alias: str) -> DatabaseWrapper:
    """A SQLite file, with the defaults that Django gives every database."""
    entry: dict[str, Any] = {
        **connections.settings[DEFAULT_DB_ALIAS],
        "ENGINE": SQLITE, "NAME": path, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "CONN_MAX_AGE": 0,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    }
    return DatabaseWrapper(entry, alias)


@contextmanager
def opened(path: Path, alias: str) -> Iterator[BaseDatabaseWrapper]:
    """A SQLite file under an alias, for `using=`; in this thread only."""
    connections[alias] = wrapper = _wrapper(path, alias)
    try:
        yield wrapper
    finally:
        wrapper.close()
        del connections[alias]


@contextmanager
def in_place(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A SQLite file in place of the site's database: all queries of this thread go there meanwhile."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = wrapper = _wrapper(path, DEFAULT_DB_ALIAS)
    try:
        yield wrapper
    finally:
        wrapper.close()
        connections[DEFAULT_DB_ALIAS] = usual


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads of the site's database inside see one and the same moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN DEFERRED" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def postgresql_tool(name: str, *arguments: str) -> None:
    """Run pg_dump or psql on the site's database. Raises Refused with what it said, or when it is not installed."""
    entry = connection.settings_dict
    environment = {
        **os.environ, "PGHOST": str(entry["HOST"]), "PGPORT": str(entry["PORT"] or 5432),
        "PGUSER": str(entry["USER"]), "PGDATABASE": str(entry["NAME"]), "PGTZ": "UTC", "PGCLIENTENCODING": "UTF8",
    }
    if entry["PASSWORD"]:
        environment["PGPASSWORD"] = str(entry["PASSWORD"])
    try:
        done = subprocess.run([name, *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as problem:
        words = _("{tool} is not installed. Install PostgreSQL's client programs and try again.")
        raise Refused(words.format(tool=name)) from problem
    if done.returncode:
        raise Refused(_("{tool} failed: {reason}").format(tool=name, reason=done.stderr.strip()[:400]))
