"""The same integers on every database, for random schemes over random histories."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from shuangbi_engine.backends import backend
from shuangbi_engine.measuring import measured_at
from shuangbi_engine.postings import fold
from tests.engine.oracle.comparing import Engine, histories
from tests.engine.oracle.random_world import LAST, ROUNDS, world

WORLDS = 60 if os.environ.get("SHUANGBI_TIER") == "ci" else 6
CUTOFFS = (0, 3, 11, LAST, None)


def conforms(found: Any, place: Any, engine: Engine) -> None:
    """Every round of a world at many cutoffs gives on a database what it gives on SQLite."""
    known_from_the_first = {row.round for row in found.facts.rounds if row.seq == 0}
    for round_name in (name for name in ROUNDS if name in known_from_the_first):
        here = measured_at(engine.place, engine.scheme, engine.facts, round_name, CUTOFFS)
        there = measured_at(place, engine.scheme, engine.facts, round_name, CUTOFFS)
        assert there == here


def worlds() -> Iterator[tuple[Any, Engine, list[Any]]]:
    for number in range(WORLDS):
        found = world(f"conformance-{number}")
        engine = Engine(found)
        yield found, engine, [row for history in histories(found) for row in fold(history, engine.scheme.policy)]


def test_duckdb_in_memory_and_on_parquet_give_the_same_integers(tmp_path):
    duckdb = backend("duckdb")
    for number, (found, engine, postings) in enumerate(worlds()):
        conforms(found, duckdb.in_memory(postings), engine)
        file = tmp_path / f"{number}.parquet"
        duckdb.write_parquet(postings, file)
        conforms(found, duckdb.on_parquet(str(file)), engine)


@pytest.mark.skipif(not os.environ.get("SHUANGBI_DATABASE_URL"), reason="SHUANGBI_DATABASE_URL names no PostgreSQL")
def test_postgresql_gives_the_same_integers():
    psycopg = pytest.importorskip("psycopg")
    postgresql = backend("postgresql")
    for found, engine, postings in worlds():
        with psycopg.connect(os.environ["SHUANGBI_DATABASE_URL"]) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE conforming ({postgresql.column_types('BIGINT')})")
            with cursor.copy("COPY conforming FROM STDIN") as copy:
                for row in postings:
                    copy.write_row(row)
            conforms(found, postgresql.PostgresqlBackend(connection, "conforming"), engine)
            connection.rollback()
