"""City totals: target, done, rate, and the year to date beside the schedule.

Example: 9月份，4项指标均超额完成月度任务。全年累计，重点项目开工超序时进度1.0个百分点。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Column, Heading, Paragraph, Table
from shuangbi.bulletins.figures import COUNTED, ahead_text, clauses, names, shown
from shuangbi.bulletins.section import Indicator, Source

NAME = "city"
TITLE = _("City totals")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the figures speak."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """How the month and the year stand in a sentence each, the office's words, and the table."""
    said = _month(source) + _year(source.city)
    blocks: list[Block] = [Heading(1, "全市完成情况"), Paragraph(said)]
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    return (*blocks, _table(source))


def _month(source: Source) -> str:
    """Which tasks of the month were exceeded, met, missed."""
    asked = [row for row in source.city if row.target]
    exceeded = [row.title for row in asked if row.actual > row.target]
    met = [row.title for row in asked if row.actual == row.target]
    missed = [f"{row.title}（完成率{row.rate}%）" for row in asked if row.actual < row.target]
    if not asked:
        return f"{source.month_text}未下达月度任务。"
    if len(exceeded) == len(asked) > 1:
        return f"{source.month_text}，{len(asked)}项指标均超额完成月度任务。"
    return f"{source.month_text}，" + clauses(
        (
            f"{names(exceeded)}超额完成月度任务" if exceeded else "",
            f"{names(met)}完成月度任务" if met else "",
            f"{names(missed)}{'未' if source.month_over else '尚未'}完成月度任务" if missed else "",
        )
    )


def _year(city: tuple[Indicator, ...]) -> str:
    """How far the year to date is ahead of its schedule, or behind."""
    dated = [(row.title, row.ahead or "") for row in city if row.ahead is not None]
    even = [title for title, ahead in dated if not ahead.strip("-0.")]
    ahead = [(title, text) for title, text in dated if title not in even and not text.startswith("-")]
    behind = [(title, text[1:]) for title, text in dated if title not in even and text.startswith("-")]
    said = clauses((_points(ahead, "超序时进度"), f"{names(even)}与序时进度持平" if even else "", _points(behind, "低于序时进度")))
    return f"全年累计，{said}" if said else ""


def _points(rows: list[tuple[str, str]], verb: str) -> str:
    if not rows:
        return ""
    apart = "分别" if len(rows) > 1 else ""
    return f"{names(title for title, _text in rows)}{apart}{verb}{names(text for _title, text in rows)}个百分点"


def _table(source: Source) -> Table:
    weekly = source.kind == "weekly"
    units = {COUNTED.get(row.unit, "") for row in source.city}
    mixed = len(units) > 1
    columns = [Column("指标", weight=12)]
    columns += [Column("单位", align="center", weight=3)] if mixed else []
    columns += [Column("本期\n新增", align="right", weight=3)] if weekly else []
    for group, done, more in ((source.month_text, "完成", False), ("全年", "累计", True)):
        columns += [
            Column("任务", align="right", weight=3, group=group),
            Column(done, align="right", weight=3, group=group),
            Column("累计率" if more else "完成率", unit="%", align="right", weight=4, group=group),
            *([Column("较序时", unit="百分点", align="right", weight=5, group=group)] if more else []),
        ]
    unit = "" if mixed else f"单位：{units.pop()}，" if units else ""
    caption = f"全市主要指标完成情况（{unit}{source.level_text}，{source.until_text}）"
    return Table(columns=tuple(columns), rows=tuple(_row(row, weekly, mixed) for row in source.city), caption=caption)


def _row(row: Indicator, weekly: bool, mixed: bool) -> tuple[str, ...]:
    cells = [row.title, *([COUNTED.get(row.unit, "")] if mixed else []), *([shown(row.span, row.unit)] if weekly else [])]
    cells += [shown(row.target, row.unit), shown(row.actual, row.unit), row.rate or "—"]
    cells += [shown(row.year_target, row.unit), shown(row.to_date, row.unit), row.year_rate or "—", ahead_text(row.ahead)]
    return tuple(cells)
