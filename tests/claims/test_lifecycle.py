"""Chains as data: one to four steps, whatever an office sets."""

from uuid import uuid4

import pytest

from shuangbi.claims.choices import CHECK, CONFIRM, RECOGNISE, REPORT, RULES, Act, Kind, State, Step
from shuangbi.claims.lifecycle import ALLOWED, first_step, may_follow, same_person, step_after, step_named
from shuangbi.organisations.choices import Role

SITE = Step("site", "Seen on site", frozenset({Role.INSPECTOR}), State.CHECKED)
FOUR = (CONFIRM, CHECK, SITE, RECOGNISE)
ONE = (RECOGNISE,)


def test_a_chain_of_four_is_walked_in_order() -> None:
    assert first_step(FOUR, frozenset({Role.REPORTER})) == "confirm"
    assert [step_after(FOUR, step.name) for step in FOUR] == ["check", "site", "recognise", ""]


def test_a_chain_of_one_begins_and_ends_with_recognition() -> None:
    assert first_step(ONE, frozenset()) == "recognise"
    assert step_after(ONE, "recognise") == ""


def test_the_leads_own_report_passes_the_confirmation_only() -> None:
    assert first_step(FOUR, frozenset({Role.UNIT_LEAD})) == "check"
    assert first_step(FOUR, frozenset({Role.INDICATOR_OWNER})) == "confirm"


def test_people_differ_where_the_step_says_so() -> None:
    someone, other = uuid4(), uuid4()
    taken = {REPORT: frozenset({someone}), "check": frozenset({other})}

    assert same_person(CHECK, someone, taken) == REPORT
    assert same_person(CHECK, other, taken) == ""
    assert same_person(RECOGNISE, other, taken) == "check"
    assert same_person(RECOGNISE, uuid4(), taken) == ""


def test_a_step_is_found_by_name() -> None:
    assert step_named(FOUR, "site") is SITE
    assert step_named(FOUR, "") is None


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_a_chain_that_ends_in_recognition(kind: str) -> None:
    rule = RULES[kind]

    assert 1 <= len(rule.chain) <= 4
    assert [step.reaches for step in rule.chain][-1] == State.RECOGNISED
    assert all(step.reaches != State.RECOGNISED for step in rule.chain[:-1])
    assert len({step.name for step in rule.chain}) == len(rule.chain)
    assert all(REPORT in step.differs_from for step in rule.chain)
    assert rule.indicator
    assert rule.evidence
    assert bool(rule.stage) == bool(rule.rank)


def test_what_is_over_allows_nothing() -> None:
    assert set(ALLOWED) == set(State)
    assert not ALLOWED[State.REFUSED] | ALLOWED[State.WITHDRAWN]
    assert may_follow(State.RECOGNISED, Act.REVOKED)
    assert not may_follow(State.RECOGNISED, Act.WITHDRAWN)
    assert not may_follow(State.CHECKED, Act.REVOKED)
