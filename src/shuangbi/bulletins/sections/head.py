"""The opening: what is reported, on which rule it rests, until when, at which level.

Example: 根据《……》，现将9月28日至10月11日竞赛进展情况通报如下。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Paragraph, chinese_date
from shuangbi.bulletins.figures import span_text
from shuangbi.bulletins.section import Source

NAME = "head"
TITLE = _("Opening")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the opening sentence stands by itself."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """The opening sentence with rule, period, level and cut-off, then the office's own."""
    level = {
        1: "数据为归口部门审核的快报数，未经现场认定",
        2: "数据为现场考核后的认定数",
    }[source.level]
    until = f"截至{chinese_date(source.cutoff_on)}24时"
    if source.kind == "monthly":
        what = f"{source.first_on.year}年{source.month_text}“{source.campaign}”考核结果"
    else:
        what = f"{span_text(source.first_on, source.last_on)}“{source.campaign}”进展情况"
    said = f"根据{_basis(source.basis)}，现将{what}通报如下。{level}，{until}。"
    return (Paragraph(said), *(Paragraph(line) for line in words.splitlines() if line.strip()))


def _basis(basis: str) -> str:
    """A bare document number reads 〔2020〕1号文件; a title stands as it is."""
    return f"{basis}文件" if basis.endswith("号") else basis
