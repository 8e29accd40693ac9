"""What is required for the next period, in the office's words.

Example: 一要盯紧序时进度……
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.section import Source

NAME = "requirements"
TITLE = _("Requirements for the next period")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """A plain paragraph to edit."""
    return (
        "一要对照任务清单逐项倒排工期，序时进度只快不慢；二要对推进缓慢的项目逐个说明原因，明确节点和责任人；"
        "三要如实申报、一次报全，不得重复申报。"
    )


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """The office's words; internal only."""
    lines = [line for line in words.splitlines() if line.strip()]
    if audience == "public" or not lines:
        return ()
    return (Heading(1, "下步要求"), *(Paragraph(line) for line in lines))
