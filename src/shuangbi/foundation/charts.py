"""ECharts options as plain dicts, built from exact numbers; each comes with its figures as a table. Pure functions.

Values reach the browser as decimal texts, so what is printed beside a bar is what was computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from shuangbi.foundation.formats import fixed
from shuangbi.foundation.parts import Chart

INK, INK_2, LINE, PALE = "#1a2230", "#465062", "#e4e7ec", "#dfe4ec"
BLUE, BLUE_LIGHT = "#1d4f9c", "#8fadd8"
FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif'
UPRIGHT = "path://M4,0h2v10h-2z"
# Lines differ in dash and mark as well as in colour.
LINE_LOOKS = ((BLUE, "solid", "circle"), (INK, "dashed", "rect"), ("#636d7e", "dotted", "triangle"), (BLUE_LIGHT, "solid", "diamond"))


@dataclass(frozen=True)
class Bar:
    """One unit in a ranking: its name, its value, its rank as printed."""

    label: str
    value: Fraction
    rank: int | None = None
    is_ours: bool = False


@dataclass(frozen=True)
class Goal:
    """Done against a target, with what the schedule expects to date (or None)."""

    label: str
    done: Fraction
    target: Fraction
    schedule: Fraction | None = None


@dataclass(frozen=True)
class Line:
    """A series over periods; None where there is no figure yet."""

    label: str
    values: Sequence[Fraction | None]


def _plain(value: Fraction | None, decimals: int) -> str | None:
    return None if value is None else fixed(value, decimals, grouped=False)


def _frame(**more: Any) -> dict[str, Any]:
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": 13, "color": INK},
        "aria": {"enabled": False},
        **more,
    }


def _value_axis() -> dict[str, Any]:
    return {
        "type": "value", "axisLabel": {"color": INK_2, "fontSize": 12}, "splitLine": {"lineStyle": {"color": LINE}},
        "axisLine": {"show": False}, "axisTick": {"show": False},
    }


def _name_axis(names: Sequence[str], **more: Any) -> dict[str, Any]:
    return {
        "type": "category", "data": list(names), "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": INK_2}}, "axisLabel": {"color": INK, "fontSize": 13, "lineHeight": 17}, **more,
    }


def ranking_bars(name: str, title: Any, bars: Sequence[Bar], *, unit: Any = "", decimals: int = 2) -> Chart:
    """One group in order of rank, first on top; the reader's own unit is the dark bar, the value stands at its end."""
    data = [
        {"value": _plain(bar.value, decimals), "itemStyle": {"color": BLUE if bar.is_ours or not any(b.is_ours for b in bars) else BLUE_LIGHT}}
        for bar in bars
    ]
    names = [f"{bar.rank}  {bar.label}" if bar.rank is not None else bar.label for bar in bars]
    option = _frame(
        grid={"left": 8, "right": 64, "top": 4, "bottom": 4, "containLabel": True},
        xAxis={**_value_axis(), "show": False, "min": 0 if all(bar.value >= 0 for bar in bars) else None},
        yAxis=_name_axis(names, inverse=True, axisLine={"show": False}),
        series=[{
            "type": "bar", "data": data, "barWidth": 14,
            "label": {"show": True, "position": "right", "formatter": "{c}", "color": INK, "fontSize": 13},
        }],
    )
    return Chart(
        name, title, option, (_("Unit"), _("Rank"), unit or _("Value")),
        [(bar.label, "–" if bar.rank is None else bar.rank, fixed(bar.value, decimals)) for bar in bars],
        height=28 * len(bars) + 16, unit=unit,
    )


def target_bars(name: str, title: Any, goals: Sequence[Goal], *, unit: Any = "", decimals: int = 0) -> Chart:
    """Targets as pale wide bars, what is done as narrow ones in front, the schedule to date as an upright mark."""
    def values(pick: Sequence[Fraction | None]) -> list[str | None]:
        return [_plain(value, decimals) for value in pick]

    names = [f"{goal.label}\n{fixed(goal.done, decimals)} / {fixed(goal.target, decimals)}" for goal in goals]
    done, target, schedule = _("Done"), _("Target"), _("Expected to date")
    series: list[dict[str, Any]] = [
        {"name": target, "type": "bar", "data": values([g.target for g in goals]), "barWidth": 22,
         "itemStyle": {"color": PALE}, "z": 1},
        {"name": done, "type": "bar", "data": values([g.done for g in goals]), "barWidth": 10, "yAxisIndex": 1,
         "itemStyle": {"color": BLUE}, "z": 2},
    ]
    if any(goal.schedule is not None for goal in goals):
        points = [
            [_plain(goal.schedule, decimals), at] for at, goal in enumerate(goals) if goal.schedule is not None
        ]
        series.append({
            "name": schedule, "type": "scatter", "data": points, "symbol": "rect", "symbolSize": [2, 26],
            "itemStyle": {"color": INK}, "z": 3, "yAxisIndex": 1,
        })
    option = _frame(
        legend={"data": [{"name": entry["name"], "icon": UPRIGHT if entry["type"] == "scatter" else "rect"} for entry in series], "top": 0, "left": 0, "itemWidth": 14, "itemHeight": 10,
                "selectedMode": False, "textStyle": {"color": INK_2, "fontSize": 12}},
        grid={"left": 8, "right": 24, "top": 32, "bottom": 4, "containLabel": True},
        # Two axes over the same names, so that the narrow bar stands in the middle of the wide one.
        xAxis=_value_axis(), yAxis=[_name_axis(names, inverse=True), _name_axis(names, inverse=True, show=False)],
        series=series,
    )
    rows = [
        (goal.label, fixed(goal.target, decimals), fixed(goal.done, decimals),
         "–" if goal.schedule is None else fixed(goal.schedule, decimals),
         "–" if not goal.target else fixed(goal.done / goal.target * 100, 1) + "%")
        for goal in goals
    ]
    return Chart(name, title, option, (_("Item"), target, done, schedule, _("Rate")), rows, height=52 * len(goals) + 64, unit=unit)


def period_lines(
    name: str, title: Any, periods: Sequence[str], lines: Sequence[Line], *, unit: Any = "", decimals: int = 0
) -> Chart:
    """Figures week by week or month by month; each line is named at its end and has its own dash and mark."""
    series = []
    for at, line in enumerate(lines):
        colour, dash, mark = LINE_LOOKS[at % len(LINE_LOOKS)]
        series.append({
            "name": line.label, "type": "line", "data": [_plain(value, decimals) for value in line.values],
            "symbol": mark, "symbolSize": 7, "itemStyle": {"color": colour},
            "lineStyle": {"color": colour, "type": dash, "width": 2},
            "endLabel": {"show": True, "formatter": "{a}", "color": colour, "fontSize": 13, "distance": 10},
            "labelLayout": {"moveOverlap": "shiftY"},
        })
    longest = max((sum(2 if sign > "\u2e80" else 1 for sign in line.label) for line in lines), default=0)
    option = _frame(
        grid={"left": 8, "right": 7 * longest + 28, "top": 12, "bottom": 4, "containLabel": True},
        xAxis=_name_axis(periods), yAxis=_value_axis(), series=series,
    )
    rows = [
        (period, *("–" if line.values[at] is None else fixed(line.values[at] or Fraction(0), decimals) for line in lines))
        for at, period in enumerate(periods)
    ]
    return Chart(name, title, option, (_("Period"), *(line.label for line in lines)), rows, height=300, unit=unit)
