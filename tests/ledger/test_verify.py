"""The chain as proved by the site and by the stand-alone verifier: both say the same of every kind of tampering."""

import importlib.util
import json
import shutil
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shuangbi.foundation.errors import Refused
from shuangbi.ledger import chain
from shuangbi.ledger.actions import make_checkpoint, record, record_many
from shuangbi.ledger.models import Checkpoint, Fact
from shuangbi.ledger.verify import verify
from tests.ledger.stories import OTHER, REPORTER, nothing, told
from tests.ledger.tampering import do, lift_triggers

pytestmark = pytest.mark.django_db
TOOL = Path(__file__).parents[2] / "tools" / "verify_chain.py"
_spec = importlib.util.spec_from_file_location("verify_chain", TOOL)
verify_chain = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(verify_chain)
LAST = 12


def _ledger() -> str:
    """Twelve facts with a checkpoint inside at the eighth; the text of an outside checkpoint at the tenth."""
    record_many(drafts=[told(f"事 {n}", n) for n in range(8)], by=REPORTER, apply=nothing, key="eight")
    make_checkpoint()
    record_many(drafts=[told(f"later {n}") for n in range(2)], by=OTHER, apply=nothing)
    tenth = f"{settings.SITE_ID_TEXT}\n10\n{Fact.objects.get(seq=10).hash}\n"
    record_many(drafts=[told("end", n) for n in range(2)], by=None, apply=nothing)
    return tenth


def _standalone(outside: str | None) -> dict:
    """What the stand-alone verifier says of the same rows, read as SQLite stores them."""
    memory = sqlite3.connect(":memory:")
    memory.row_factory = sqlite3.Row
    memory.execute(f"CREATE TABLE ledger_fact ({verify_chain.COLUMNS})")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {verify_chain.COLUMNS} FROM ledger_fact ORDER BY seq")
        for row in cursor.fetchall():
            plain = [bytes(c) if isinstance(c, memoryview) else c if isinstance(c, int | str | bytes | None) else str(c) for c in row]
            memory.execute(f"INSERT INTO ledger_fact VALUES ({','.join('?' * len(plain))})", plain)
    inside = [(c.site, c.seq, c.head) for c in Checkpoint.objects.order_by("seq")]
    rows = memory.execute(f"SELECT {verify_chain.COLUMNS} FROM ledger_fact ORDER BY seq")
    return verify_chain.verify(rows, [*inside, *(verify_chain.read_checkpoints(outside) if outside else [])])


def _both(outside: str | None = None) -> tuple:
    result = verify(checkpoint=outside)
    assert _standalone(outside) == result
    return result["ok"], result["first_broken"], result["reason"]


def test_an_untouched_ledger_stands():
    assert _both() == (True, None, "")
    outside = _ledger()
    assert _both(outside) == (True, None, "")
    head = Fact.objects.get(seq=LAST).hash
    assert verify() == {"facts": LAST, "head": head, "ok": True, "first_broken": None, "reason": ""}


OTHER_UUID = "00000000000040008000000000000009"
CHANGES = [
    "UPDATE ledger_fact SET kind = 'stories.untold' WHERE seq = 5",
    "UPDATE ledger_fact SET version = 2 WHERE seq = 5",
    "UPDATE ledger_fact SET effective_on = '2020-09-16' WHERE seq = 5",
    "UPDATE ledger_fact SET recorded_at = '2020-10-20 01:00:00' WHERE seq = 5",
    "UPDATE ledger_fact SET idempotency_key = 'other' WHERE seq = 5",
    "UPDATE ledger_fact SET unit = NULL WHERE seq = 5",
    "UPDATE ledger_fact SET actor = NULL WHERE seq = 5",
    f"UPDATE ledger_fact SET subject = '{OTHER_UUID}' WHERE seq = 5",
    f"UPDATE ledger_fact SET uuid = '{OTHER_UUID}' WHERE seq = 5",
    "UPDATE ledger_fact SET hash = '" + "a" * 64 + "' WHERE seq = 5",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_a_changed_column_is_found_at_its_row(statement):
    _ledger()
    lift_triggers()
    do(statement)
    assert _both() == (False, 5, "hash")


def test_a_changed_body_is_found_at_its_row():
    _ledger()
    lift_triggers()
    body = '{"amount":99,"text":"事 4"}'.encode()
    Fact.objects.filter(seq=5).update(body=body)
    assert _both() == (False, 5, "hash")


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE ledger_fact SET prev_hash = '" + "b" * 64 + "' WHERE seq = 5", "link"),
        ("UPDATE ledger_fact SET hash_algorithm = 'md5' WHERE seq = 5", "unreadable"),
        ("DELETE FROM ledger_fact WHERE seq = 5", "missing"),
        ("DELETE FROM ledger_fact WHERE seq = 5; UPDATE ledger_fact SET seq = seq - 1 WHERE seq > 5", "link"),
    ],
)
def test_a_cut_or_wrongly_linked_row_is_found(statement, reason):
    _ledger()
    lift_triggers()
    do(*statement.split("; "))
    assert _both() == (False, 5, reason)


def test_two_facts_that_changed_places_are_found():
    _ledger()
    lift_triggers()
    for old, new in ((5, -1), (6, 5), (-1, 6)):
        do(f"UPDATE ledger_fact SET seq = {new} WHERE seq = {old}")
    assert _both() == (False, 5, "link")


def test_a_day_that_is_none_is_found():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such day")
    for value in ("2020-02-31", "soon"):
        Fact.objects.count() or _ledger()
        lift_triggers() if value == "2020-02-31" else None
        do(f"UPDATE ledger_fact SET effective_on = '{value}' WHERE seq = 5")
        result = verify()
        assert (result["ok"], result["first_broken"]) == (False, 5)


def _rehash_from(seq: int) -> None:
    """What a forger would do after a change: hash everything that follows anew."""
    head = Fact.objects.get(seq=seq - 1).hash if seq > 1 else chain.GENESIS
    for fact in Fact.objects.filter(seq__gte=seq).order_by("seq"):
        own = chain.link(head, fact.header(), bytes(fact.body))
        Fact.objects.filter(seq=fact.seq).update(prev_hash=head, hash=own)
        head = own


def test_a_whole_rewriting_is_caught_by_one_outside_checkpoint():
    outside = _ledger()
    lift_triggers()
    Checkpoint.objects.all().delete()
    Fact.objects.filter(seq=3).update(body=b'{"amount":1,"text":"forged"}')
    _rehash_from(3)
    assert _both() == (True, None, "")
    assert _both(outside) == (False, 10, "checkpoint")


def test_a_rewriting_that_forgets_the_checkpoint_inside_is_caught_there():
    _ledger()
    lift_triggers()
    Fact.objects.filter(seq=3).update(body=b'{"amount":1,"text":"forged"}')
    _rehash_from(3)
    assert _both() == (False, 8, "checkpoint")


def test_an_end_that_was_cut_off_is_caught_by_a_checkpoint():
    outside = _ledger()
    lift_triggers()
    Fact.objects.filter(seq__gt=9).delete()
    assert _both() == (True, None, "")
    assert _both(outside) == (False, 10, "missing")
    Fact.objects.filter(seq__gt=6).delete()
    assert _both() == (False, 7, "missing")


def test_an_inserted_fact_is_found():
    _ledger()
    lift_triggers()
    do("UPDATE ledger_fact SET seq = seq + 100 WHERE seq > 5", "UPDATE ledger_fact SET seq = seq - 99 WHERE seq > 100")
    fact = Fact.objects.get(seq=5)
    fact.seq, fact.uuid, fact.idempotency_key = 6, uuid.UUID(OTHER_UUID), ""
    fact.prev_hash = Fact.objects.get(seq=5).hash
    fact.hash = "c" * 64
    fact.save(force_insert=True)
    assert _both() == (False, 6, "hash")


def test_a_forged_checkpoint_is_caught():
    _ledger()
    assert _both(f"{settings.SITE_ID_TEXT}\n10\n{'0' * 64}\n") == (False, 10, "checkpoint")
    assert _both(f"{settings.SITE_ID_TEXT}\n99\n{'0' * 64}\n") == (False, 13, "missing")


def test_several_checkpoints_may_stand_in_one_text():
    outside = _ledger()
    assert _both(f"{outside}\n\n{Checkpoint.objects.get()}\n") == (True, None, "")


@pytest.mark.parametrize("text", ["", "one\n2", "site\nten\n" + "0" * 64, "site\n10\nshort", "a\n1\n" + "0" * 64 + "\nb"])
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(Refused, match=r"three lines|三行"):
        verify(checkpoint=text)
    with pytest.raises(verify_chain.Unreadable):
        verify_chain.read_checkpoints(text)


def test_a_checkpoint_of_another_site_is_refused():
    _ledger()
    with pytest.raises(Refused, match="elsewhere"):
        verify(checkpoint="elsewhere\n1\n" + "0" * 64)


@pytest.mark.django_db(transaction=True)
def test_the_stand_alone_verifier_reads_a_database_file(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a SQLite file")
    outside = _ledger()
    database, checkpoint, forged = tmp_path / "a.sqlite3", tmp_path / "checkpoint.txt", tmp_path / "forged.txt"
    do(f"VACUUM INTO '{database}'")
    checkpoint.write_text(outside)
    forged.write_text(outside.replace("\n10\n", "\n9\n"))

    def run(*arguments) -> tuple[int, dict]:
        done = subprocess.run([sys.executable, "-I", str(TOOL), *map(str, arguments), "--json"], capture_output=True, check=False)
        return done.returncode, json.loads(done.stdout) if done.stdout else {}

    code, result = run(database, checkpoint)
    assert (code, result) == (0, verify())
    assert run(database, forged)[0] == 1
    assert run(database, forged)[1]["first_broken"] == 9
    copy = tmp_path / "b.sqlite3"
    shutil.copy(database, copy)
    with sqlite3.connect(copy) as raw:
        raw.execute("DROP TRIGGER ledger_fact_no_update")
        raw.execute("UPDATE ledger_fact SET body = CAST('{\"amount\":9,\"text\":\"x\"}' AS BLOB) WHERE seq = 7")
        raw.commit()
        assert (run(copy)[0], run(copy)[1]["first_broken"]) == (1, 7)
        for column, value in (("effective_on", "soon"), ("recorded_at", "never"), ("subject", "nobody")):
            raw.execute(f"UPDATE ledger_fact SET {column} = ? WHERE seq = 4", [value])
            raw.commit()
            assert (run(copy)[0], run(copy)[1]["first_broken"]) == (1, 4)
    assert run(TOOL)[0] == 2
    assert run(tmp_path / "absent")[0] == 2
    assert run(database, TOOL)[0] == 2
    assert subprocess.run([sys.executable, "-I", str(TOOL)], capture_output=True, check=False).returncode == 2


def test_facts_written_one_by_one_and_together_make_the_same_chain():
    one = record(draft=told("a"), by=REPORTER, apply=nothing)
    assert verify()["head"] == one.hash
