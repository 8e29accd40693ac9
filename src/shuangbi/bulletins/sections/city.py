"""City totals: target, done, rate, and the year to date beside the schedule.

Example: 亿元以上项目签约任务15个，完成26个，完成率173.3%。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Column, Heading, Paragraph, Table
from shuangbi.bulletins.figures import ahead_text, figure, shown
from shuangbi.bulletins.section import Source

NAME = "city"
TITLE = _("City totals")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the figures speak."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A sentence with every indicator, and the table."""
    said = "；".join(
        f"{row.title}任务{figure(row.target, row.unit)}，完成{figure(row.actual, row.unit)}"
        + (f"，完成率{row.rate}%" if row.rate else "")
        for row in source.city
    )
    weekly = source.kind == "weekly"
    columns = [Column("指标", weight=5), Column("单位", align="center")]
    if weekly:
        columns.append(Column("本期新增", align="right", weight=2))
    columns += [
        Column("任务", align="right", weight=2, group=source.month_text),
        Column("完成", align="right", weight=2, group=source.month_text),
        Column("完成率", unit="%", align="right", weight=2, group=source.month_text),
        Column("任务", align="right", weight=2, group="全年"),
        Column("累计", align="right", weight=2, group="全年"),
        Column("完成率", unit="%", align="right", weight=2, group="全年"),
        Column("较序时", unit="百分点", align="right", weight=2, group="全年"),
    ]
    rows = []
    for row in source.city:
        cells = [row.title, "个" if row.unit == "count" else "亿元"]
        if weekly:
            cells.append(shown(row.span, row.unit))
        cells += [shown(row.target, row.unit), shown(row.actual, row.unit), row.rate or "—"]
        cells += [shown(row.year_target, row.unit), shown(row.to_date, row.unit), row.year_rate or "—", ahead_text(row.ahead)]
        rows.append(tuple(cells))
    blocks: list[Block] = [Heading(1, "全市完成情况"), Paragraph(f"{source.month_text}，{said}。")]
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    blocks.append(Table(columns=tuple(columns), rows=tuple(rows), caption=f"全市主要指标完成情况（{source.level_text}）"))
    return tuple(blocks)
