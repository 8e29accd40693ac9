"""Postings in PostgreSQL, in place, on a connection that the caller has opened."""

from .sqlite import SqliteBackend


class PostgresqlBackend(SqliteBackend):
    """The same query in PostgreSQL's words."""

    dialect = "postgres"
