"""From an issue to a document: sections in order, the office's words in their places, mastheads and imprint."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shuangbi.bulletins.checks import Problem, check
from shuangbi.bulletins.content import Audience, Block, Checkpoint, Document, Imprint, Masthead, Signature
from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.section import Section, Source
from shuangbi.bulletins.sections import SECTIONS


@dataclass(frozen=True)
class Part:
    """A section of a draft as the editor shows it."""

    name: str
    title: str
    words: str
    takes_words: bool
    left_out: bool
    signed_by: str
    blocks: tuple[Block, ...]


def sections_for(issue: Issue) -> list[Section]:
    """The sections that this kind of bulletin has."""
    return [section for section in SECTIONS.values() if issue.kind in section.KINDS]


def parts_of(issue: Issue, audience: Audience = "internal") -> list[Part]:
    """Every section with its words and what it collects."""
    source = source_of(issue)
    return [
        Part(
            name=section.NAME, title=str(section.TITLE), words=issue.words.get(section.NAME, ""),
            takes_words=section.WORDS, left_out=section.NAME in issue.left_out,
            signed_by=issue.signed.get(section.NAME, ""),
            blocks=section.collect(source, issue.words.get(section.NAME, ""), audience),
        )
        for section in sections_for(issue)
    ]


def document_of(issue: Issue, audience: Audience, checkpoint: str = "") -> Document:
    """The issue as a document for one audience, with the checkpoint it prints."""
    source = source_of(issue)
    blocks = tuple(
        block
        for section in sections_for(issue) if section.NAME not in issue.left_out
        for block in section.collect(source, issue.words.get(section.NAME, ""), audience)
    )
    name = "通报" if issue.kind == "monthly" else "周通报"
    return Document(
        identifier=issue.name,
        masthead=Masthead(
            kind="newsletter", name=f"{source.campaign}{name}", number=f"第{issue.number}期", office=source.office
        ),
        title=title_of(issue, source), dated_on=issue.dated_on, blocks=blocks, audience=audience,
        recipients="" if audience == "public" else "各县市区、市直有关单位、市属国有企业",
        signature=Signature(source.office), imprint=Imprint(source.office, issue.dated_on),
        checkpoint=Checkpoint(tuple(checkpoint.strip().splitlines())) if checkpoint else None,
        notices=("演示数据",) if settings.IS_DEMO else (),
    )


def title_of(issue: Issue, source: Source) -> str:
    """The title, broken by meaning."""
    year = issue.month[:4]
    if issue.kind == "monthly":
        return f"关于{year}年{source.month_text}\n{source.campaign}考核结果的通报"
    first, last = source.first_on, source.last_on
    return f"关于{first.month}月{first.day}日至{last.month}月{last.day}日\n{source.campaign}进展情况的通报"


def sentence(problem: Problem) -> str:
    """A problem of form, with its place and remedy."""
    words = {
        "glyph_missing": _("No font has the character {detail}. Write it otherwise, or add a font."),
        "level_skipped": _("The heading {detail} skips a level."),
        "section_empty": _("The heading {detail} has nothing below it. Write something, or leave the section out."),
        "paragraph_empty": _("A paragraph is empty."),
        "table_empty": _("The table {detail} has no rows. Leave the section out."),
        "part_missing": _("Title or masthead is empty."),
        "too_long": _("The text has {detail} characters; circulars are to stay below 5,000."),
    }
    return words[problem.code].format(detail=problem.detail)


def unsigned(issue: Issue) -> list[str]:
    """Sections that nobody has signed yet."""
    return [
        _("“{section}” has not been signed.").format(section=section.TITLE)
        for section in sections_for(issue) if section.NAME not in issue.left_out and not issue.signed.get(section.NAME)
    ]


def problems_of(issue: Issue) -> tuple[list[str], list[str]]:
    """What stands against issuing, and what is only to be looked at."""
    found = check(document_of(issue, "internal"), fonts())
    blocking = [*unsigned(issue), *(sentence(problem) for problem in found if problem.blocking)]
    return blocking, [sentence(problem) for problem in found if not problem.blocking]


def fonts() -> Path | None:
    """The office's own folder of fonts, where one is set."""
    return Path(settings.FONTS) if settings.FONTS else None
