"""SQLite with one writer at a time, first come first served, and nothing acknowledged before it is on disk.

Why: SQLite's own busy handler is unfair (slowest write seconds under 32 writers), and commits and checkpoints
must not overlap on the versions in use. The gate stands around every transaction and every autocommit write.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

from shuangbi.foundation.write_gate import Gate, gate_for

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA journal_size_limit=67108864",
    # INSERT OR REPLACE removes rows; only with this do the ledger's delete triggers see it.
    "PRAGMA recursive_triggers=ON",
)
READS = re.compile(
    r"\s*(SELECT|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|COMMIT|BEGIN|PRAGMA(?!\s+wal_checkpoint)"
    # The unit tree is read by WITH … SELECT; a WITH that writes names its verb.
    r"|WITH\b(?!.*\b(INSERT|UPDATE|DELETE|REPLACE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)


# django-stubs leave out the private halves of transactions; Django has them on every backend.
class DatabaseWrapper(base.DatabaseWrapper):
    """The wrapper Django asks for; `gate` is None for databases in memory."""

    gate: Gate | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        for pragma in PRAGMAS:
            connection.execute(pragma).close()
        name = str(self.settings_dict["NAME"])
        self.gate = None if ":memory:" in name or "mode=memory" in name else gate_for(name)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor: Any = self.connection.cursor(factory=GatedCursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        if self.gate:
            self.gate.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        if self.gate:
            self.gate.leave()

    def _commit(self) -> None:
        # A failed commit keeps the gate: Django rolls back next, and that leaves it.
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    @contextmanager
    def alone_if_writing(self, query: str) -> Iterator[None]:
        """Hold the gate for one autocommit statement; inside a transaction the gate is already held."""
        if self.gate is None or self.gate.held or READS.match(query):
            yield
            return
        self.gate.enter()
        try:
            yield
        finally:
            self.gate.leave()


class GatedCursor(base.SQLiteCursorWrapper):
    """Passes autocommit writes through the gate."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.alone_if_writing(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.alone_if_writing(query):
            return super().executemany(query, param_list)
