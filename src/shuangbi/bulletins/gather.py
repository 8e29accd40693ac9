"""Gathers what an issue's sections may say: scored rounds, places, named projects, problems, all as known at its seq."""

from datetime import date
from fractions import Fraction
from typing import Any

from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.section import Indicator, NamedProject, Problems, Ranked, Source, UnitRow
from shuangbi.competitions.queries import round_named, unit_titles
from shuangbi.competitions.scoring import Scored, score
from shuangbi.foundation import clock
from shuangbi.foundation.periods import month_end
from shuangbi.projects.lifecycle import light
from shuangbi.projects.models import Milestone
from shuangbi.standings.queries import latest_standing
from shuangbi_engine.numbers import percent_text, points_text
from shuangbi_engine.progress import ProgressRow
from shuangbi_engine.values import CITY

NAMED = 5
PROBLEMS_MEASURE = "problems_solved"


def source_of(issue: Issue) -> Source:
    """Everything the sections of an issue draw from."""
    competition = issue.competition
    month = score(competition=competition, round_name=issue.month, seq=issue.as_of_seq, level=issue.level)  # type: ignore[arg-type]
    span = month
    if issue.round != issue.month:
        span = score(competition=competition, round_name=issue.round, seq=issue.as_of_seq, level=issue.level)  # type: ignore[arg-type]
    row = round_named(competition, issue.round)
    assert row is not None  # noqa: S101 - drafting checked it
    city, units = _progress(month, span)
    standing = latest_standing(competition, issue.month) if issue.kind == "monthly" else None
    return Source(
        kind=issue.kind, campaign=competition.name, office=competition.office, basis=competition.basis,
        first_on=row.starts_on, last_on=row.ends_on, month_text=f"{int(issue.month[5:7])}月", cutoff_on=issue.cutoff_on,
        level=issue.level, published_on=clock.local(standing.published_at).date() if standing else None, city=city,
        units=units, ranking=_ranking(month) if issue.kind == "monthly" else (),
        ahead=_ahead(issue, row.starts_on, row.ends_on), behind=_behind(issue), problems=_problems(month),
        differences=_differences(issue, month) if issue.level == 2 else (), formula=_formula(issue, month),
    )


def _progress(month: Scored, span: Scored) -> tuple[tuple[Indicator, ...], dict[str, tuple[UnitRow, ...]]]:
    new = {(row.indicator, row.participant): row.actual for row in span.sheet.progress}
    units = unit_titles(row.participant for row in month.sheet.progress if row.participant != CITY)
    city: list[Indicator] = []
    rows: dict[str, list[UnitRow]] = {}
    for row in month.sheet.progress:
        figures = _indicator(row, new.get((row.indicator, row.participant), Fraction(0)))
        if row.participant == CITY:
            city.append(figures)
        else:
            rows.setdefault(row.indicator, []).append(UnitRow(units[row.participant].short_name, figures))
    return tuple(city), {name: tuple(sorted(found, key=_descending)) for name, found in rows.items()}


def _descending(row: UnitRow) -> tuple[bool, bool, Fraction, int, str]:
    """Best rate first; zeros after all others; units without a task last."""
    figures = row.figures
    rate = Fraction(figures.actual, figures.target) if figures.target else Fraction(-1)
    return (figures.target is None, not figures.actual, -rate, -int(figures.actual), row.unit)


def _indicator(row: ProgressRow, new: Fraction) -> Indicator:
    return Indicator(
        name=row.indicator, title=row.title, unit=row.unit, span=_whole(new), target=_whole(row.target),
        actual=_whole(row.actual), rate=_rate(row.rate), year_target=_whole(row.year_target),
        to_date=_whole(row.to_date), year_rate=_rate(row.year_rate), ahead=_rate(row.ahead),
    )


def _whole(value: Fraction | None) -> Any:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else value


def _rate(value: Fraction | None) -> str | None:
    return None if value is None else percent_text(value)


def _ranking(month: Scored) -> tuple[Ranked, ...]:
    decimals = month.sheet.compare_at
    return tuple(
        Ranked(
            group=group.title, unit=sheet.name, rank=sheet.rank, score=points_text(sheet.points, decimals),
            parts=tuple((line.title, points_text(line.total, decimals)) for line in sheet.total.lines if line.kind == "total"),
        )
        for group in month.sheet.groups for sheet in group.sheets
    )


def _ahead(issue: Issue, first: date, last: date) -> tuple[NamedProject, ...]:
    """Milestones reached in the span, those longest before their plan first."""
    found = Milestone.objects.filter(actual_on__range=(first, last)).select_related("project__unit")
    best = sorted(found, key=lambda m: (m.actual_on - m.planned_on, m.project.code))[:NAMED]
    return tuple(
        NamedProject(
            name=m.project.name, unit=m.project.unit.short_name,
            what=f"{m.actual_on.month}月{m.actual_on.day}日{m.title}"
            + (f"，较计划提前{(m.planned_on - m.actual_on).days}天" if m.planned_on > m.actual_on else ""),
        )
        for m in best
    )


def _behind(issue: Issue) -> tuple[NamedProject, ...]:
    """Milestones past their plan and not reached, the longest overdue first, with the reason where one is on record."""
    open_ones = Milestone.objects.filter(actual_on__isnull=True, planned_on__lt=issue.cutoff_on)
    late = open_ones.select_related("project__unit").prefetch_related("moves").order_by("planned_on", "project__code")[:NAMED]
    found = []
    for m in late:
        days = light(m, issue.cutoff_on).working_days
        reason = next((move.reason for move in reversed(list(m.moves.all())) if move.reason), "")
        what = f"应于{m.planned_on.month}月{m.planned_on.day}日{m.title}，逾期{days}个工作日" + (f"，原因：{reason}" if reason else "")
        found.append(NamedProject(name=m.project.name, unit=m.project.unit.short_name, what=what))
    return tuple(found)


def _problems(month: Scored) -> tuple[Problems, ...]:
    targets = month.values.targets.get((PROBLEMS_MEASURE, month.round_name), {})
    solved = month.values.measured.get((PROBLEMS_MEASURE, "round"), {})
    units = unit_titles(name for name in targets if name != CITY)
    rows = [
        Problems(unit.short_name, int(targets[id_]), int(solved.get(id_, 0))) for id_, unit in units.items()
    ]
    return tuple(sorted(rows, key=lambda p: (p.solved - p.due, p.unit)))


def _differences(issue: Issue, month: Scored) -> tuple[tuple[str, str, str], ...]:
    flash = score(competition=issue.competition, round_name=issue.month, seq=issue.as_of_seq, level=1)
    first = {row.indicator: row for row in flash.sheet.progress if row.participant == CITY}
    return tuple(
        (row.title, str(_whole(first[row.indicator].actual)), str(_whole(row.actual)))
        for row in month.sheet.progress
        if row.participant == CITY and first[row.indicator].actual != row.actual
    )


def _formula(issue: Issue, month: Scored) -> tuple[str, ...]:
    level = "快报数为申报后经归口部门审核的数" if issue.level == 1 else "认定数为竞赛办现场考核后认定的数"
    year = int(issue.month[:4])
    last = month_end(year, int(issue.month[5:7]))
    days, whole = last.timetuple().tm_yday, date(year, 12, 31).timetuple().tm_yday
    schedule = (
        f"序时进度按天数计算，{int(issue.month[5:7])}月末为{days}天÷{whole}天＝{percent_text(Fraction(days, whole))}%"
        if month.scheme.progress.schedule == "days" else "序时进度＝至本期各月任务之和÷全年任务"
    )
    lines = [
        f"{level}，数据截至{issue.cutoff_on.month}月{issue.cutoff_on.day}日。",
        "完成率＝完成数÷任务数，保留一位小数；未下达任务的不计算完成率。",
        f"{schedule}；较序时＝累计完成率－序时进度，单位为百分点。",
        "同一项目同一事项只计一次；项目归属地单位统计，引进、承建单位另行计分，全市不重复计算。",
    ]
    if issue.kind == "monthly":
        lines.append("各分项得分四舍五入至万分之一后相加，综合得分保留两位小数，同分同名次，其后名次空位。")
    return tuple(lines)
