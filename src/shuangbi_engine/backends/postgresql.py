"""Postings in PostgreSQL: in place on a connection that the caller has opened, or a temporary table for a folder."""

from collections.abc import Iterable

import psycopg

from shuangbi_engine.postings import INDEX, Posting

from .sqlite import SqliteBackend, column_types


class PostgresqlBackend(SqliteBackend):
    """The same query in PostgreSQL's words."""

    dialect = "postgres"


def in_memory(postings: Iterable[Posting]) -> PostgresqlBackend:
    """A temporary table that holds just these postings, on the server that PGHOST, PGUSER … name."""
    connection = psycopg.connect("")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE postings ({column_types('BIGINT')})")
        with cursor.copy("COPY postings FROM STDIN") as copy:
            for row in postings:
                copy.write_row(row)
        cursor.execute(f"CREATE INDEX ON postings ({', '.join(INDEX)})")
        cursor.execute("ANALYZE postings")
    return PostgresqlBackend(connection)
