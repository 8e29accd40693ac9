"""Assigned problems (问题交办): due, solved, and who still owes. Internal.

Example: 9月应办结交办问题30个，已办结26个；尚未办结的有甲县（2个）、乙区（1个）。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.figures import grouped
from shuangbi.bulletins.section import Source

NAME = "problems"
TITLE = _("Assigned problems")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the counts come from claims."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """Counts and those who still owe; nothing for the public."""
    if audience == "public" or not source.problems:
        return ()
    due, solved = sum(p.due for p in source.problems), sum(p.solved for p in source.problems)
    owing = grouped((p.unit, f"{p.due - p.solved}个") for p in source.problems if p.solved < p.due)
    said = f"{source.month_text}应办结交办问题{due}个，{source.until_text}已办结{solved}个"
    said += f"；尚未办结的有{owing}，请责任单位抓紧办理。" if owing else "，全部办结。"
    lines = [Paragraph(line) for line in words.splitlines() if line.strip()]
    return (Heading(1, "项目推进情况"), Paragraph(lead="问题交办：", text=said), *lines)
