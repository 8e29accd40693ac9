"""The table of stages, and lights from dates alone."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import translation

from shuangbi.projects import lifecycle
from shuangbi.projects.choices import Stage
from tests.projects.stories import YI

TODAY = date(2020, 10, 20)


@dataclass
class Promise:
    planned_on: date
    forecast_on: date
    actual_on: date | None = None


@dataclass
class Said:
    industry: str = ""
    investor_name: str = ""
    total_investment: int = 0
    site: str = ""


@pytest.fixture(autouse=True)
def english() -> None:
    with translation.override("en"):
        yield


def test_every_stage_has_its_rule_in_the_order_it_lives() -> None:
    assert [rule.stage for rule in lifecycle.STAGES] == list(Stage)
    assert lifecycle.BY_HAND == (Stage.LEAD, Stage.TALK, Stage.AFTER_CARE, Stage.ENDED)


@pytest.mark.parametrize(("stage", "lacking"), [
    ("lead", ()),
    ("talk", ("industry",)),
    ("signed", ("industry", "investor_name", "total_investment")),
    ("landed", ("industry", "investor_name", "total_investment", "site")),
    ("in_production", ("industry", "investor_name", "total_investment", "site")),
    ("ended", ()),
])
def test_what_an_empty_project_lacks(stage: str, lacking: tuple[str, ...]) -> None:
    assert lifecycle.missing(Said(), stage) == lacking
    assert lifecycle.missing(Said("C39", "示例公司", YI, "一号地块"), stage) == ()


@pytest.mark.parametrize(("promise", "state", "text", "days"), [
    # Planned for today: due in 0 days. 15 days ahead is near, 16 is on time.
    (Promise(TODAY, TODAY), "near", "due in 0 working days", 0),
    (Promise(date(2020, 11, 4), date(2020, 11, 4)), "near", "due in 11 working days", 11),
    (Promise(date(2020, 11, 5), date(2020, 11, 5)), "on_time", "due in 16 natural days", None),
    # From Wednesday 30 September: 1–8 October off, Saturday 10 October worked: 9, 10, 12–16, 19, 20 are nine days.
    (Promise(date(2020, 9, 30), date(2020, 12, 1)), "overdue", "overdue by 9 working days", 9),
    (Promise(date(2020, 10, 19), date(2020, 10, 19)), "overdue", "overdue by 1 working days", 1),
    # A forecast after the plan shows at once; a later forecast never turns a late one green.
    (Promise(date(2020, 12, 1), date(2020, 12, 4)), "near", "expected 3 working days after plan", 3),
    (Promise(date(2020, 9, 30), date(2020, 9, 30), date(2020, 9, 30)), "done", "done in time", 0),
    (Promise(date(2020, 9, 30), date(2020, 9, 30), date(2020, 10, 9)), "done", "done 1 working days late", 1),
])
def test_light(promise: Promise, state: str, text: str, days: int | None) -> None:
    assert lifecycle.light(promise, TODAY) == lifecycle.Light(state, text, days)


def test_light_in_a_year_without_calendar_says_natural_days() -> None:
    promise = Promise(date(2010, 1, 1), date(2010, 1, 1))
    assert lifecycle.light(promise, date(2010, 1, 3)) == lifecycle.Light("overdue", "overdue by 2 natural days", None)


def test_worst_light_and_furthest_stage() -> None:
    assert lifecycle.worst(["done", "near", "overdue"]) == "overdue"
    assert lifecycle.worst([]) == "none"
    assert lifecycle.furthest(["signed", "lead", "started", "landed"]) == "started"
