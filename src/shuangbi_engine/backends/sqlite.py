"""Postings in a SQLite database: any DB-API connection in place, or in memory for a folder."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from shuangbi_engine.postings import COLUMNS, INDEX, Posting

_TYPES = {"unit": "TEXT", "subject": "TEXT", "state": "TEXT", "credit": "TEXT", "tags": "TEXT"}


class SqliteBackend:
    """Queries on a connection; nothing is written but by `in_memory`."""

    dialect = "sqlite"
    indexed = True

    def __init__(self, connection: Any, table: str = "postings") -> None:
        self.connection = connection
        self.table = table

    def rows(self, sql: str) -> Iterable[Sequence[object]]:
        """Run a query and give all its rows."""
        cursor = self.connection.cursor()
        cursor.execute(sql)
        found: Sequence[Sequence[object]] = cursor.fetchall()
        return found


def in_memory(postings: Iterable[Posting]) -> SqliteBackend:
    """A database of its own that holds just these postings."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE postings ({column_types('INTEGER')})")
    places = ", ".join("?" for _ in COLUMNS)
    connection.executemany(f"INSERT INTO postings VALUES ({places})", postings)  # noqa: S608
    connection.execute(f"CREATE INDEX by_state ON postings ({', '.join(INDEX)})")
    return SqliteBackend(connection)


def column_types(integer: str) -> str:
    """The columns of a table of postings, with the database's name for 64-bit integers."""
    return ", ".join(f'"{name}" {_TYPES.get(name, integer)} NOT NULL' for name in COLUMNS)
