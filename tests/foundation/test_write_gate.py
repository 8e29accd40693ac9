"""The write gate: one at a time, in the order they came, never left shut."""

import fcntl
import threading

import pytest
from django.db import connection, transaction

from shuangbi.foundation import clock, write_gate
from shuangbi.foundation.backends.sqlite.base import READS
from shuangbi.foundation.write_gate import Gate, GateBusy, gate_for, writing
from shuangbi.upkeep.databases import in_place


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path / "a.gate")


@pytest.fixture
def file_database(tmp_path, django_db_blocker):
    """A SQLite file with one table, in place of the site's database."""
    with django_db_blocker.unblock(), in_place(tmp_path / "a.sqlite3") as wrapper:
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE word (text TEXT UNIQUE)")
        yield wrapper


def _until(true) -> None:
    """Wait for another thread without a clock; the test's own time limit is the patience of the gate."""
    turn = threading.Event()
    while not true():
        turn.wait(0.0005)


def test_first_come_first_served(gate):
    order = []

    def work(name):
        gate.enter()
        order.append(name)
        gate.leave()

    gate.enter()
    threads = []
    for name in range(8):
        threads.append(threading.Thread(target=work, args=(name,)))
        threads[-1].start()
        _until(lambda: len(gate._waiting) == len(threads))
    gate.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert not gate.held


def test_who_holds_it_may_enter_again_and_only_they_leave(gate):
    gate.enter()
    gate.enter()
    assert gate.held
    other = threading.Thread(target=gate.leave)
    other.start()
    other.join()
    assert gate.held
    gate.leave()
    assert not gate.held
    gate.leave()


def test_it_is_busy_while_a_thread_holds_it_and_the_queue_goes_on_after(gate, monkeypatch):
    monkeypatch.setattr(write_gate, "PATIENCE_SECONDS", 0.02)
    found = []

    def work():
        try:
            gate.enter()
        except GateBusy:
            found.append("busy")

    gate.enter()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["busy"]
    gate.leave()
    gate.enter()
    gate.leave()


def test_it_is_busy_while_another_process_holds_it(gate, monkeypatch, tmp_path):
    monkeypatch.setattr(write_gate, "PATIENCE_SECONDS", 0.02)
    with (tmp_path / "a.gate").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)  # another open file is another process to flock
        with pytest.raises(GateBusy):
            gate.enter()
        assert not gate.held
    gate.enter()
    assert gate.held
    gate.leave()


def test_a_folder_that_is_gone_does_not_shut_it(tmp_path):
    gate = Gate(tmp_path / "absent" / "a.gate")
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            gate.enter()
    (tmp_path / "absent").mkdir()
    gate.enter()
    gate.leave()


def test_one_gate_for_one_database(tmp_path):
    assert gate_for(str(tmp_path / "a")) is gate_for(str(tmp_path / "a"))
    assert gate_for(str(tmp_path / "a")) is not gate_for(str(tmp_path / "b"))


def test_a_transaction_holds_the_gate_and_lets_go(file_database):
    gate = file_database.gate
    with writing():
        assert gate.held
        with writing():
            assert gate.held
        assert gate.held
    assert not gate.held
    with pytest.raises(ZeroDivisionError), writing():
        _ = 1 / 0
    assert not gate.held


def test_a_failed_statement_and_a_failed_commit_let_go(file_database):
    gate = file_database.gate
    with pytest.raises(Exception, match="UNIQUE"), writing(), file_database.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('a'), ('a')")
    assert not gate.held
    with file_database.cursor() as cursor:
        cursor.execute("CREATE TABLE child (text TEXT REFERENCES word (text) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(Exception, match="FOREIGN KEY"), transaction.atomic(), file_database.cursor() as cursor:
        cursor.execute("INSERT INTO child VALUES ('nowhere')")
    assert not gate.held
    with writing(), file_database.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('after')")


def test_closing_lets_go(file_database):
    file_database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert file_database.gate.held
    gate = file_database.gate
    file_database.close()
    assert not gate.held


def test_an_autocommit_write_passes_the_gate_and_a_read_does_not(file_database, monkeypatch):
    entered = []
    monkeypatch.setattr(Gate, "enter", lambda self: entered.append("in"))
    with file_database.cursor() as cursor:
        cursor.execute("SELECT * FROM word")
        cursor.execute("WITH a AS (SELECT text FROM word) SELECT * FROM a")
        assert entered == []
        cursor.execute("INSERT INTO word VALUES ('a')")
        cursor.executemany("INSERT INTO word VALUES (%s)", [["b"], ["c"]])
    assert entered == ["in", "in"]


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        ("SELECT 1", True), ("  select 1", True), ("EXPLAIN SELECT 1", True), ("SAVEPOINT a", True), ("BEGIN", True),
        ("PRAGMA foreign_keys", True), ("PRAGMA wal_checkpoint(FULL)", False), ("WITH a AS (SELECT 1) SELECT 1", True),
        ("WITH a AS (SELECT 1)\nINSERT INTO b SELECT * FROM a", False), ("INSERT INTO a VALUES (1)", False),
        ("UPDATE a SET b = 1", False), ("DELETE FROM a", False), ("CREATE TABLE a (b)", False), ("VACUUM", False),
        ("WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT 2) SELECT replaced FROM t", True), ("SELECTED", False),
    ],
)
def test_what_is_a_read(statement, reads):
    assert bool(READS.match(statement)) is reads


def test_a_file_database_keeps_what_it_acknowledges(file_database):
    with file_database.cursor() as cursor:
        found = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size", "recursive_triggers"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = (cursor.fetchone() or [0])[0]
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0, "recursive_triggers": 1}


def test_the_clock_stands_still_in_a_transaction(file_database):
    with writing():
        first = clock.now()
        with writing():
            assert clock.now() == first
    assert clock.now() > first


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_lock_is_the_first_statement(django_assert_num_queries):
    if connection.vendor != "postgresql":
        pytest.skip("the advisory lock is PostgreSQL's")
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries, writing():
        pass
    statements = [query["sql"] for query in queries.captured_queries]
    assert "lock_timeout" in statements[1]
    assert "pg_advisory_xact_lock" in statements[2]
