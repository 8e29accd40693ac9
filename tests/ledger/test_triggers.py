"""Facts and checkpoints stand: neither program nor hand changes or removes them."""

import pytest
from django.db import DatabaseError, connection, transaction

from shuangbi.ledger.actions import make_checkpoint, record
from shuangbi.ledger.models import Checkpoint, Fact
from tests.ledger.stories import REPORTER, nothing, told

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE {table} SET seq = seq + 1",
    "UPDATE {table} SET seq = seq",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE seq = 1",
]


def _stand() -> None:
    record(draft=told("one"), by=REPORTER, apply=nothing)
    make_checkpoint()


@pytest.mark.parametrize("table", ["ledger_fact", "ledger_checkpoint"])
@pytest.mark.parametrize("statement", CHANGES)
def test_a_fact_or_checkpoint_is_neither_changed_nor_removed(table, statement):
    _stand()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
    assert (Fact.objects.count(), Checkpoint.objects.count()) == (1, 1)


def test_the_orm_cannot_change_a_fact_either():
    _stand()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Fact.objects.update(kind="stories.untold")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Fact.objects.get().delete()
    assert Fact.objects.get().kind == "stories.told"


def test_no_replacing_insert_removes_a_fact():
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    _stand()
    columns = "uuid, kind, version, subject, effective_on, recorded_at, idempotency_key, body, prev_hash, hash, hash_algorithm"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO ledger_fact (seq, {columns}) SELECT seq, {columns} FROM ledger_fact")


def test_postgresql_refuses_to_truncate():
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    _stand()
    for table in ("ledger_fact", "ledger_checkpoint"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_flush_between_transactional_tests_empties_the_ledger_and_the_triggers_stand_again(turn):
    assert Fact.objects.count() == 0
    _stand()
    with pytest.raises(DatabaseError, match="append-only"):
        Fact.objects.all().delete()
