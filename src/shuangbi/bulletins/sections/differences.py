"""Claims that stand at 快报数 level and not yet at 认定数 level: the two are never mixed silently.

Example: 亿元以上项目签约：快报数28个，认定数26个。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Column, Heading, Paragraph, Table
from shuangbi.bulletins.section import Source

NAME = "differences"
TITLE = _("Flash and recognised figures")
KINDS = frozenset({"monthly"})
WORDS = False


def suggested(source: Source) -> str:
    """No words."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A small table; nothing when both levels agree."""
    if not source.differences:
        return ()
    columns = (Column("指标", weight=4), Column("快报数", align="right", weight=2), Column("认定数", align="right", weight=2))
    return (
        Heading(1, "快报数与认定数差异"),
        Paragraph("下列指标有已审核、尚未认定的申报，认定后计入以后各期，不追溯本期。"),
        Table(columns=columns, rows=source.differences, caption="快报数与认定数对照"),
    )
