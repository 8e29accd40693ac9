"""What was seen on patrol (巡查), in the office's words.

Example: 本期巡查12个项目，总体进展正常。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.section import Source

NAME = "patrol"
TITLE = _("Patrol remarks")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: only those who went can say."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """The office's words under a heading; nothing when there are none."""
    lines = [line for line in words.splitlines() if line.strip()]
    if not lines:
        return ()
    return (Heading(1, "项目推进情况"), Paragraph(lead="巡查情况：", text=lines[0]), *(Paragraph(line) for line in lines[1:]))
