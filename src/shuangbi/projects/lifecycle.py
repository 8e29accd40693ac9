"""The stages of a project as a table, what each demands, who may move there; and the light of a milestone from its dates."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from shuangbi.foundation.working_days import CalendarMissing, working_days_between
from shuangbi.projects.choices import Stage

NEAR_DAYS = 15


@dataclass(frozen=True)
class StageRule:
    """One row of the life cycle. `by_claim`: reached only when a claim is recognised, never by hand."""

    stage: Stage
    demands: tuple[str, ...]
    by_claim: bool


_SIGNED = ("industry", "investor_name", "total_investment")
_LANDED = ("industry", "investor_name", "total_investment", "site")

STAGES: tuple[StageRule, ...] = (
    StageRule(Stage.LEAD, (), by_claim=False),
    StageRule(Stage.TALK, ("industry",), by_claim=False),
    StageRule(Stage.SIGNED, _SIGNED, by_claim=True),
    StageRule(Stage.LANDED, _LANDED, by_claim=True),
    StageRule(Stage.STARTED, _LANDED, by_claim=True),
    StageRule(Stage.COMPLETED, _LANDED, by_claim=True),
    StageRule(Stage.IN_PRODUCTION, _LANDED, by_claim=True),
    StageRule(Stage.AFTER_CARE, _LANDED, by_claim=False),
    StageRule(Stage.ENDED, (), by_claim=False),
)
RULES: dict[str, StageRule] = {str(rule.stage): rule for rule in STAGES}
ORDER: dict[str, int] = {str(rule.stage): place for place, rule in enumerate(STAGES)}
BY_HAND: tuple[Stage, ...] = tuple(rule.stage for rule in STAGES if not rule.by_claim)
FIRST: tuple[Stage, ...] = (Stage.LEAD, Stage.TALK)


def missing(project: Any, stage: str) -> tuple[str, ...]:
    """The fields that are still empty though a project at this stage must have them."""
    return tuple(field for field in RULES[stage].demands if not getattr(project, field))


def furthest(stages: list[str]) -> str:
    """The stage a project stands at after reaching these: the last of the table among them."""
    return max(stages, key=ORDER.__getitem__)


class Dated(Protocol):
    """What a light is computed from."""

    @property
    def planned_on(self) -> date: ...
    @property
    def forecast_on(self) -> date: ...
    @property
    def actual_on(self) -> date | None: ...


@dataclass(frozen=True)
class Light:
    """done, on_time, near or overdue, and in words why. `working_days` is None where no calendar is on file."""

    state: str
    text: str
    working_days: int | None


def light(milestone: Dated, today: date) -> Light:
    """The light from dates alone: done; overdue after the planned day; near from 15 days before, or when the forecast
    lies after the plan; else on time. Moving a forecast therefore never turns a light green."""
    planned = milestone.planned_on
    if milestone.actual_on is not None:
        return _done(planned, milestone.actual_on)
    if today > planned:
        days = _working(planned, today)
        return Light("overdue", _days_text(_("overdue by %(days)s"), days, (today - planned).days), days)
    if milestone.forecast_on > planned:
        days = _working(planned, milestone.forecast_on)
        late = (milestone.forecast_on - planned).days
        return Light("near", _days_text(_("expected %(days)s after plan"), days, late), days)
    left = (planned - today).days
    if left <= NEAR_DAYS:
        days = _working(today, planned)
        return Light("near", _days_text(_("due in %(days)s"), days, left), days)
    return Light("on_time", _days_text(_("due in %(days)s"), None, left), None)


def _done(planned: date, actual: date) -> Light:
    if actual <= planned:
        return Light("done", _("done in time"), 0)
    days = _working(planned, actual)
    return Light("done", _days_text(_("done %(days)s late"), days, (actual - planned).days), days)


def _working(start: date, end: date) -> int | None:
    """Working days after `start` up to `end`, None when a year's calendar is not on file."""
    try:
        return working_days_between(start, end)
    except CalendarMissing:
        return None


def _days_text(sentence: str, working: int | None, natural: int) -> str:
    """The sentence with 工作日 where they are known, else 自然日."""
    if working is None:
        days = _("%(count)d natural days") % {"count": natural}
    else:
        days = _("%(count)d working days") % {"count": working}
    return sentence % {"days": days}


WORST_FIRST = ("overdue", "near", "on_time", "done", "none")


def worst(states: list[str]) -> str:
    """The light of a project: the worst of its milestones; none without any."""
    return min(states, key=WORST_FIRST.index) if states else "none"
