"""Gathers what an issue's sections may say: scored rounds, places, named projects, problems, events, all as known at its seq.

Names of units and projects are read as they stand; everything counted, dated or promised is read as known at the seq,
so a draft's figures move only when they are refreshed. An issued bulletin does not come here: its content is frozen.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from shuangbi.bulletins.figures import figure
from shuangbi.bulletins.known import behind_at, events_at, promises_at, reached_in
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.section import (
    Change,
    Corrected,
    Difference,
    Indicator,
    Problems,
    Ranked,
    Source,
    UnitRow,
)
from shuangbi.competitions.queries import round_named, unit_titles
from shuangbi.competitions.scoring import Scored, score
from shuangbi.foundation.periods import month_end
from shuangbi_engine.numbers import percent_text, points_text
from shuangbi_engine.progress import ProgressRow
from shuangbi_engine.values import CITY

PROBLEMS_MEASURE = "problems_solved"
ADJUSTMENTS = "加减分"


def source_of(issue: Issue) -> Source:
    """Everything the sections of an issue draw from."""
    competition = issue.competition
    month = _scored(issue, issue.month, issue.level)
    span = month if issue.round == issue.month else _scored(issue, issue.round, issue.level)
    row = round_named(competition, issue.round)
    assert row is not None  # noqa: S101 - drafting checked it
    city, units, roll = _progress(month, span)
    owner, seq = competition.owner_id, issue.as_of_seq
    promises = promises_at(seq)
    return Source(
        kind=issue.kind, campaign=competition.name, office=competition.office, basis=competition.basis,
        groups=tuple(group.title for group in month.scheme.groups.values()),
        first_on=row.starts_on, last_on=row.ends_on, month_text=f"{int(issue.month[5:7])}月", month_over=issue.cutoff_on >= month.values.round.end,
        cutoff_on=issue.cutoff_on,
        level=issue.level, behind_is_public=any(rule.audience == "public" for rule in month.scheme.outcomes),
        city=city, units=units, roll=roll, ranking=_ranking(month) if issue.kind == "monthly" else (),
        ahead=reached_in(owner, promises, row.starts_on, row.ends_on), behind=behind_at(owner, promises, issue.cutoff_on),
        problems=_problems(month), differences=_differences(issue, month) if issue.level == 2 else (),
        events=events_at(owner, seq, row.starts_on, row.ends_on), corrects=_corrected(issue, month),
        formula=_formula(issue, month),
    )


def _scored(issue: Issue, round_name: str, level: int) -> Scored:
    return score(competition=issue.competition, round_name=round_name, seq=issue.as_of_seq, level=level)  # type: ignore[arg-type]


def _progress(month: Scored, span: Scored) -> tuple[tuple[Indicator, ...], dict[str, tuple[UnitRow, ...]], tuple[str, ...]]:
    new = {(row.indicator, row.participant): row.actual for row in span.sheet.progress}
    units = unit_titles(row.participant for row in month.sheet.progress if row.participant != CITY)
    labels = {
        (label.measure, label.participant): label.label for found in month.sheet.labels.values() for label in found
    }
    city: list[Indicator] = []
    rows: dict[str, list[UnitRow]] = {}
    for row in month.sheet.progress:
        figures = _indicator(row, new.get((row.indicator, row.participant), Fraction(0)))
        if row.participant == CITY:
            city.append(figures)
        else:
            label = labels.get((row.indicator, row.participant)) or _label(figures)
            rows.setdefault(row.indicator, []).append(UnitRow(units[row.participant].short_name, figures, label))
    roll = tuple(unit.short_name for unit in sorted(units.values(), key=lambda unit: (unit.position, unit.code)))
    return tuple(city), {name: tuple(sorted(found, key=_descending)) for name, found in rows.items()}, roll


def _label(figures: Indicator) -> str:
    """The word for a unit where the scheme has no rule of its own for the indicator; the same as its ahead-and-behind."""
    if not figures.target:
        return "no_task"
    if not figures.actual:
        return "zero"
    if figures.actual == figures.target:
        return "met"
    return "exceeded" if figures.actual > figures.target else "missed"


def _descending(row: UnitRow) -> tuple[bool, bool, Fraction, Fraction, str]:
    """Best rate first; zeros after all others; units without a task last."""
    figures = row.figures
    rate = Fraction(figures.actual) / Fraction(figures.target) if figures.target else Fraction(0)
    return (row.label == "no_task", row.label == "zero", -rate, -Fraction(figures.actual), row.unit)


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
    found = []
    for group in month.sheet.groups:
        adjusted = any(_adjustments(sheet) for sheet in group.sheets)
        for sheet in group.sheets:
            parts = [(line.title, points_text(line.points, 2)) for line in sheet.total.lines if line.kind in {"total", "earlier"}]
            if adjusted:
                parts.append((ADJUSTMENTS, points_text(_adjustments(sheet), 2).replace("-", "−")))
            found.append(
                Ranked(group.title, sheet.name, sheet.rank, points_text(sheet.points, decimals), tuple(parts))
            )
    return tuple(found)


def _adjustments(sheet: Any) -> int:
    """Points on a unit's sheet that are neither of the parts: rewards, deductions, limits."""
    return int(sum(line.points for line in sheet.total.lines if line.kind not in {"total", "earlier", "item"}))


def _problems(month: Scored) -> tuple[Problems, ...]:
    targets = month.values.targets.get((PROBLEMS_MEASURE, month.round_name), {})
    solved = month.values.measured.get((PROBLEMS_MEASURE, "round"), {})
    units = unit_titles(name for name in targets if name != CITY)
    rows = [
        Problems(unit.short_name, int(targets[id_]), int(solved.get(id_, 0))) for id_, unit in units.items()
    ]
    return tuple(sorted(rows, key=lambda p: (p.solved - p.due, p.unit)))


def _differences(issue: Issue, month: Scored) -> tuple[Difference, ...]:
    """Indicators whose 快报数 differs from the 认定数, with the units that make the difference, the largest first."""
    flash = {(row.indicator, row.participant): row.actual for row in _scored(issue, issue.month, 1).sheet.progress}
    names = unit_titles(row.participant for row in month.sheet.progress if row.participant != CITY)
    found = []
    for city in month.sheet.progress:
        reported = flash[city.indicator, city.participant]
        if city.participant != CITY or reported == city.actual:
            continue
        units = [
            (names[row.participant].short_name, _whole(flash[row.indicator, row.participant] - row.actual))
            for row in month.sheet.progress
            if row.indicator == city.indicator and row.participant != CITY
            and flash[row.indicator, row.participant] != row.actual
        ]
        units.sort(key=lambda pair: (-pair[1], pair[0]))
        found.append(Difference(city.title, city.unit, _whole(reported), _whole(city.actual), tuple(units)))
    return tuple(found)


def _corrected(issue: Issue, month: Scored) -> Corrected | None:
    """What reads otherwise than in the bulletin that this one corrects: the month's figures, and places and scores."""
    old = issue.corrects
    if old is None:
        return None
    before = _scored(old, old.month, old.level)
    was = {(row.indicator, row.participant): row for row in before.sheet.progress}
    names = unit_titles(row.participant for row in month.sheet.progress if row.participant != CITY)
    changes = []
    for row in month.sheet.progress:
        then = was.get((row.indicator, row.participant))
        unit = "" if row.participant == CITY else names[row.participant].short_name
        pairs = (("", then.actual if then else None, row.actual), ("任务", then.target if then else None, row.target))
        changes += [
            Change(unit, row.title + what, figure(_whole(first), row.unit), figure(_whole(second), row.unit))
            for what, first, second in pairs if first != second
        ]
    if issue.kind == "monthly":
        changes += _rank_changes(before, month)
    return Corrected(old.number, old.dated_on, tuple(changes))


def _rank_changes(before: Scored, month: Scored) -> list[Change]:
    was = {sheet.participant: sheet for group in before.sheet.groups for sheet in group.sheets}
    decimals = month.sheet.compare_at
    changes = []
    for sheet in (sheet for group in month.sheet.groups for sheet in group.sheets):
        then = was.get(sheet.participant)
        if then is None:
            continue
        if points_text(then.points, decimals) != points_text(sheet.points, decimals):
            first, second = (f"{points_text(one.points, decimals)}分" for one in (then, sheet))
            changes.append(Change(sheet.name, "综合得分", first, second))
        if then.rank != sheet.rank:
            changes.append(Change(sheet.name, "名次", f"第{then.rank}名", f"第{sheet.rank}名"))
    return changes


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
        f"{level}，数据截至{issue.cutoff_on.year}年{issue.cutoff_on.month}月{issue.cutoff_on.day}日24时。",
        "完成率＝当月完成数÷当月任务数，累计率＝全年累计完成数÷全年任务数；未下达任务的记“—”。",
        f"{schedule}；较序时＝累计率减序时进度。",
        "同一项目同一事项只计一次；项目归属地单位统计，引进、承建单位另行计分，全市不重复计算。",
    ]
    if issue.kind == "monthly":
        lines.append("得分保留两位小数，同分同名次、其后名次空位；各部分之和与综合得分因四舍五入可能相差0.01分。")
    else:
        lines.append("本期新增按事项发生日期统计，本期跨月的含次月发生数。")
    return tuple(lines)
