"""What a correction corrects: the bulletin it names, the office's reason, and every figure that reads otherwise.

Example: 本期更正10月12日印发的第2期，以本期为准。更正内容：全市亿元以上项目签约由28个更正为27个。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Paragraph, chinese_date
from shuangbi.bulletins.figures import clauses
from shuangbi.bulletins.section import Change, Source

NAME = "correction"
TITLE = _("What is corrected")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: only the office knows the reason."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """Which bulletin, why, what; nothing where none is corrected."""
    old = source.corrects
    if old is None:
        return ()
    named = f"本期更正{chinese_date(old.dated_on)}印发的第{old.number}期，数据以本期为准。"
    why = [line.strip() for line in words.splitlines() if line.strip()]
    changed = clauses(_said(change) for change in old.changes)
    blocks = [Paragraph(named + (f"更正原因：{why[0]}" if why else "")), *(Paragraph(line) for line in why[1:])]
    blocks.append(Paragraph(f"更正内容：{changed}" if changed else "各项数据未作更正。"))
    return tuple(blocks)


def _said(change: Change) -> str:
    return f"{change.unit or '全市'}{change.what}由{change.before}更正为{change.after}"
