"""Reading bulletins: the bytes that went out, the same made anew, and what has changed since."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.bulletins.access import drafts_visible_to, issues_visible_to
from shuangbi.bulletins.choices import IssueKind, IssueState
from shuangbi.bulletins.compose import fonts
from shuangbi.bulletins.content import Document, from_json
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.writer import renderer_stamp, stamp_text
from shuangbi.bulletins.writers import WRITERS, html
from shuangbi.competitions.scoring import score
from shuangbi.foundation.errors import Refused
from shuangbi.ledger import files
from shuangbi.organisations.models import Person
from shuangbi.standings.queries import Change, differences, sheet_of

__all__ = ["drafts_visible_to", "issues_visible_to"]


def names_of(people: Iterable[UUID | str | None]) -> dict[UUID, str]:
    """The names of people by id, for showing who signed and issued."""
    return {person.id: str(person) for person in Person.objects.filter(id__in=[id_ for id_ in people if id_])}


def issues_named(name: str, competition: str | None = None) -> list[Issue]:
    """The bulletins of this name in all competitions, or in one. A correction has a name of its own."""
    rows = Issue.objects.select_related("competition").filter(name=name)
    return list(rows.filter(competition__slug=competition) if competition else rows)


def correction_of(issue: Issue) -> Issue | None:
    """The issued bulletin that corrects this one."""
    return issue.corrections.filter(state=IssueState.ISSUED).first()


def stored_bytes(issue: Issue, form: str, audience: str) -> bytes:
    """The bytes that were issued. Raises Refused for a draft or an unknown form."""
    if issue.state != IssueState.ISSUED or f"{audience}.{form}" not in issue.files:
        raise Refused(_("This bulletin has not been issued in this form."))
    return files.read(issue.files[f"{audience}.{form}"])


def frozen_document(issue: Issue, audience: str) -> Document:
    """What was said, as frozen at issue."""
    return from_json(files.read(issue.files[f"{audience}.json"]))


def checkpoint_of(issue: Issue) -> str:
    """The checkpoint that the bulletin prints: the ledger as it stood before the bulletin's own fact."""
    printed = frozen_document(issue, "internal").checkpoint
    return printed.text if printed else ""


def rendered_anew(issue: Issue, form: str, audience: str) -> tuple[bytes, bool, bool]:
    """The bytes made again from the frozen content; whether they equal the issued ones; whether the stamp is the same."""
    content = WRITERS[form].render(frozen_document(issue, audience), fonts())
    same_stamp = issue.stamp == stamp_text(renderer_stamp(fonts()))
    return content, content == stored_bytes(issue, form, audience), same_stamp


def issue_bytes(*, name: str, form: str, audience: str, render: bool, competition: str | None) -> tuple[bytes, str]:
    """For the command: the bytes and a line about them. Raises Refused.

    A name always means the same bytes; where a correction was issued, the line names it.
    """
    issue = _one_named(name, competition)
    corrected = correction_of(issue)
    about = " " + _("It was corrected by {name}.").format(name=corrected.name) if corrected else ""
    if not render:
        return _as_file(stored_bytes(issue, form, audience), issue, form, audience), _("The issued bytes.") + about
    content, equal, same_stamp = rendered_anew(issue, form, audience)
    content = _as_file(content, issue, form, audience)
    if equal:
        return content, _("Made anew from the frozen content: identical to the issued bytes.") + about
    if same_stamp:
        raise Refused(_("Made anew under the same renderer the bytes differ from those issued. Do not trust this copy."))
    return content, _("Another renderer than at issue: the bytes differ, text and figures are those of the frozen content.") + about


def _one_named(name: str, competition: str | None) -> Issue:
    found = issues_named(name, competition)
    if len(found) > 1:
        raise Refused(_("Several competitions have a bulletin {name}; choose one with --competition.").format(name=name))
    if not found:
        raise Refused(_("There is no bulletin {name}.").format(name=name))
    if found[0].is_draft:
        raise Refused(_("{name} is a draft. A draft has no issued bytes; its preview is on its page.").format(name=name))
    return found[0]


def _as_file(content: bytes, issue: Issue, form: str, audience: str) -> bytes:
    """HTML is kept as the fragment that pages show; as a file it is a page of its own."""
    return html.page(content, frozen_document(issue, audience)) if form == html.NAME else content


def changes_since(issue: Issue) -> list[Change]:
    """What the issue's figures would read if they were taken now."""
    then = score(competition=issue.competition, round_name=issue.month, seq=issue.as_of_seq, level=issue.level)  # type: ignore[arg-type]
    now = score(competition=issue.competition, round_name=issue.month, level=issue.level)  # type: ignore[arg-type]
    found = differences(sheet_of(then), sheet_of(now))
    return [change for change in found if issue.kind == IssueKind.MONTHLY or change.what not in {_("Score"), _("Rank")}]
