"""Making bulletins: draft, edit words, sign sections, issue. Issued bytes are kept by hash and never made again."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from shuangbi.bulletins import facts
from shuangbi.bulletins.access import may_draft, may_issue
from shuangbi.bulletins.choices import AUDIENCES, IssueKind, IssueState
from shuangbi.bulletins.compose import document_of, fonts, problems_of, sections_for
from shuangbi.bulletins.content import to_json
from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.sections import SECTIONS
from shuangbi.bulletins.writer import renderer_stamp, stamp_text
from shuangbi.bulletins.writers import WRITERS
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import round_named
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger import files
from shuangbi.ledger.actions import Draft, make_checkpoint, record
from shuangbi.ledger.queries import head_seq, seq_known_at
from shuangbi.organisations.access import Access
from shuangbi.standings.queries import latest_standing

LONGEST_WORDS = 3000


@dataclass(frozen=True)
class NewIssue:
    """What is said of a draft: weekly of a week round beside its month, or monthly of a published month."""

    kind: str
    round: str
    month: str
    dated_on: date
    cutoff_on: date
    number: int | None = None
    corrects: UUID | None = None


def draft_issue(*, competition: Competition, new: NewIssue, by: Access, key: str = "") -> Issue:
    """Start a draft with the figures known at the end of its cut-off day. Raises Refused."""
    if not may_draft(by, competition) or by.person is None:
        raise Refused(_("Only the competition's office drafts bulletins."))
    if new.kind not in IssueKind.values:
        raise Refused(_("There is no such kind of bulletin."), field="kind")
    for field in ("round", "month"):
        if round_named(competition, getattr(new, field)) is None:
            raise Refused(_("There is no round {name}.").format(name=getattr(new, field)), field=field)
    with writing():
        catch_up()
        if key and (found := Issue.objects.filter(id=uuid.uuid5(competition.id, key)).first()):
            return found
        number = new.number or _next_number(competition, new.kind)
        name = name_of(new, number)
        if new.corrects is None and Issue.objects.filter(competition=competition, name=name, corrects=None).exists():
            raise Refused(_("There is a bulletin {name} already.").format(name=name), field="number")
        seq, level = _as_of(competition, new)
        issue = Issue(
            id=uuid.uuid5(competition.id, key) if key else uuid.uuid4(), competition=competition, name=name,
            kind=new.kind, number=number, round=new.round, month=new.month, cutoff_on=new.cutoff_on, as_of_seq=seq,
            level=level, dated_on=new.dated_on, author=by.person, corrects_id=new.corrects, drafted_at=clock.now(),
        )
        source = source_of(issue)
        issue.words = {s.NAME: words for s in sections_for(issue) if (words := s.suggested(source))}
        issue.save(force_insert=True)
    return issue


def _next_number(competition: Competition, kind: str) -> int:
    newest = Issue.objects.filter(competition=competition, kind=kind).aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def name_of(new: NewIssue, number: int) -> str:
    """2020-weekly-2, 2020-monthly-9: a monthly bulletin carries its month's number."""
    if new.kind == IssueKind.MONTHLY:
        return f"{new.month[:4]}-monthly-{int(new.month[5:7])}"
    return f"{new.month[:4]}-weekly-{number}"


def _as_of(competition: Competition, new: NewIssue) -> tuple[int, int]:
    """The seq and level of an issue's figures: a monthly one takes the published standing's."""
    if new.kind == IssueKind.MONTHLY:
        standing = latest_standing(competition, new.month)
        if standing is None:
            raise Refused(_("Publish the standing of {month} first.").format(month=new.month), field="month")
        return standing.as_of_seq, standing.level
    end = datetime.combine(new.cutoff_on, time.max, clock.SHANGHAI)
    return (head_seq() if end >= clock.now() else seq_known_at(end)), 1


def edit_words(*, issue: Issue, section: str, words: str, by: Access) -> None:
    """Write a section's words; its signature is lost. Raises Refused for an issued bulletin."""
    _draft_only(issue, by)
    if section not in SECTIONS or not SECTIONS[section].WORDS:
        raise Refused(_("This section has no words to edit."))
    if len(words) > LONGEST_WORDS:
        raise Refused(_("At most {count} characters.").format(count=LONGEST_WORDS), field="words")
    _change(issue, words={**issue.words, section: words}, signed=_without(issue.signed, section))


def leave_out(*, issue: Issue, section: str, out: bool, by: Access) -> None:
    """Leave a section out of this issue, or put it back."""
    _draft_only(issue, by)
    names = [name for name in issue.left_out if name != section]
    _change(issue, left_out=[*names, section] if out else names)


def sign_section(*, issue: Issue, section: str, by: Access) -> None:
    """Stand behind a section as it reads now."""
    _draft_only(issue, by)
    if section not in {s.NAME for s in sections_for(issue)} or by.person is None:
        raise Refused(_("There is no such section."))
    _change(issue, signed={**issue.signed, section: str(by.person.id)})


def refresh_figures(*, issue: Issue, by: Access) -> None:
    """Read a draft's figures anew at its cut-off; every signature is lost."""
    _draft_only(issue, by)
    new = NewIssue(issue.kind, issue.round, issue.month, issue.dated_on, issue.cutoff_on)
    seq, level = _as_of(issue.competition, new)
    _change(issue, as_of_seq=seq, level=level, signed={})


def discard_draft(*, issue: Issue, by: Access) -> None:
    """Throw a draft away; issued bulletins stay for ever."""
    _draft_only(issue, by)
    with writing():
        Issue.objects.filter(id=issue.id, state=IssueState.DRAFT).delete()


def issue_bulletin(*, issue: Issue, by: Access, key: str = "") -> Issue:
    """Issue a draft: check it, print the checkpoint, keep every file, record. Raises Refused with every problem.

    By another person than the author. What is known at the issue's seq is fixed, so the files can be made before
    the ledger is locked.
    """
    if issue.state == IssueState.ISSUED and key:
        return issue
    if issue.state != IssueState.DRAFT:
        raise Refused(_("This bulletin is issued."))
    if not may_issue(by, issue) or by.person is None:
        raise Refused(_("A bulletin is issued by the office's lead, and never by its author."))
    problems, _warnings = problems_of(issue)
    if problems:
        raise Refused("\n".join(problems))
    checkpoint = make_checkpoint()
    kept = _render(issue, str(checkpoint) if checkpoint else "")
    body = facts.Issued(
        competition=issue.competition_id, name=issue.name, kind=issue.kind, number=issue.number, round=issue.round,
        month=issue.month, cutoff_on=issue.cutoff_on, as_of_seq=issue.as_of_seq, level=issue.level,
        dated_on=issue.dated_on, author=issue.author_id or by.person.id, files=kept,
        stamp=stamp_text(renderer_stamp(fonts())), corrects=issue.corrects_id,
    )
    with writing():
        now = Issue.objects.get(id=issue.id)
        if now.state != IssueState.DRAFT or (now.words, now.signed) != (issue.words, issue.signed):
            raise Refused(_("The draft has changed meanwhile. Look at it again."))
        draft = Draft(body=body, subject=issue.id, unit=issue.competition.owner_id, effective_on=issue.dated_on)
        record(draft=draft, by=by.person.id, apply=facts.apply, key=key)
    return Issue.objects.get(id=issue.id)


def _render(issue: Issue, checkpoint: str) -> dict[str, str]:
    """Content and every form for every audience, kept by hash."""
    kept: dict[str, str] = {}
    for audience in AUDIENCES:
        document = document_of(issue, audience, checkpoint)  # type: ignore[arg-type]
        content = files.keep([to_json(document)], media_type="application/json")
        kept[f"{audience}.json"] = content.sha256
        for writer in WRITERS.values():
            stored = files.keep([writer.render(document, fonts())], media_type=writer.MEDIA_TYPE)
            kept[f"{audience}.{writer.NAME}"] = stored.sha256
    return kept


def _draft_only(issue: Issue, by: Access) -> None:
    if not may_draft(by, issue.competition):
        raise Refused(_("Only the competition's office drafts bulletins."))
    if issue.state != IssueState.DRAFT:
        raise Refused(_("This bulletin is issued; a correction is a new issue."))


def _change(issue: Issue, **values: Any) -> None:
    with writing():
        changed = Issue.objects.filter(id=issue.id, state=IssueState.DRAFT).update(**values)
        if not changed:
            raise Refused(_("This bulletin is issued; a correction is a new issue."))
    for name, value in values.items():
        setattr(issue, name, value)


def _without(signed: dict[str, str], section: str) -> dict[str, str]:
    return {name: person for name, person in signed.items() if name != section}
