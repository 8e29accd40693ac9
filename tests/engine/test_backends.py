"""The same integers everywhere, and what is said where an engine is not there."""

import os
import sqlite3
import sys
from random import Random

import pytest

from shuangbi_engine import backends
from shuangbi_engine.backends import BackendMissing, backend, sqlite
from shuangbi_engine.measure import subject_rows, unit_sums
from shuangbi_engine.measuring import measured_values
from shuangbi_engine.numbers import LIMIT, TooLarge
from shuangbi_engine.postings import Posting, fold
from shuangbi_engine.scheme import Filter, Measure
from tests.engine.histories import world

SIGNED = Measure("m", "m", "signed", 2, "owner", "amount", "round", "fen")


def posting(amount, seq=1, day=10, unit="A"):
    return Posting(unit, "P", "signed", "owner", 2, day, seq, 0, "", amount, 10_000)


def test_sqlite_and_duckdb_give_the_same_values():
    for seed in range(25):
        scheme, found, facts = world(Random(seed))
        postings = [row for history in found for row in fold(history, scheme.policy)]
        for seq in (3, None):
            here = measured_values(backend("sqlite").in_memory(postings), scheme, facts, "2020-09", seq)
            there = measured_values(backend("duckdb").in_memory(postings), scheme, facts, "2020-09", seq)
            assert here == there


def test_parquet_postings_are_summed_in_place(tmp_path):
    duckdb = backend("duckdb")
    rows = [posting(5), posting(7, seq=2), posting(-2, seq=3)]

    duckdb.write_parquet(rows, tmp_path / "postings.parquet")
    sums = unit_sums(duckdb.on_parquet(str(tmp_path / "*.parquet")), [SIGNED], [(1, 20)], [1, 2, 9])

    assert [sums.of(cut, (1, 20), "m") for cut in (1, 2, 9)] == [{"A": 5}, {"A": 12}, {"A": 10}]


def test_windows_overlap_and_cutoffs_are_prefixes():
    place = sqlite.in_memory(
        [posting(1, seq=1, day=1), posting(10, seq=2, day=5), posting(100, seq=3, day=9, unit="B")]
    )

    sums = unit_sums(place, [SIGNED], [(1, 5), (5, 9), (2, 4)], [2, 3])

    assert sums.of(2, (1, 5), "m") == {"A": 11}
    assert sums.of(3, (5, 9), "m") == {"A": 10, "B": 100}
    assert sums.of(2, (5, 9), "m") == {"A": 10}
    assert sums.of(3, (2, 4), "m") == {}


def test_nothing_asked_is_nothing_summed():
    assert unit_sums(sqlite.in_memory([]), [], [(1, 2)], [1]).totals == {}
    assert unit_sums(sqlite.in_memory([]), [SIGNED], [], [1]).totals == {}


def test_sums_beyond_the_limit_are_refused():
    rows = [posting(LIMIT), posting(1, day=11)]

    with pytest.raises(TooLarge):
        unit_sums(sqlite.in_memory(rows), [SIGNED], [(1, 20)], [9])
    with pytest.raises(TooLarge):
        subject_rows(sqlite.in_memory(rows), SIGNED, (1, 20), 9)


def test_texts_from_a_database_are_refused_where_numbers_belong():
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE postings (unit, subject, state, credit, level, day, seq, size, tags, amount, count)"
    )
    connection.execute("INSERT INTO postings VALUES ('A','P','signed','owner',2,10,1,0.5,'',1,1)")

    with pytest.raises(TypeError):
        subject_rows(sqlite.SqliteBackend(connection), SIGNED, (1, 20), 9)


def test_a_table_may_be_a_subquery():
    place = sqlite.in_memory([posting(5), posting(7, unit="B")])
    place.table = "(SELECT * FROM postings WHERE unit = 'B') AS postings"

    assert unit_sums(place, [SIGNED], [(1, 20)], [9]).of(9, (1, 20), "m") == {"B": 7}


def test_postgresql_is_asked_in_its_own_words():
    pytest.importorskip("psycopg")
    asked = []

    class Recorded(backend("postgresql").PostgresqlBackend):
        """Keeps the text of the query instead of running it."""

        def rows(self, sql):
            asked.append(sql)
            return []

    where = Filter(1, 9, (("|list:key|",),), ("|tag:old|",))
    measure = Measure("m", "m", "signed", 2, "owner", "count", "round", "count", where)

    unit_sums(Recorded(None), [measure], [(1, 20), (5, 9)], [1, 2, 3])

    assert "POSITION('|list:key|' IN tags) > 0" in asked[0]
    assert "NOT (POSITION('|tag:old|' IN tags) > 0)" in asked[0]
    assert 'CAST(SUM("count") AS BIGINT)' in asked[0]


@pytest.mark.skipif(not os.environ.get("PGHOST"), reason="no PostgreSQL named by PGHOST")
def test_postgresql_gives_the_same_values():
    for seed in range(10):
        scheme, found, facts = world(Random(seed))
        postings = [row for history in found for row in fold(history, scheme.policy)]
        here = measured_values(backend("sqlite").in_memory(postings), scheme, facts, "2020-09")
        there = backend("postgresql").in_memory(postings)
        assert here == measured_values(there, scheme, facts, "2020-09")
        there.connection.close()


def test_engines_that_are_not_there_say_what_to_do(monkeypatch):
    with pytest.raises(BackendMissing, match="not built yet"):
        backend("spark")
    with pytest.raises(BackendMissing, match="choose sqlite"):
        backend("oracle")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.delitem(sys.modules, "shuangbi_engine.backends.duckdb", raising=False)
    monkeypatch.delattr(backends, "duckdb", raising=False)
    with pytest.raises(BackendMissing, match=r"install shuangbi\[columnar\]"):
        backend("duckdb")
