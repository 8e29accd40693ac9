"""The note that explains the formulas, the levels and the cut-off of the figures above.

Example: 完成率＝完成数÷任务数；序时进度＝年初至期末天数÷全年天数。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Paragraph
from shuangbi.bulletins.section import Source

NAME = "note"
TITLE = _("Formula note")
KINDS = frozenset({"weekly", "monthly"})
WORDS = False


def suggested(source: Source) -> str:
    """No words."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """One paragraph in small print below the tables."""
    said = "".join(f"{number}.{line}" for number, line in enumerate(source.formula, start=1))
    return (Paragraph(lead="说明：", text=said, small=True),)
