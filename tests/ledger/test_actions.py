"""Writing facts: once per key, in one chain, by a clock that does not go back."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from shuangbi.foundation import clock
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger import chain
from shuangbi.ledger.actions import (
    ClockWentBack,
    Draft,
    KeyReused,
    make_checkpoint,
    record,
    record_many,
)
from shuangbi.ledger.models import Checkpoint, Fact
from shuangbi.ledger.queries import facts_under
from tests.ledger.stories import OTHER, REPORTER, Told, nothing, told

pytestmark = pytest.mark.django_db
NINE = datetime(2020, 10, 20, 1, 0, tzinfo=UTC)


def test_a_fact_is_chained_to_the_one_before_over_its_stored_bytes():
    first = record(draft=told("签约", 5), by=REPORTER, apply=nothing)
    second = record(draft=told("开工"), by=REPORTER, apply=nothing)
    assert (first.seq, second.seq) == (1, 2)
    assert first.prev_hash == "0" * 64
    assert second.prev_hash == first.hash
    stored = Fact.objects.get(seq=1)
    assert bytes(stored.body) == '{"amount":5,"text":"签约"}'.encode()
    assert stored.hash == chain.link("0" * 64, stored.header(), bytes(stored.body))


def test_all_facts_of_an_act_are_stamped_with_one_reading_of_the_clock_under_the_lock():
    with writing():
        checked = clock.now()
        facts = record_many(drafts=[told("a"), told("b")], by=REPORTER, apply=nothing)
        assert clock.now() == checked
    assert {fact.recorded_at for fact in facts} == {checked}


def test_the_same_key_again_gives_the_same_facts_and_applies_nothing():
    applied = []
    first = record(draft=told("once"), by=REPORTER, apply=applied.append, key="click")
    again = record(draft=told("once"), by=REPORTER, apply=applied.append, key="click")
    assert again.seq == first.seq
    assert len(applied) == 1
    assert Fact.objects.count() == 1


def test_a_key_belongs_to_one_actor():
    record(draft=told("once"), by=REPORTER, apply=nothing, key="click")
    record(draft=told("once"), by=OTHER, apply=nothing, key="click")
    record(draft=told("once"), by=None, apply=nothing, key="click")
    record(draft=told("once"), by=None, apply=nothing, key="click")
    assert Fact.objects.count() == 3


@pytest.mark.parametrize(
    "second",
    [
        [told("other")],
        [told("once", 1)],
        [told("once"), told("more")],
        [],
        [Draft(body=Told("once"), subject=uuid.uuid4(), effective_on=date(2020, 9, 16))],
    ],
)
def test_a_key_that_comes_again_with_something_else_is_refused(second):
    record(draft=told("once"), by=REPORTER, apply=nothing, key="click")
    if not second:
        assert record_many(drafts=second, by=REPORTER, apply=nothing, key="click") == []
        return
    with pytest.raises(KeyReused):
        record_many(drafts=second, by=REPORTER, apply=nothing, key="click")
    assert Fact.objects.count() == 1


def test_fewer_facts_under_the_key_of_many_are_refused():
    record_many(drafts=[told("a"), told("b")], by=REPORTER, apply=nothing, key="click")
    with pytest.raises(KeyReused):
        record(draft=told("a"), by=REPORTER, apply=nothing, key="click")
    again = record_many(drafts=[told("a"), told("b")], by=REPORTER, apply=nothing, key="click")
    assert [fact.seq for fact in again] == [1, 2]


def test_another_act_after_it_is_not_taken_for_a_part_of_an_act():
    record_many(drafts=[told("a"), told("b")], by=REPORTER, apply=nothing, key="click")
    record(draft=told("c"), by=REPORTER, apply=nothing, key="next")
    record(draft=told("d"), by=REPORTER, apply=nothing)
    assert [fact.seq for fact in facts_under("click", actor=REPORTER)] == [1, 2]
    assert facts_under("never", actor=REPORTER) == []
    assert facts_under("", actor=REPORTER) == []


def test_a_key_of_any_length_fits():
    long = "k" * 500
    first = record(draft=told("once"), by=REPORTER, apply=nothing, key=long)
    assert record(draft=told("once"), by=REPORTER, apply=nothing, key=long).seq == first.seq
    record(draft=told("once"), by=REPORTER, apply=nothing, key="k" * 499)
    assert Fact.objects.count() == 2


def test_what_apply_refuses_leaves_no_fact():
    def refuse(fact):
        raise ValueError(fact.kind)

    with pytest.raises(ValueError, match=r"stories\.told"):
        record(draft=told("never"), by=REPORTER, apply=refuse)
    assert Fact.objects.count() == 0


def test_a_clock_that_went_back_is_refused_and_a_small_step_back_keeps_the_order():
    with clock.standing_at(NINE):
        record(draft=told("a"), by=REPORTER, apply=nothing)
    with clock.standing_at(NINE - timedelta(seconds=2)):
        second = record(draft=told("b"), by=REPORTER, apply=nothing)
    assert second.recorded_at == NINE
    with clock.standing_at(NINE - timedelta(seconds=2, microseconds=1)), pytest.raises(ClockWentBack):
        record(draft=told("c"), by=REPORTER, apply=nothing)
    assert Fact.objects.count() == 2


def test_a_checkpoint_fixes_the_head_once():
    assert make_checkpoint() is None
    fact = record(draft=told("a"), by=REPORTER, apply=nothing)
    checkpoint = make_checkpoint()
    assert str(checkpoint) == f"shuangbi.local\n1\n{fact.hash}\n"
    make_checkpoint()
    assert Checkpoint.objects.count() == 1


def test_ten_thousand_facts_are_one_chain():
    facts = record_many(drafts=[told("a", n) for n in range(10_000)], by=REPORTER, apply=nothing, key="many")
    assert [fact.seq for fact in facts] == list(range(1, 10_001))
    assert Fact.objects.get(seq=10_000).prev_hash == Fact.objects.get(seq=9_999).hash
    again = record_many(drafts=[told("a", n) for n in range(10_000)], by=REPORTER, apply=nothing, key="many")
    assert (again[0].seq, again[-1].seq) == (1, 10_000)
