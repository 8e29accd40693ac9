"""Reading bulletins: the bytes that went out, the same made anew, and what has changed since."""

from django.utils.translation import gettext as _

from shuangbi.bulletins.access import issues_visible_to
from shuangbi.bulletins.choices import AUDIENCES, IssueState
from shuangbi.bulletins.compose import fonts
from shuangbi.bulletins.content import Document, from_json
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.writer import renderer_stamp, stamp_text
from shuangbi.bulletins.writers import WRITERS
from shuangbi.competitions.scoring import score
from shuangbi.foundation.errors import Refused
from shuangbi.ledger import files
from shuangbi.ledger.queries import head_seq
from shuangbi.organisations.access import Access
from shuangbi.standings.queries import Change, differences, sheet_of

__all__ = ["issues_visible_to"]


def issue_named(name: str, competition: str | None = None, access: Access | None = None) -> Issue | None:
    """An issue by its name; where a correction exists, the newest."""
    rows = issues_visible_to(access) if access else Issue.objects.select_related("competition")
    if competition:
        rows = rows.filter(competition__slug=competition)
    return rows.filter(name=name).order_by("-seq", "-drafted_at").first()


def stored_bytes(issue: Issue, form: str, audience: str) -> bytes:
    """The bytes that were issued. Raises Refused for a draft or an unknown form."""
    if issue.state != IssueState.ISSUED or f"{audience}.{form}" not in issue.files:
        raise Refused(_("This bulletin has not been issued in this form."))
    return files.read(issue.files[f"{audience}.{form}"])


def frozen_document(issue: Issue, audience: str) -> Document:
    """What was said, as frozen at issue."""
    return from_json(files.read(issue.files[f"{audience}.json"]))


def rendered_anew(issue: Issue, form: str, audience: str) -> tuple[bytes, bool, bool]:
    """The bytes made again from the frozen content; whether they equal the issued ones; whether the stamp is the same."""
    content = WRITERS[form].render(frozen_document(issue, audience), fonts())
    same_stamp = issue.stamp == stamp_text(renderer_stamp(fonts()))
    return content, content == stored_bytes(issue, form, audience), same_stamp


def issue_bytes(*, name: str, form: str, audience: str, render: bool, competition: str | None) -> tuple[bytes, str]:
    """For the command: the bytes and a line about them. Raises Refused."""
    issue = issue_named(name, competition)
    if issue is None or issue.state != IssueState.ISSUED or audience not in AUDIENCES:
        raise Refused(_("There is no issued bulletin {name}.").format(name=name))
    if not render:
        return stored_bytes(issue, form, audience), _("The issued bytes.")
    content, equal, same_stamp = rendered_anew(issue, form, audience)
    if equal:
        return content, _("Made anew from the frozen content: identical to the issued bytes.")
    if same_stamp:
        raise Refused(_("Made anew under the same renderer the bytes differ from those issued. Do not trust this copy."))
    return content, _("Another renderer than at issue: the bytes differ, text and figures are those of the frozen content.")


def changes_since(issue: Issue) -> list[Change]:
    """What the issue's figures would read if they were taken now."""
    then = score(competition=issue.competition, round_name=issue.month, seq=issue.as_of_seq, level=issue.level)  # type: ignore[arg-type]
    now = score(competition=issue.competition, round_name=issue.month, seq=head_seq(), level=issue.level)  # type: ignore[arg-type]
    found = differences(sheet_of(then), sheet_of(now))
    return found if issue.kind == "monthly" else [c for c in found if c.what not in {_("Score"), _("Rank")}]
