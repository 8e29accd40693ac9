"""Themed events held in the span, as they were announced: number, amount with its qualifier and which money it names.

Example: 9月22日，第三季度集中签约在市会展中心举行，集中签约项目42个，合同引资额316亿元。
"""

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.figures import announced
from shuangbi.bulletins.section import HeldEvent, Source

NAME = "events"
TITLE = _("Themed events")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True

WHAT = {"signing": "集中签约", "start": "集中开工", "completion": "集中竣工", "mixed": "集中开竣工"}
MONEYS = {"total_investment": "总投资", "attracted_amount": "合同引资额", "contract_amount": "合同金额"}
QUALIFIERS = {"exact": "", "over": "超过", "about": "约", "nearly": "近"}


def suggested(source: Source) -> str:
    """Nothing: what was announced stands in the ledger."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A sentence per event, and why its numbers are not the month's; nothing when none was held."""
    if not source.events:
        return ()
    said = "".join(_said(event) for event in source.events)
    caution = "以上为活动现场公布数，与本期完成数口径不同，不相加减。"
    lines = [Paragraph(line) for line in words.splitlines() if line.strip()]
    return (Heading(1, "项目推进情况"), Paragraph(lead="集中活动：", text=said + caution), *lines)


def _said(event: HeldEvent) -> str:
    where = f"在{event.place}举行" if event.place else "举行"
    parts = [f"{event.held_on.month}月{event.held_on.day}日，{event.title}{where}"]
    if event.count is not None:
        parts.append(f"{WHAT[event.kind]}项目{event.count}个")
    if event.amount is not None:
        parts.append(f"{MONEYS[event.money]}{QUALIFIERS[event.qualifier]}{announced(event.amount)}")
    return "，".join(parts) + "。"
