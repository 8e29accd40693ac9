"""Every unit beside every other: task, done and rate of the month and the rate of the year to date, in the region's order.

Example: 各单位主要指标完成情况（快报数，截至10月11日）。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Column, Table
from shuangbi.bulletins.figures import COUNTED, NONE, shown
from shuangbi.bulletins.section import Indicator, Source

NAME = "tables"
TITLE = _("Tables of units")
KINDS = frozenset({"weekly", "monthly"})
WORDS = False
ABREAST = 4  # indicators that fit beside each other


def suggested(source: Source) -> str:
    """No words."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A table of up to four indicators. It tells who is behind: the public gets it only where the scheme says so."""
    if not source.roll or (audience == "public" and not source.behind_is_public):
        return ()
    starts = range(0, len(source.city), ABREAST)
    return tuple(_table(source, source.city[start : start + ABREAST]) for start in starts)


def _table(source: Source, chosen: tuple[Indicator, ...]) -> Table:
    columns = [Column("单位", weight=22)]
    for one in chosen:
        group, wide = f"{one.title}（{COUNTED.get(one.unit, '')}）", 8 if one.unit == "count" else 11
        columns += [
            Column("任务", align="right", weight=wide, group=group),
            Column("完成", align="right", weight=wide, group=group),
            Column("完成率", unit="%", align="right", weight=11, group=group),
            Column("累计率", unit="%", align="right", weight=11, group=group),
        ]
    known = {name: {row.unit: row.figures for row in rows} for name, rows in source.units.items()}
    rows = [(unit, *_cells([known.get(one.name, {}).get(unit) for one in chosen])) for unit in source.roll]
    rows.append(("全市", *_cells(list(chosen))))
    return Table(
        columns=tuple(columns), rows=tuple(rows), strong_rows=(len(rows) - 1,),
        caption=f"各单位{source.month_text}主要指标完成情况（{source.level_text}，{source.until_text}）",
    )


def _cells(figures: list[Indicator | None]) -> tuple[str, ...]:
    cells: list[str] = []
    for one in figures:
        if one is None:
            cells += [NONE] * 4
        else:
            cells += [shown(one.target, one.unit), shown(one.actual, one.unit), one.rate or NONE, one.year_rate or NONE]
    return tuple(cells)
