"""What must hold for any scheme and any history."""

from collections import Counter
from datetime import date
from fractions import Fraction

from hypothesis import given, settings

from shuangbi_engine.backends.sqlite import in_memory
from shuangbi_engine.evaluate import evaluate
from shuangbi_engine.explain import counted_and_excluded, judge_claims, known_groups
from shuangbi_engine.history import known_at
from shuangbi_engine.known import known_facts
from shuangbi_engine.measuring import measured_at, measured_values, span_of
from shuangbi_engine.postings import Posting, contributions, difference, fold, snapshot
from tests.engine.histories import histories, policies, worlds


def summed(postings, seq):
    amounts, counts = Counter(), Counter()
    for row in postings:
        if row.seq <= seq:
            key = (row.unit, row.subject, row.state, row.credit, row.level, row.day, row.size, row.tags)
            amounts[key] += row.amount
            counts[key] += row.count
    return {key: (amounts[key], counts[key]) for key in counts if amounts[key] or counts[key]}


@settings(max_examples=300, deadline=None)
@given(histories, policies)
def test_prefix_sum_is_the_fold_from_scratch(history, policy):
    postings = fold(history, policy)

    for seq in range(-1, 8):
        scratch = contributions(known_at(history, seq), policy)
        assert summed(postings, seq) == {tuple(key): value for key, value in scratch.items() if any(value)}
        assert summed(snapshot(history, policy, seq), seq) == summed(postings, seq)


@settings(max_examples=150, deadline=None)
@given(histories, policies)
def test_stored_postings_only_ever_grow_by_the_difference(history, policy):
    stored: list[Posting] = []

    for seq in range(7):
        part = type(history)(
            history.subject,
            *(
                tuple(row for row in rows if row.seq <= seq)
                for rows in (history.projects, history.claims, history.credits)
            ),
        )
        new = difference(stored, fold(part, policy))
        assert all(row.seq == seq for row in new)
        stored += new

    assert sorted(stored, key=repr) == sorted(fold(history, policy), key=repr)


@settings(max_examples=200, deadline=None)
@given(worlds)
def test_counted_and_excluded_are_all_claims_and_counted_add_up(world):
    scheme, found, facts = world
    for seq in (2, None):
        place = in_memory([row for history in found for row in fold(history, scheme.policy)])
        values = measured_values(place, scheme, facts, "2020-09", seq)
        known = known_facts(facts, seq)
        groups = known_groups(found, seq)
        for measure in scheme.measures.values():
            first, last = span_of(known, known.round("2020-09"), measure.window)
            judged = judge_claims(scheme, measure, groups, (date.fromordinal(first), date.fromordinal(last)))
            kinds = scheme.state_of(measure.name).claims
            everything = {
                claim.claim for group in groups for claim in group.claims.values() if claim.kind in kinds
            }
            for participant in known.in_group("all", "2020-09"):
                target = known.targets.get((participant.participant, measure.name, "2020-09"))
                named = frozenset(target.subjects if target else ())
                counted, excluded = counted_and_excluded(judged, participant, named)
                ids = [row.claim for row in (*counted, *excluded)]
                assert sorted(ids) == sorted(everything)
                assert all(row.text("zh") and row.text("en") for row in excluded)
                total = values.measured[measure.name, measure.window][participant.participant]
                assert sum((row.value for row in counted), Fraction(0)) == total


@settings(max_examples=150, deadline=None)
@given(worlds)
def test_lines_add_up_to_the_total(world):
    scheme, found, facts = world
    place = in_memory([row for history in found for row in fold(history, scheme.policy)])

    sheet = evaluate(scheme, measured_values(place, scheme, facts, "2020-09"), "2020-09")

    for group in sheet.groups:
        for one in group.sheets:
            for _depth, line in one.total.walk():
                if line.kind == "total":
                    assert line.total == sum(inner.points for inner in line.lines)
        ranks = [one.rank for one in group.sheets]
        assert ranks == sorted(ranks)


@settings(max_examples=80, deadline=None)
@given(worlds)
def test_many_cutoffs_in_one_pass_are_the_cutoffs_one_by_one(world):
    scheme, found, facts = world
    place = in_memory([row for history in found for row in fold(history, scheme.policy)])

    together = measured_at(place, scheme, facts, "2020-09", [0, 3, None, 3])

    assert together == [measured_values(place, scheme, facts, "2020-09", seq) for seq in (0, 3, None, 3)]


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_order_of_histories_is_irrelevant(world):
    scheme, found, facts = world
    forward = in_memory([row for history in found for row in fold(history, scheme.policy)])
    backward = in_memory([row for history in reversed(found) for row in fold(history, scheme.policy)])

    assert measured_values(forward, scheme, facts, "2020-09") == measured_values(
        backward, scheme, facts, "2020-09"
    )
