"""From an issue to a document: sections in order, the office's words in their places, mastheads and imprint."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from shuangbi.bulletins.checks import Problem, check
from shuangbi.bulletins.choices import AUDIENCES, IssueKind
from shuangbi.bulletins.content import (
    Audience,
    Block,
    Checkpoint,
    Document,
    Heading,
    Imprint,
    Masthead,
    characters,
    plain,
)
from shuangbi.bulletins.figures import names, span_text
from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.section import Section, Source
from shuangbi.bulletins.sections import SECTIONS
from shuangbi.standings.queries import latest_standing

CORRECTION = "correction"


@dataclass(frozen=True)
class Part:
    """A section of a draft as the editor shows it. `digest` names exactly what it says now."""

    name: str
    title: str
    words: str
    takes_words: bool
    left_out: bool
    signed_by: UUID | None
    blocks: tuple[Block, ...]
    digest: str


def sections_for(issue: Issue) -> list[Section]:
    """The sections that this bulletin may have: those of its kind, and in a correction what it corrects."""
    return [
        section for section in SECTIONS.values()
        if issue.kind in section.KINDS and (issue.corrects_id is not None or section.NAME != CORRECTION)
    ]


def parts_of(issue: Issue, source: Source | None = None) -> list[Part]:
    """Every section with its words and what it collects for the inside."""
    source = source or source_of(issue)
    return [_part(issue, section, source) for section in sections_for(issue)]


def _part(issue: Issue, section: Section, source: Source) -> Part:
    words, signer = issue.words.get(section.NAME, ""), issue.signed.get(section.NAME)
    blocks = section.collect(source, words, "internal")
    said = json.dumps([plain(block) for block in blocks], ensure_ascii=False, sort_keys=True)
    return Part(
        name=section.NAME, title=str(section.TITLE), words=words, takes_words=section.WORDS,
        left_out=section.NAME in issue.left_out, signed_by=UUID(signer) if signer else None, blocks=blocks,
        digest=hashlib.sha256(said.encode()).hexdigest()[:16],
    )


def document_of(issue: Issue, audience: Audience, checkpoint: str = "", source: Source | None = None) -> Document:
    """The issue as a document for one audience, with the checkpoint it prints."""
    source = source or source_of(issue)
    blocks = _under_one_heading(
        block
        for section in sections_for(issue) if section.NAME not in issue.left_out
        for block in section.collect(source, issue.words.get(section.NAME, ""), audience)
    )
    name = "通报" if issue.kind == IssueKind.MONTHLY else "周通报"
    number = f"第{issue.number}期" + ("（更正）" if source.corrects else "")
    return Document(
        identifier=issue.name,
        masthead=Masthead(kind="newsletter", name=f"{source.campaign}{name}", number=number, office=source.office),
        title=title_of(issue, source), dated_on=issue.dated_on, blocks=blocks, audience=audience,
        recipients="" if audience == "public" else f"各{names(source.groups)}",
        imprint=Imprint(source.office, issue.dated_on),
        checkpoint=Checkpoint(tuple(checkpoint.strip().splitlines())) if checkpoint else None,
        notices=("演示数据",) if settings.IS_DEMO else (),
    )


def preview_of(issue: Issue, audience: Audience) -> Document:
    """A draft's document, with the word 草稿 on every page so that nobody takes it for the bulletin."""
    document = document_of(issue, audience)
    return replace(document, notices=("草稿", *document.notices))


def _under_one_heading(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Neighbouring sections that open with the same heading stand under it together."""
    found: list[Block] = []
    heading = None
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            if block == heading:
                continue
            heading = block
        found.append(block)
    return tuple(found)


def title_of(issue: Issue, source: Source) -> str:
    """The title, broken by meaning."""
    end = "的通报（更正）" if source.corrects else "的通报"
    if issue.kind == IssueKind.MONTHLY:
        return f"关于{issue.month[:4]}年{source.month_text}\n{source.campaign}考核结果{end}"
    return f"关于{span_text(source.first_on, source.last_on)}\n{source.campaign}进展情况{end}"


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


def unsigned(issue: Issue, parts: list[Part]) -> list[str]:
    """Sections of this issue that say something and that nobody has signed yet."""
    return [
        _("“{section}” has not been signed.").format(section=part.title)
        for part in parts if not part.left_out and part.blocks and part.signed_by is None
    ]


def problems_of(issue: Issue, source: Source | None = None) -> tuple[list[str], list[str]]:
    """What stands against issuing, and what is only to be looked at."""
    source = source or source_of(issue)
    found = [problem for audience in AUDIENCES for problem in check(document_of(issue, audience, source=source), fonts())]
    blocking = [*_outdated(issue), *unsigned(issue, parts_of(issue, source))]
    if issue.corrects_id and not issue.words.get(CORRECTION, "").strip():
        blocking.append(_("Say in “{section}” why the bulletin is corrected.").format(section=SECTIONS[CORRECTION].TITLE))
    if issue.corrects_id and CORRECTION in issue.left_out:
        blocking.append(_("A correction says what it corrects; put the section back."))
    blocking += dict.fromkeys(sentence(problem) for problem in found if problem.blocking)
    return blocking, list(dict.fromkeys(sentence(problem) for problem in found if not problem.blocking))


def _outdated(issue: Issue) -> list[str]:
    """A monthly draft whose standing was corrected after its figures were read."""
    if issue.kind != IssueKind.MONTHLY:
        return []
    standing = latest_standing(issue.competition, issue.month)
    if standing is not None and standing.as_of_seq != issue.as_of_seq:
        return [_("The standing of {month} was corrected since. Refresh the figures.").format(month=issue.month)]
    return []


def length_of(issue: Issue, source: Source) -> int:
    """Characters of the text as a clerk counts them: the longer of the two versions is the one for the inside."""
    return characters(document_of(issue, "internal", source=source))


def fonts() -> Path | None:
    """The office's own folder of fonts, where one is set."""
    return Path(settings.FONTS) if settings.FONTS else None
