"""The composite ranking by group: process, result, total and place. Monthly and later only, never weekly.

Example: 县市区组：1 晨溪高新区 107.96。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Column, Heading, Paragraph, Table
from shuangbi.bulletins.section import Ranked, Source

NAME = "composite"
TITLE = _("Composite ranking")
KINDS = frozenset({"monthly"})
WORDS = True
FIRST_PLACES = 3


def suggested(source: Source) -> str:
    """Nothing: the table speaks."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A table per group; the public sees the first places."""
    blocks: list[Block] = [Heading(1, "综合得分和名次")]
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    for group in dict.fromkeys(row.group for row in source.ranking):
        rows = [row for row in source.ranking if row.group == group]
        if audience == "public":
            rows = [row for row in rows if row.rank <= FIRST_PLACES][: FIRST_PLACES + 2]
        blocks.append(_table(group, rows, source))
    return tuple(blocks) if len(blocks) > 1 else ()


def _table(group: str, rows: list[Ranked], source: Source) -> Table:
    parts = [title for title, _points in rows[0].parts] if rows else []
    columns = (
        Column("名次", align="center"), Column("单位", weight=3),
        *(Column(title, align="right", weight=2) for title in parts), Column("综合得分", align="right", weight=2),
    )
    cells = tuple((str(r.rank), r.unit, *(points for _title, points in r.parts), r.score) for r in rows)
    return Table(columns=columns, rows=cells, caption=f"{group}{source.month_text}综合得分和名次（单位：分，{source.level_text}，{source.until_text}）")
