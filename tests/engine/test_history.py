"""What is known of a once-group, and which claims stand."""

from datetime import date

import pytest

from shuangbi_engine.history import credited, known_at, markers, split, standings
from shuangbi_engine.postings import fold, policy_digest
from shuangbi_engine.scheme import CountingPolicy, State
from shuangbi_engine.tables import ClaimEvent, Credit, GroupHistory, Project

SEPT = date(2020, 9, 10)
STARTED = State("started", "开工", ("started",), amount="claim")
LANDED_STARTED = State("both", "落地开工", ("started",), ("landed",))
EVERY = State("every", "每笔", ("started",), once=False, amount="claim")


def claim(seq, name, event="recognised", kind="started", day=SEPT, **more):
    return ClaimEvent(seq, name, "P", event, kind, "A", day, **more)


def stand(claims, state=STARTED, level=2, **parts):
    known = known_at(GroupHistory("P", claims=tuple(claims), **parts))
    return {
        row.claim.claim: (row.reason, row.about) if row.reason else row.day
        for row in standings(known, state, level)
    }


@pytest.mark.parametrize(
    ("event", "reported", "recognised"),
    [
        ("reported", False, False),
        ("checked", True, False),
        ("recognised", True, True),
        ("returned", False, False),
        ("refused", False, False),
        ("withdrawn", False, False),
        ("corrected", False, False),
    ],
)
def test_level_follows_the_last_event(event, reported, recognised):
    status = "reported" if event == "corrected" else event
    for level, counts in ((1, reported), (2, recognised)):
        assert stand([claim(1, "C", event)], level=level) == {"C": SEPT if counts else ("status", status)}


def test_correction_changes_values_and_keeps_the_status():
    later = date(2020, 9, 12)

    known = known_at(
        GroupHistory(
            "P", claims=(claim(1, "C", amount=5), ClaimEvent(2, "C", "P", "corrected", day=later, amount=7))
        )
    )

    assert known.claims["C"].status == "recognised"
    assert (known.claims["C"].day, known.claims["C"].amount) == (later, 7)


def test_as_of_ignores_what_was_not_known_yet():
    history = GroupHistory("P", claims=(claim(1, "C"), claim(5, "C", "refused")))

    assert known_at(history, 4).claims["C"].status == "recognised"
    assert known_at(history, 5).claims["C"].status == "refused"


def test_earliest_day_counts_then_the_claim_known_first_then_the_id():
    early = date(2020, 9, 1)

    assert stand([claim(1, "A"), claim(2, "B", day=early)]) == {"B": early, "A": ("counted_already", "B")}
    assert stand([claim(2, "A"), claim(1, "B")]) == {"B": SEPT, "A": ("counted_already", "B")}
    assert stand([claim(1, "B"), claim(1, "A")]) == {"A": SEPT, "B": ("counted_already", "A")}
    assert stand([claim(1, "A"), claim(2, "B")], EVERY) == {"A": SEPT, "B": SEPT}


def test_claim_without_a_day_never_counts():
    assert stand([claim(1, "C", day=None)]) == {"C": ("undated", "")}


def test_replaced_claim_counts_again_when_its_replacement_falls():
    claims = [claim(1, "A"), claim(2, "B", replaces="A")]

    assert stand(claims) == {"A": ("replaced", "B"), "B": SEPT}
    assert stand([*claims, claim(3, "B", "refused")]) == {"A": SEPT, "B": ("status", "refused")}


def test_replacement_reaches_through_a_chain_whose_middle_fell():
    claims = [claim(1, "A"), claim(2, "B", "returned", replaces="A"), claim(3, "C", replaces="B")]

    assert stand(claims)["A"] == ("replaced", "C")
    assert stand([claim(1, "A"), claim(3, "C", replaces="unknown")]) == {
        "A": SEPT,
        "C": ("counted_already", "A"),
    }


def test_claims_that_replace_each_other_or_themselves_do_not_hang():
    assert stand([claim(1, "A", replaces="B"), claim(2, "B", replaces="A")]) == {
        "A": ("replaced", "B"),
        "B": ("replaced", "A"),
    }
    assert stand([claim(1, "A", replaces="A")]) == {"A": SEPT}
    circle = [claim(1, "A", replaces="B"), claim(2, "B", "refused", replaces="A")]
    assert stand([*circle, claim(3, "C", replaces="B")])["A"] == ("replaced", "C")


def test_required_kind_must_stand_at_the_same_level_and_sets_the_day():
    landed = claim(2, "L", kind="landed", day=date(2020, 9, 20))

    assert stand([claim(1, "S")], LANDED_STARTED) == {"S": ("requires", "landed")}
    assert stand([claim(1, "S"), landed], LANDED_STARTED) == {"S": date(2020, 9, 20)}
    assert stand([claim(1, "S"), claim(2, "L", "checked", "landed")], LANDED_STARTED) == {
        "S": ("requires", "landed")
    }
    assert stand([claim(1, "S"), claim(2, "L", kind="landed", day=None)], LANDED_STARTED) == {
        "S": ("requires", "landed")
    }


def test_replacement_of_a_required_claim_is_seen_by_the_fold():
    policy = CountingPolicy((LANDED_STARTED,))
    history = GroupHistory(
        "P",
        claims=(
            claim(1, "S"),
            claim(2, "L", kind="landed"),
            claim(3, "X", kind="other", replaces="L"),
            claim(4, "X", "refused", "other"),
        ),
    )

    assert [(row.seq, row.count) for row in fold(history, policy) if row.level == 2] == [
        (2, 10_000),
        (3, -10_000),
        (4, 10_000),
    ]


def test_second_claim_is_promoted_when_the_first_is_withdrawn():
    policy = CountingPolicy((STARTED,))
    later = date(2020, 10, 2)
    history = GroupHistory("P", claims=(claim(1, "A"), claim(2, "B", day=later), claim(3, "A", "withdrawn")))

    rows = [
        (row.seq, date.fromordinal(row.day), row.count) for row in fold(history, policy) if row.level == 2
    ]

    assert rows == [(1, SEPT, 10_000), (3, SEPT, -10_000), (3, later, 10_000)]


def test_credit_modes():
    known = known_at(
        GroupHistory(
            "P",
            projects=(Project(0, "P", "own", "bring"),),
            claims=(claim(1, "C"),),
            credits=(
                Credit(0, "P", "b", 3000),
                Credit(0, "P", "a", 2000, first_day=SEPT, last_day=SEPT),
                Credit(0, "P", "own", 1000),
                Credit(0, "P", "late", 9000, first_day=date(2021, 1, 1)),
                Credit(0, "P", "gone", 9000, last_day=date(2019, 1, 1)),
                Credit(0, "P", "ended", 5000),
                Credit(1, "P", "ended", 0),
            ),
        )
    )
    one = known.claims["C"]

    assert credited(known, one, SEPT, "owner") == [("own", 10_000)]
    assert credited(known, one, SEPT, "bringer") == [("bring", 10_000)]
    assert credited(known, one, SEPT, "bringer_or_owner") == [("bring", 10_000)]
    assert credited(known, one, SEPT, "contract") == [("a", 2000), ("b", 3000), ("own", 5000)]


def test_credit_without_project_or_bringer():
    known = known_at(GroupHistory("P", claims=(claim(1, "C"),)))
    one = known.claims["C"]

    assert credited(known, one, SEPT, "owner") == [("A", 10_000)]
    assert credited(known, one, SEPT, "bringer") == []
    assert credited(known, one, SEPT, "bringer_or_owner") == [("A", 10_000)]
    whole = known_at(GroupHistory("P", claims=(claim(1, "C"),), credits=(Credit(0, "P", "b", 10_000),)))
    assert credited(whole, one, SEPT, "contract") == [("b", 10_000)]


def test_split_loses_nothing_and_the_owner_takes_the_rest():
    assert split(100, [("a", 3333), ("b", 3333), ("own", 3334)]) == [33, 33, 34]
    assert split(-100, [("a", 3333), ("own", 6667)]) == [-33, -67]
    assert split(7, [("own", 10_000)]) == [7]
    assert split(7, []) == []


def test_whole_counts_go_to_each_unit_with_a_share():
    history = GroupHistory(
        "P",
        projects=(Project(0, "P", "own", total_investment=9),),
        claims=(claim(1, "C"),),
        credits=(Credit(0, "P", "b", 5000),),
    )
    state = State("started", "开工", ("started",), size="total_investment", amount="total_investment")

    for rule, count in (("whole", 10_000), ("shares", 5000)):
        rows = fold(history, CountingPolicy((state,), ("contract",), rule))
        assert [(row.unit, row.amount, row.count, row.size) for row in rows if row.level == 2] == [
            ("b", 4, count, 9),
            ("own", 5, count, 9),
        ]


def test_markers_are_sorted_and_delimited():
    assert markers(Project(0, "P", "A", industry="C36", lists=("key", "a", "key"), tags=("新",))) == (
        "|industry:C36|list:a|list:key|tag:新|"
    )
    assert markers(Project(0, "P", "A")) == ""


def test_another_policy_has_another_digest():
    assert policy_digest(CountingPolicy((STARTED,))) == policy_digest(CountingPolicy((STARTED,)))
    assert policy_digest(CountingPolicy((STARTED,))) != policy_digest(CountingPolicy((EVERY,)))
    assert policy_digest(CountingPolicy((STARTED,))) != policy_digest(
        CountingPolicy((STARTED,), split_counts="whole")
    )
