"""Postings as Parquet files or in memory, summed by DuckDB (extra `columnar`)."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from shuangbi_engine.postings import COLUMNS, Posting


class DuckdbBackend:
    """Queries on a DuckDB connection."""

    dialect = "duckdb"
    indexed = False

    def __init__(self, connection: Any, table: str = "postings") -> None:
        self.connection = connection
        self.table = table

    def rows(self, sql: str) -> Iterable[Sequence[object]]:
        """Run a query and give all its rows."""
        found: Sequence[Sequence[object]] = self.connection.execute(sql).fetchall()
        return found


def on_parquet(files: str) -> DuckdbBackend:
    """Postings in place, in one or many Parquet files (a path, or a pattern with *)."""
    connection = duckdb.connect()
    connection.read_parquet(files).create_view("postings")
    return DuckdbBackend(connection)


def in_memory(postings: Iterable[Posting]) -> DuckdbBackend:
    """A database of its own that holds just these postings."""
    columns = list(zip(*postings, strict=True)) or [() for _ in COLUMNS]
    connection = duckdb.connect()
    texts = {"unit", "subject", "state", "credit", "tags"}
    spec = ", ".join(f'"{name}" {"VARCHAR" if name in texts else "BIGINT"}' for name in COLUMNS)
    connection.execute(f"CREATE TABLE postings ({spec})")
    if columns[0]:
        unnested = ", ".join(f"unnest(?::{'VARCHAR' if name in texts else 'BIGINT'}[])" for name in COLUMNS)
        connection.execute(f"INSERT INTO postings SELECT {unnested}", [list(part) for part in columns])
    return DuckdbBackend(connection)


def write_parquet(postings: Iterable[Posting], file: Path) -> None:
    """Keep postings as one Parquet file, ordered so that cutoffs and states are read in runs."""
    connection = in_memory(postings).connection
    connection.sql("SELECT * FROM postings ORDER BY seq, state, credit, level").write_parquet(
        str(file), compression="zstd"
    )


def read_parquet(file: Path) -> tuple[list[str], list[list[str]]]:
    """A fact table as a header and rows of text; None becomes an empty cell."""
    relation = duckdb.connect().read_parquet(str(file))
    texts = relation.project(", ".join(f'CAST("{_quoted(name)}" AS VARCHAR)' for name in relation.columns))
    return list(relation.columns), [[cell or "" for cell in row] for row in texts.fetchall()]


def _quoted(name: str) -> str:
    return name.replace('"', '""')
