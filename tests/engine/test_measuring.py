"""Targets, windows, expectations and participants as known at a seq."""

from datetime import date
from fractions import Fraction

import pytest

from shuangbi_engine.backends.sqlite import in_memory
from shuangbi_engine.evaluate import evaluate
from shuangbi_engine.known import UnknownRound, known_facts
from shuangbi_engine.measuring import measured_values, span_of
from shuangbi_engine.postings import fold
from shuangbi_engine.progress import progress_rows
from shuangbi_engine.scheme_file import parse_scheme
from shuangbi_engine.tables import (
    Adjustment,
    ClaimEvent,
    Facts,
    Figure,
    GroupHistory,
    Participant,
    Project,
    Round,
    Target,
    Waiver,
)
from tests.engine.folders import SCHEME

ROUNDS = (
    Round(0, "2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), year="2020"),
    Round(0, "2020-10", "month", date(2020, 10, 1), date(2020, 10, 31), year="2020"),
    Round(0, "2020", "year", date(2020, 9, 1), date(2020, 12, 31)),
)
A = Participant(0, "A", "all")


def values(facts, name="2020-09", seq=None, scheme=SCHEME):
    return measured_values(in_memory([]), parse_scheme(scheme), facts, name, seq)


def test_latest_row_holds_and_only_what_was_known():
    facts = Facts(
        ROUNDS,
        (A,),
        (
            Target(1, "A", "signed", "2020-09", 5),
            Target(2, "A", "signed", "2020-09", 7),
            Target(4, "A", "signed", "2020-09"),
        ),
    )

    asked = [values(facts, seq=seq).targets["signed", "2020-09"] for seq in range(5)]

    assert asked == [{}, {"A": 5}, {"A": 7}, {"A": 7}, {}]


def test_older_row_that_stands_later_in_the_table_does_not_hold():
    facts = Facts(
        ROUNDS, (A,), (Target(2, "A", "signed", "2020-09", 7), Target(1, "A", "signed", "2020-09", 5))
    )

    assert known_facts(facts).target("A", "signed", "2020-09") == 7


def test_named_projects_are_a_target_of_their_number():
    facts = Facts(ROUNDS, (A,), (Target(0, "A", "signed", "2020-09", None, ("P1", "P2", "P1")),))

    assert known_facts(facts).target("A", "signed", "2020-09") == 2
    assert known_facts(facts).target("A", "signed", "2020-10") is None


def test_participant_of_a_round_wins_over_one_of_all_rounds():
    facts = Facts(
        ROUNDS,
        (
            A,
            Participant(0, "B", "all"),
            Participant(0, "B", "", round="2020-10"),
            Participant(0, "C", "", ("U",)),
        ),
    )
    known = known_facts(facts)

    assert [one.participant for one in known.in_group("all", "2020-09")] == ["A", "B"]
    assert [one.participant for one in known.in_group("all", "2020-10")] == ["A"]


def test_figures_adjustments_and_waivers_end():
    facts = Facts(
        ROUNDS,
        (A,),
        figures=(Figure(1, "A", "marks", "2020-09", Fraction(1)), Figure(2, "A", "marks", "2020-09")),
        adjustments=(
            Adjustment(1, "N", "A", "2020-09", "praise", 10_000),
            Adjustment(2, "N", "A", "2020-09", "praise", 0),
        ),
        waivers=(Waiver(1, "A", "signed", "2020-09", "不可抗力"), Waiver(2, "A", "signed", "2020-09")),
    )

    before, after = values(facts, seq=1), values(facts, seq=2)

    assert before.figures["marks"] == {"A": 1}
    assert len(before.adjustments) == 1
    assert before.waivers == {("A", "signed"): "不可抗力"}
    assert (after.figures["marks"], after.adjustments, after.waivers) == ({}, (), {})


def test_unknown_round_is_refused():
    with pytest.raises(UnknownRound, match="2019-01"):
        values(Facts(ROUNDS, (A,)), "2019-01")


def test_windows_of_a_round():
    known = known_facts(
        Facts(
            (
                *ROUNDS,
                Round(
                    0,
                    "free",
                    "free",
                    date(2020, 12, 1),
                    date(2021, 11, 30),
                    date(2020, 6, 1),
                    previous="2020",
                ),
            )
        )
    )
    free = known.round("free")

    assert span_of(known, free, "round") == (date(2020, 12, 1).toordinal(), date(2021, 11, 30).toordinal())
    assert span_of(known, free, "to_date") == (date(2020, 6, 1).toordinal(), date(2021, 11, 30).toordinal())
    assert span_of(known, free, "stock") == (1, date(2021, 11, 30).toordinal())
    assert span_of(known, free, "previous") == (date(2020, 9, 1).toordinal(), date(2020, 12, 31).toordinal())
    assert span_of(known, known.round("2020-09"), "previous") is None
    assert span_of(known, known.round("2020-10"), "to_date")[0] == date(2020, 9, 1).toordinal()
    assert span_of(known, known.round("2020"), "to_date")[0] == date(2020, 9, 1).toordinal()


def expected(schedule, name, targets):
    scheme = SCHEME.replace("schedule: rounds", f"schedule: {schedule}")
    found = values(Facts(ROUNDS, (A,), targets), name, scheme=scheme)
    return found.expected["signed"].get("A")


def test_schedule_by_rounds_adds_the_targets_so_far():
    targets = tuple(
        Target(0, "A", "signed", name, value)
        for name, value in (("2020-09", 3), ("2020-10", 4), ("2020", 20))
    )

    assert expected("rounds", "2020-09", targets) == 3
    assert expected("rounds", "2020-10", targets) == 7
    assert expected("rounds", "2020", targets) == 20
    assert expected("rounds", "2020-09", targets[2:]) is None
    assert expected("rounds", "2020-09", targets[:2]) is None


def test_schedule_by_days_takes_the_days_gone_of_the_year():
    targets = (Target(0, "A", "signed", "2020", 122),)

    # September to December has 122 days, September 30 of them
    assert expected("days", "2020-09", targets) == 30
    assert expected("days", "2020", targets) == 122


def test_schedule_by_days_of_a_year_that_was_over_when_counting_began_is_nothing():
    september = Round(0, "2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), date(2020, 9, 1), "2020")
    year = Round(0, "2020", "year", date(2020, 1, 1), date(2020, 8, 31))
    facts = Facts((september, year), (A,), (Target(0, "A", "signed", "2020", 12),))

    found = values(facts, scheme=SCHEME.replace("schedule: rounds", "schedule: days"))

    assert found.expected == {"signed": {}}


def test_progress_of_the_city_may_have_targets_of_its_own():
    scheme = SCHEME.replace("target: sum_of\n  group: all", "target: own")
    facts = Facts(
        ROUNDS, (A,), (Target(0, "city", "signed", "2020-09", 15), Target(0, "A", "signed", "2020-09", 4))
    )

    rows = progress_rows(parse_scheme(scheme), values(facts, scheme=scheme))

    assert [(row.participant, row.target, row.ahead) for row in rows] == [("city", 15, None), ("A", 4, None)]


PER_ITEM = """\
          - per_item:
              parts: [{of: before, points: [{points: 1}]}]
              roll_up: sum
          - clamp: {high: 50}
"""


def test_single_projects_of_a_comparison_round_that_is_not_known_are_none():
    start, end = SCHEME.index("          - blend:"), SCHEME.index("          - clamp: {low: 0, high: 50}\n")
    scheme = (
        SCHEME[:start] + PER_ITEM + SCHEME[end:].replace("          - clamp: {low: 0, high: 50}\n", "", 1)
    )

    found = values(Facts(ROUNDS, (A,)), scheme=scheme)

    assert found.subjects == {"before": {}}


def landed(subject, unit):
    """A signed claim of a project that the filter of no measure looks at."""
    claim = ClaimEvent(0, f"C-{subject}", subject, "recognised", "signed", "", date(2020, 9, 5))
    return GroupHistory(subject, (Project(0, subject, unit),), (claim,))


def counted(facts, scheme=SCHEME, name="2020-09"):
    parsed = parse_scheme(scheme)
    rows = [row for history in (landed("P1", "U"), landed("P2", "U")) for row in fold(history, parsed.policy)]
    return measured_values(in_memory(rows), parsed, facts, name)


def test_unit_named_twice_feeds_once():
    found = counted(Facts(ROUNDS, (Participant(0, "A", "all", ("U", "U")),)))

    assert found.measured["small", "round"] == {"A": 2}


def test_named_project_counts_once_for_the_whole_and_only_if_named():
    people = (Participant(0, "A", "all", ("U",)), Participant(0, "B", "all", ("U",)), Participant(0, "C", "all"))
    named = tuple(Target(0, name, "listed", "2020-09", None, ("P1",)) for name in "ABC")

    found = counted(Facts(ROUNDS, people, named))

    assert found.measured["listed", "round"] == {"A": 1, "B": 1, "C": 0}
    assert found.city["listed", "round"] == 1


def test_points_per_item_look_at_named_projects_only_also_in_a_coefficient():
    scheme = SCHEME.replace(
        "multiply: [{value: {of: marks}}]",
        "multiply: [{per_item: {parts: [{of: listed, points: [{points: 1}]}], roll_up: sum}}]",
    )
    facts = Facts(
        ROUNDS,
        (Participant(0, "A", "all", ("U",)),),
        (Target(0, "A", "listed", "2020-09", None, ("P1", "P9")),),
    )

    found = counted(facts, scheme)

    assert [row.subject for row in found.subjects["listed"]["A"]] == ["P1"]


def test_items_of_other_rounds_are_left_out():
    scheme = parse_scheme(
        SCHEME.replace("full: 100\n", "full: 90\n").replace(
            "title: 引荐, full: 10,", "title: 引荐, rounds: [2020-10], full: 0,"
        )
    )
    facts = Facts(ROUNDS, (A,))

    names = {
        name: [
            line.name
            for line in evaluate(scheme, values(facts, name, scheme=SCHEME)).groups[0].sheets[0].items()
        ]
        for name in ("2020-09", "2020-10")
    }

    assert names == {"2020-09": ["signed", "rest"], "2020-10": ["signed", "brought", "rest"]}
