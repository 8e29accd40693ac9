"""One part per indicator: what the span added, then units in descending order, those ahead and behind named, zeros last.

Example: 亿元以上项目签约：本期新增8个：甲区（2个）……。超额完成任务的有乙县（200.0%）……；尚未实现零突破的有丙县。
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.content import Audience, Block, Heading, Paragraph
from shuangbi.bulletins.figures import clauses, figure, grouped, names
from shuangbi.bulletins.section import Indicator, Source, UnitRow

NAME = "indicators"
TITLE = _("Indicators, one by one")
KINDS = frozenset({"weekly", "monthly"})
WORDS = True


def suggested(source: Source) -> str:
    """Nothing: the figures speak."""
    return ""


def collect(source: Source, words: str, audience: Audience) -> tuple[Block, ...]:
    """A paragraph per indicator, then the office's words. Who is behind the public reads only where the scheme says so."""
    behind = audience == "internal" or source.behind_is_public
    said = [(row.title, _said(source, row, behind)) for row in source.city]
    blocks: list[Block] = [Paragraph(lead=f"{title}：", text=text) for title, text in said if text]
    blocks += [Paragraph(line) for line in words.splitlines() if line.strip()]
    return (Heading(1, "各单位完成情况"), *blocks) if blocks else ()


def _said(source: Source, city: Indicator, behind: bool) -> str:
    rows = source.units.get(city.name, ())
    return (_new(city, rows) if source.kind == "weekly" else "") + _standing(source, rows, behind)


def _new(city: Indicator, rows: tuple[UnitRow, ...]) -> str:
    if not city.span:
        return "本期无新增。"
    added = sorted((row for row in rows if row.figures.span), key=lambda row: -row.figures.span)
    said = grouped((row.unit, figure(row.figures.span, city.unit)) for row in added)
    return f"本期新增{figure(city.span, city.unit)}" + (f"：{said}。" if said else "。")


def _standing(source: Source, rows: tuple[UnitRow, ...], behind: bool) -> str:
    """先进 and 后进 by the scheme's own labels, best first; in a weekly bulletin the plain facts. Rates are in the table."""
    weekly = source.kind == "weekly"
    missed = "未完成任务的有" if source.month_over else "尚未完成任务的有"
    free = [row for row in rows if row.label == "no_task" and row.figures.actual]
    return clauses((
        _part("超额完成任务的有" if weekly else "先进单位（超额完成任务）：", _named(rows, "exceeded")),
        _part("完成任务的有", _named(rows, "met")),
        _part("未下达任务、主动完成的有", grouped((row.unit, figure(row.figures.actual, row.figures.unit)) for row in free)),
        _part(missed if weekly else "后进单位（未完成任务）：", _rates(rows, "missed") if behind else ""),
        _part("尚未实现零突破的有", _named(rows, "zero") if behind else ""),
    ))


def _named(rows: Iterable[UnitRow], label: str) -> str:
    return names(row.unit for row in rows if row.label == label)


def _rates(rows: Iterable[UnitRow], label: str) -> str:
    return grouped((row.unit, f"{row.figures.rate}%") for row in rows if row.label == label)


def _part(lead: str, units: str) -> str:
    return lead + units if units else ""
