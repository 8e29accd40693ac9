"""Figures that stand at 快报数 level and not yet at 认定数 level: the two are never mixed silently.

Example: 亿元以上项目签约快报数28个、认定数26个，相差2个：甲区、乙县（各1个）。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.figures import clauses, figure, grouped
from shuangbi.bulletins.section import Difference, Source

NAME = "differences"
TITLE = _("Flash and recognised figures")
KINDS = frozenset({"monthly"})
WORDS = False


def suggested(source: Source) -> str:
    """No words."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A clause per indicator; nothing when both levels agree."""
    if not source.differences:
        return ()
    said = clauses(_said(one, audience) for one in source.differences)
    return (Heading(1, "快报数与认定数差异"), Paragraph(f"{said}其余指标两级数据一致。上述项目已审核、尚未认定，认定后计入以后各期。"))


def _said(one: Difference, audience: Audience) -> str:
    apart = figure(one.reported - one.recognised, one.unit)
    text = f"{one.title}快报数{figure(one.reported, one.unit)}、认定数{figure(one.recognised, one.unit)}，相差{apart}"
    if audience == "public" or not one.units:
        return text
    return f"{text}：{grouped((unit, figure(value, one.unit)) for unit, value in one.units)}"
