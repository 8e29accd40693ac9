"""Making bulletins: draft, edit words, sign sections, issue. Issued bytes are kept by hash and never made again."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from shuangbi.bulletins import facts
from shuangbi.bulletins.access import may_draft, may_issue
from shuangbi.bulletins.choices import AUDIENCES, IssueKind, IssueState
from shuangbi.bulletins.compose import CORRECTION, document_of, fonts, parts_of, problems_of, sections_for
from shuangbi.bulletins.content import clean, to_json
from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.sections import SECTIONS
from shuangbi.bulletins.writer import renderer_stamp, stamp_text
from shuangbi.bulletins.writers import WRITERS
from shuangbi.competitions.choices import RoundKind
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import round_named
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger import files
from shuangbi.ledger.actions import Draft, make_checkpoint, record
from shuangbi.ledger.queries import facts_under, head_seq, seq_known_at
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


def draft_issue(*, competition: Competition, new: NewIssue, by: Access, key: str = "") -> Issue:
    """Start a draft with the figures known at the end of its cut-off day. Raises Refused."""
    _office_only(by, competition)
    _checked(competition, new)
    with writing():
        catch_up()
        if found := _again(competition, key):
            return found
        number = new.number or _next_number(competition, new)
        name = name_of(new, number)
        if Issue.objects.filter(competition=competition, name=name).exists():
            raise Refused(_("There is a bulletin {name} already.").format(name=name), field="number")
        return _drafted(competition, new, name, number, by, key)


def draft_correction(*, issue: Issue, dated_on: date, cutoff_on: date, by: Access, key: str = "") -> Issue:
    """Start the correction of an issued bulletin: a new dated issue with the figures known now, and the old words.

    Its name is the first one's with -correction-1, -2 …; the corrected one stays as it was. Raises Refused.
    """
    competition = issue.competition
    _office_only(by, competition)
    if issue.state != IssueState.ISSUED:
        raise Refused(_("Only an issued bulletin is corrected; a draft is edited."))
    if dated_on < issue.dated_on:
        raise Refused(_("A correction is not dated before what it corrects."), field="dated_on")
    with writing():
        catch_up()
        if found := _again(competition, key):
            return found
        if newer := issue.corrections.first():
            raise Refused(_("{name} corrects this bulletin already.").format(name=newer.name))
        first, _mark, count = issue.name.partition("-correction-")
        name = f"{first}-correction-{int(count or 0) + 1}"
        new = NewIssue(issue.kind, issue.round, issue.month, dated_on, cutoff_on)
        made = _drafted(competition, new, name, issue.number, by, key, corrects=issue)
        made.words = {section: words for section, words in issue.words.items() if section != CORRECTION}
        made.save(update_fields=["words"])
    return made


def _office_only(by: Access, competition: Competition) -> None:
    if not may_draft(by, competition) or by.person is None:
        raise Refused(_("Only the competition's office drafts bulletins."))


def _checked(competition: Competition, new: NewIssue) -> None:
    """Refuse what can never be a bulletin: unknown kinds and rounds, a month that is none, days in a wrong order."""
    if new.kind not in IssueKind.values:
        raise Refused(_("There is no such kind of bulletin."), field="kind")
    rounds = {}
    for field in ("round", "month"):
        rounds[field] = round_named(competition, getattr(new, field))
        if rounds[field] is None:
            raise Refused(_("There is no round {name}.").format(name=getattr(new, field)), field=field)
    if rounds["month"].kind != RoundKind.MONTH:  # type: ignore[union-attr]
        raise Refused(_("Choose a month whose tasks the figures are compared with."), field="month")
    if new.kind == IssueKind.MONTHLY and new.round != new.month:
        raise Refused(_("A monthly bulletin reports its month."), field="round")
    if new.cutoff_on > new.dated_on:
        raise Refused(_("The cut-off lies after the bulletin's own date."), field="cutoff_on")


def _again(competition: Competition, key: str) -> Issue | None:
    """The draft that this key made before."""
    return Issue.objects.filter(id=uuid.uuid5(competition.id, key)).first() if key else None


def _drafted(
    competition: Competition, new: NewIssue, name: str, number: int, by: Access, key: str, corrects: Issue | None = None
) -> Issue:
    seq, level = _as_of(competition, new)
    issue = Issue(
        id=uuid.uuid5(competition.id, key) if key else uuid.uuid4(), competition=competition, name=name,
        kind=new.kind, number=number, round=new.round, month=new.month, cutoff_on=new.cutoff_on, as_of_seq=seq,
        level=level, dated_on=new.dated_on, author=by.person, corrects=corrects, drafted_at=clock.now(),
    )
    source = source_of(issue)
    issue.words = {s.NAME: words for s in sections_for(issue) if (words := s.suggested(source))}
    issue.save(force_insert=True)
    return issue


def _next_number(competition: Competition, new: NewIssue) -> int:
    """The month's own number for a monthly bulletin, else the next of its year."""
    if new.kind == IssueKind.MONTHLY:
        return int(new.month[5:7])
    year = Issue.objects.filter(competition=competition, kind=new.kind, month__startswith=new.month[:4])
    return (year.aggregate(newest=Max("number"))["newest"] or 0) + 1


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
    words = clean(words).strip()
    if section not in {s.NAME for s in sections_for(issue)} or not SECTIONS[section].WORDS:
        raise Refused(_("This section has no words to edit."))
    if len(words) > LONGEST_WORDS:
        raise Refused(_("At most {count} characters.").format(count=LONGEST_WORDS), field="words")

    def change(now: Issue) -> dict[str, Any]:
        if now.words.get(section, "") == words:
            return {}
        signed = {name: person for name, person in now.signed.items() if name != section}
        return {"words": {**now.words, section: words}, "signed": signed}

    _change(issue, by, change)


def leave_out(*, issue: Issue, section: str, out: bool, by: Access) -> None:
    """Leave a section out of this issue, or put it back."""
    if section not in {s.NAME for s in sections_for(issue)}:
        raise Refused(_("There is no such section."))

    def change(now: Issue) -> dict[str, Any]:
        names = [name for name in now.left_out if name != section]
        return {"left_out": [*names, section] if out else names}

    _change(issue, by, change)


def sign_section(*, issue: Issue, section: str, by: Access, seen: str = "") -> None:
    """Stand behind a section as it reads now; with `seen`, the digest of what was read, only if it reads so still."""
    if section not in {s.NAME for s in sections_for(issue)} or by.person is None:
        raise Refused(_("There is no such section."))
    person = str(by.person.id)

    def change(now: Issue) -> dict[str, Any]:
        if seen and next(part.digest for part in parts_of(now) if part.name == section) != seen:
            raise Refused(_("The section has changed meanwhile. Read it again before you sign."))
        return {"signed": {**now.signed, section: person}}

    _change(issue, by, change)


def refresh_figures(*, issue: Issue, by: Access) -> None:
    """Read a draft's figures anew at its cut-off; where they were read later than before, every signature is lost."""
    new = NewIssue(issue.kind, issue.round, issue.month, issue.dated_on, issue.cutoff_on)

    def change(now: Issue) -> dict[str, Any]:
        catch_up()
        seq, level = _as_of(issue.competition, new)
        return {"as_of_seq": seq, "level": level, "signed": {}} if (seq, level) != (now.as_of_seq, now.level) else {}

    _change(issue, by, change)


def discard_draft(*, issue: Issue, by: Access) -> None:
    """Throw a draft away; issued bulletins stay for ever."""
    _draft_only(issue, by)
    with writing():
        if not Issue.objects.filter(id=issue.id, state=IssueState.DRAFT).delete()[0]:
            raise Refused(_("This bulletin is issued; a correction is a new issue."))


def issue_bulletin(*, issue: Issue, by: Access, key: str = "") -> Issue:
    """Issue a draft: check it, print the checkpoint, keep every file, record. Raises Refused with every problem.

    By another person than the author. What is known at the issue's seq is fixed, so the files can be made before
    the ledger is locked. The same person's key again: the issued bulletin, nothing done twice.
    """
    if by.person is not None and issue.state == IssueState.ISSUED and facts_under(key, actor=by.person.id):
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
        now = Issue.objects.filter(id=issue.id).first()
        if now is None or _draft_of(now) != _draft_of(issue):
            raise Refused(_("The draft has changed meanwhile. Look at it again."))
        draft = Draft(body=body, subject=issue.id, unit=issue.competition.owner_id, effective_on=issue.dated_on)
        record(draft=draft, by=by.person.id, apply=facts.apply, key=key)
    return Issue.objects.get(id=issue.id)


def _draft_of(issue: Issue) -> tuple[Any, ...]:
    """All that a document is made of."""
    return issue.state, issue.words, issue.signed, issue.left_out, issue.as_of_seq, issue.level


def _render(issue: Issue, checkpoint: str) -> dict[str, str]:
    """Content and every form for every audience, kept by hash."""
    kept: dict[str, str] = {}
    source = source_of(issue)
    for audience in AUDIENCES:
        document = document_of(issue, audience, checkpoint, source)
        content = files.keep([to_json(document)], media_type="application/json")
        kept[f"{audience}.json"] = content.sha256
        for writer in WRITERS.values():
            stored = files.keep([writer.render(document, fonts())], media_type=writer.MEDIA_TYPE)
            kept[f"{audience}.{writer.NAME}"] = stored.sha256
    return kept


def _draft_only(issue: Issue, by: Access) -> None:
    _office_only(by, issue.competition)
    if issue.state != IssueState.DRAFT:
        raise Refused(_("This bulletin is issued; a correction is a new issue."))


def _change(issue: Issue, by: Access, change: Callable[[Issue], dict[str, Any]]) -> None:
    """Change a draft as it stands now, not as it was read: two people may be at two sections."""
    _draft_only(issue, by)
    with writing():
        now = Issue.objects.select_related("competition", "corrects").filter(id=issue.id, state=IssueState.DRAFT).first()
        if now is None:
            raise Refused(_("This bulletin is issued; a correction is a new issue."))
        values = change(now)
        if values:
            Issue.objects.filter(id=issue.id).update(**values)
    for name in ("words", "signed", "left_out", "as_of_seq", "level"):
        setattr(issue, name, values.get(name, getattr(now, name)))
