"""The opening: what is reported, on which rule it rests, until when, at which level.

Example: 根据《……》，现将9月28日至10月11日竞赛进展情况通报如下。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Paragraph
from shuangbi.bulletins.section import Source

NAME = "head"
TITLE = _("Opening")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the opening sentence stands by itself."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """The opening sentence, then the office's own."""
    span = f"{source.first_on.month}月{source.first_on.day}日至{source.last_on.month}月{source.last_on.day}日"
    if source.kind == "monthly":
        said = f"根据{source.basis}，现将{source.month_text}“{source.campaign}”考核结果通报如下。"
        level = "各项数据为现场考核后的认定数"
    else:
        said = f"根据{source.basis}，现将{span}“{source.campaign}”进展情况通报如下。"
        level = "各项数据为申报并经归口部门审核的快报数，未经现场认定" if source.level == 1 else "各项数据为认定数"
    until = f"截至{source.cutoff_on.year}年{source.cutoff_on.month}月{source.cutoff_on.day}日。"
    blocks: list[Block] = [Paragraph(f"{said}{level}，{until}")]
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    return tuple(blocks)
