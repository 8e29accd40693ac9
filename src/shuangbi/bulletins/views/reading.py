"""Reading bulletins: the list, one issued bulletin as it went out, and its bytes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.bulletins.access import may_draft
from shuangbi.bulletins.choices import AUDIENCES, IssueState
from shuangbi.bulletins.forms import IssueFilter
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import (
    changes_since,
    checkpoint_of,
    correction_of,
    frozen_document,
    issues_visible_to,
    names_of,
    stored_bytes,
)
from shuangbi.bulletins.writers import WRITERS, html
from shuangbi.competitions.queries import competitions_visible_to
from shuangbi.foundation.formats import day_text, moment_text
from shuangbi.foundation.listing import DAY, Column, Listing
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.organisations.access import Access

LEVELS = {1: "reported", 2: "recognised"}
COLUMNS = [
    Column("name", gettext_lazy("Bulletin"), lambda i: i.label, sort="kind,number", primary=True, link=lambda i: i.get_absolute_url()),
    Column("code", gettext_lazy("Code"), lambda i: i.name, sort="name"),
    Column("period", gettext_lazy("Period"), lambda i: i.round, sort="round"),
    Column("cutoff", gettext_lazy("Figures until"), lambda i: i.cutoff_on, sort="cutoff_on", kind=DAY),
    Column(
        "level", gettext_lazy("Level"), lambda i: LEVELS[i.level], sort="level", template="bulletins/parts/level_cell.html",
        exported=lambda i: {1: "快报数", 2: "认定数"}[i.level],
    ),
    Column("dated", gettext_lazy("Date"), lambda i: i.dated_on, sort="dated_on", kind=DAY),
    Column(
        "state", gettext_lazy("State"), lambda i: i.get_state_display(), sort="state",
        template="bulletins/parts/state_cell.html",
    ),
    Column(
        "files", gettext_lazy("PDF"), lambda i: "", template="bulletins/parts/files_cell.html",
        exported=lambda i: i.files.get("internal.pdf", ""),
    ),
]


@page(INSIDE)
def issue_list(request: HttpRequest) -> HttpResponse:
    """All bulletins, newest first; drafts only for their office."""
    access: Access = request.access  # type: ignore[attr-defined]
    listing = Listing(
        request, issues_visible_to(access), title=_("Bulletins"), columns=COLUMNS, default_sort="-dated",
        filterset=IssueFilter, search_fields=("name",),
        empty_hint=_("A bulletin appears here once the office has issued it."),
    )
    may_make = any(may_draft(access, competition) for competition in competitions_visible_to(access))
    return listing.respond("bulletins/issue_list.html", {"may_make": may_make})


@page(INSIDE)
def issue_detail(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """One issued bulletin as it went out, its files and hashes, and what would read otherwise now."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id)
    if issue.is_draft:
        return redirect("bulletins:issue-edit", issue.id)
    audience = "public" if request.GET.get("audience") == "public" else "internal"
    corrected = correction_of(issue)
    return render(request, "bulletins/issue_detail.html", {
        "issue": issue, "level": LEVELS[issue.level], "audience": audience, "facts": _facts(issue),
        # Our own renderer's bytes of frozen content in which every text is escaped.
        "fragment": mark_safe(stored_bytes(issue, html.NAME, audience).decode()),  # noqa: S308
        "files": _files(issue), "changes": changes_since(issue), "corrected": corrected,
        "may_correct": corrected is None and may_draft(access, issue.competition),
    })


def _files(issue: Issue) -> list[dict[str, Any]]:
    """Every stored file with its hash, for each audience."""
    words = {"internal": _("Internal version"), "public": _("Public version")}
    return [
        {"audience": audience, "title": words[audience], "form": name, "sha256": issue.files[f"{audience}.{name}"]}
        for audience in AUDIENCES for name in WRITERS
    ]


def _facts(issue: Issue) -> list[tuple[Any, Any]]:
    names = names_of([issue.author_id, issue.issued_by])
    return [
        (_("Code"), issue.name), (_("Competition"), issue.competition.title), (_("Period"), issue.round),
        (_("Figures until"), day_text(issue.cutoff_on)), (_("Date"), day_text(issue.dated_on)),
        (_("Author"), names.get(issue.author_id, "") if issue.author_id else ""),
        (_("Issued by"), names.get(issue.issued_by, "") if issue.issued_by else ""),
        (_("Issued at"), moment_text(issue.issued_at) if issue.issued_at else ""),
        (_("Figures known at position"), issue.as_of_seq), (_("Position of its own fact"), issue.seq),
        (_("Checkpoint printed"), checkpoint_of(issue)),
    ]


@page(INSIDE)
def issue_file(request: HttpRequest, issue_id: UUID, audience: str, form: str) -> HttpResponse:
    """The very bytes that were issued, as a download. The public version holds nothing of the internal one."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id, state=IssueState.ISSUED)
    if audience not in AUDIENCES or form not in WRITERS:
        raise Http404
    content = stored_bytes(issue, form, audience)
    if form == html.NAME:
        content = html.page(content, frozen_document(issue, audience))
    writer = WRITERS[form]
    response = HttpResponse(content, content_type=writer.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{issue.name}-{audience}{writer.SUFFIX}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
