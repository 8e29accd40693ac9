"""One part per indicator: units in descending order, those ahead and behind named, zeros last.

Example: 超额完成任务的有晨溪高新区（200.0%）……；未完成任务的有……；尚未实现零突破的有……
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Column, Heading, Paragraph, Table
from shuangbi.bulletins.figures import names, shown
from shuangbi.bulletins.section import Indicator, Source, UnitRow

NAME = "indicators"
TITLE = _("Indicators, one by one")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the tables speak."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A heading, sentences and a table per indicator; the public sees those who met their task."""
    blocks: list[Block] = [Heading(1, "各项指标完成情况")]
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    for indicator in source.city:
        rows = source.units.get(indicator.name, ())
        shown_rows = rows if audience == "internal" else tuple(row for row in rows if _met(row.figures))
        blocks.append(Heading(2, indicator.title))
        blocks += [Paragraph(lead=lead, text=text) for lead, text in _said(rows, audience)]
        if shown_rows:
            blocks.append(_table(source, indicator, shown_rows))
    return tuple(blocks)


def _met(figures: Indicator) -> bool:
    return bool(figures.target is not None and figures.actual >= figures.target and figures.actual)


def _said(rows: tuple[UnitRow, ...], audience: Audience) -> list[tuple[str, str]]:
    exceeded = [f"{r.unit}（{r.figures.rate}%）" for r in rows if r.figures.target and r.figures.actual > r.figures.target]
    met = [r.unit for r in rows if r.figures.target and r.figures.actual == r.figures.target]
    missed = [f"{r.unit}（{r.figures.rate}%）" for r in rows if r.figures.target and 0 < r.figures.actual < r.figures.target]
    zeros = [r.unit for r in rows if r.figures.target and not r.figures.actual]
    free = [f"{r.unit}（{r.figures.actual}个）" for r in rows if r.figures.target is None and r.figures.actual]
    said = [
        ("超额完成任务：", exceeded), ("完成任务：", met), ("未下达任务、主动完成：", free),
        ("未完成任务：", missed if audience == "internal" else []),
        ("尚未实现突破：", zeros if audience == "internal" else []),
    ]
    return [(lead, names(units) + "。") for lead, units in said if units]


def _table(source: Source, indicator: Indicator, rows: tuple[UnitRow, ...]) -> Table:
    weekly = source.kind == "weekly"
    columns = [Column("单位", weight=4)]
    if weekly:
        columns.append(Column("本期新增", align="right", weight=2))
    columns += [
        Column("任务", align="right", weight=2, group=source.month_text),
        Column("完成", align="right", weight=2, group=source.month_text),
        Column("完成率", unit="%", align="right", weight=2, group=source.month_text),
        Column("任务", align="right", weight=2, group="全年"),
        Column("累计", align="right", weight=2, group="全年"),
        Column("完成率", unit="%", align="right", weight=2, group="全年"),
    ]
    cells = []
    for row in (*rows, UnitRow("全市", indicator)):
        f = row.figures
        line = [row.unit, *([shown(f.span, f.unit)] if weekly else [])]
        line += [shown(f.target, f.unit), shown(f.actual, f.unit), f.rate or "—"]
        line += [shown(f.year_target, f.unit), shown(f.to_date, f.unit), f.year_rate or "—"]
        cells.append(tuple(line))
    return Table(
        columns=tuple(columns), rows=tuple(cells), strong_rows=(len(cells) - 1,),
        caption=f"{indicator.title}完成情况（单位：{'个' if indicator.unit == 'count' else '亿元'}，{source.level_text}）",
    )
