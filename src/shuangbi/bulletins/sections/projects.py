"""Named projects: those that reached a milestone, and those that are late, with the reason on record.

Example: 进展较快：……；推进缓慢：……（应于8月20日开工，逾期35个工作日）。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.figures import clauses
from shuangbi.bulletins.section import NamedProject, Source

NAME = "projects"
TITLE = _("Named projects")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the lists come from milestones."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """Ahead for everyone, behind for the internal version."""
    blocks: list[Block] = []
    if source.ahead:
        blocks.append(Paragraph(lead="进展较快：", text=_listed(source.ahead)))
    if source.behind and audience == "internal":
        blocks.append(Paragraph(lead="推进缓慢：", text=_listed(source.behind)))
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    return (Heading(1, "项目推进情况"), *blocks) if blocks else ()


def _listed(projects: tuple[NamedProject, ...]) -> str:
    return clauses(f"{p.unit}{p.name}（{p.what}）" for p in projects)
