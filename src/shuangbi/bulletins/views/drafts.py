"""Making bulletins: a new draft, its editor with the printed pages beside it, and issuing it."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from shuangbi.bulletins import actions
from shuangbi.bulletins.access import may_draft, may_issue
from shuangbi.bulletins.checks import LONG
from shuangbi.bulletins.compose import Part, fonts, length_of, parts_of, preview_of, problems_of
from shuangbi.bulletins.forms import CorrectionForm, IssueForm, WordsForm
from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import drafts_visible_to, issues_visible_to, names_of
from shuangbi.bulletins.views.attempts import attempt
from shuangbi.bulletins.views.reading import LEVELS
from shuangbi.bulletins.writers import html, pdf
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import competition_for, competitions_visible_to
from shuangbi.foundation.pages import OFFICE, page
from shuangbi.organisations.access import Access


@page(OFFICE, methods=["GET", "POST"])
def issue_new(request: HttpRequest) -> HttpResponse:
    """Start a draft of a competition that the person's office runs."""
    access: Access = request.access  # type: ignore[attr-defined]
    mine = [one for one in competitions_visible_to(access) if may_draft(access, one)]
    competition = _chosen(access, mine, request.GET.get("competition"))
    form = IssueForm(request.POST or None, competition=competition) if competition else None
    if form is not None and competition is not None and request.method == "POST" and form.is_valid():
        issue, refusal = attempt(
            actions.draft_issue, competition=competition, new=form.new_issue(), by=access,
            key=request.POST.get("idempotency_key", ""),
        )
        if issue is not None:
            return redirect("bulletins:issue-edit", issue.id)
        if refusal is not None:
            form.refuse(refusal)
    return render(request, "bulletins/issue_new.html", {"form": form, "competition": competition, "competitions": mine})


def _chosen(access: Access, mine: list[Competition], slug: str | None) -> Competition | None:
    found = competition_for(access, slug) if slug else None
    return found if found in mine else (mine[0] if mine else None)


@page(OFFICE, methods=["GET", "POST"])
def issue_correct(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """Start the correction of an issued bulletin; the corrected one stays as it went out."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, refusal = attempt(
            actions.draft_correction, issue=issue, by=access, dated_on=form.cleaned_data["dated_on"],
            cutoff_on=form.cleaned_data["cutoff_on"], key=request.POST.get("idempotency_key", ""),
        )
        if made is not None:
            return redirect("bulletins:issue-edit", made.id)
        if refusal is not None:
            form.refuse(refusal)
    return render(request, "bulletins/issue_correct.html", {"issue": issue, "form": form})


@page(OFFICE)
def issue_edit(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """A draft: its sections one under another, what stands against issuing it, and the pages as they will be printed."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id)
    if not issue.is_draft:
        return redirect(issue)
    issue = get_object_or_404(drafts_visible_to(access), id=issue_id)
    return render(request, "bulletins/issue_edit.html", _editor(issue, access))


def _editor(issue: Issue, access: Access, refused: tuple[str, WordsForm] | None = None) -> dict[str, Any]:
    """Everything the editor shows. `refused` is the section and form that an action said no to."""
    source = source_of(issue)
    parts = parts_of(issue, source)
    names = names_of(issue.signed.values())
    problems, warnings = problems_of(issue, source)
    length = length_of(issue, source)
    return {
        "issue": issue, "level": LEVELS[issue.level], "parts": [_shown(part, names, refused) for part in parts],
        "problems": problems, "warnings": warnings, "length": length, "most": LONG,
        "may_issue": may_issue(access, issue), "is_author": bool(access.person and issue.author_id == access.person.id),
        "author": issue.author,
    }


def _shown(part: Part, names: dict[UUID, str], refused: tuple[str, WordsForm] | None) -> dict[str, Any]:
    form = refused[1] if refused and refused[0] == part.name else WordsForm(initial={"words": part.words}, auto_id=f"id_{part.name}_%s")
    return {
        "part": part, "form": form if part.takes_words else None, "signer": names.get(part.signed_by, "") if part.signed_by else "",
        # Our own renderer's output, in which every text is escaped.
        "said": mark_safe(html.render_blocks(part.blocks)),  # noqa: S308
    }


@page(OFFICE, methods=["POST"])
def issue_section(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """Change one section: its words, its signature, whether it is left out. htmx gets the section and the state anew."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(drafts_visible_to(access), id=issue_id)
    section, act = request.POST.get("section", ""), request.POST.get("act", "")
    form = WordsForm(request.POST, auto_id=f"id_{section}_%s")
    refusal = None
    if act == "words" and form.is_valid():
        _done, refusal = attempt(actions.edit_words, issue=issue, section=section, words=form.cleaned_data["words"], by=access)
    elif act == "sign":
        seen = request.POST.get("seen", "")
        _done, refusal = attempt(actions.sign_section, issue=issue, section=section, by=access, seen=seen)
    elif act in {"leave", "back"}:
        _done, refusal = attempt(actions.leave_out, issue=issue, section=section, out=act == "leave", by=access)
    if refusal is not None:
        form.refuse(refusal)
    said_no = refusal is not None or (act == "words" and not form.is_valid())
    return _answer(request, issue, section, (section, form) if said_no else None)


def _answer(request: HttpRequest, issue: Issue, section: str, refused: tuple[str, WordsForm] | None) -> HttpResponse:
    """The section and the draft's state as htmx swaps them in; without scripts, the editor again."""
    context = _editor(issue, request.access, refused)  # type: ignore[attr-defined]
    if not request.headers.get("HX-Request"):
        if refused is None:
            return redirect(f"{issue.get_absolute_url()}edit/#section-{section}")
        return render(request, "bulletins/issue_edit.html", context)
    context["shown"] = next((shown for shown in context["parts"] if shown["part"].name == section), None)
    if context["shown"] is None:
        return HttpResponse(status=400)
    response = render(request, "bulletins/parts/section_and_state.html", context)
    response["HX-Trigger"] = "draft-changed"
    return response


@page(OFFICE, methods=["POST"])
def issue_refresh(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """Read the draft's figures anew at its cut-off."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(drafts_visible_to(access), id=issue_id)
    before = issue.as_of_seq
    _done, refusal = attempt(actions.refresh_figures, issue=issue, by=access)
    if refusal is not None:
        messages.error(request, refusal.message)
    elif issue.as_of_seq == before:
        messages.info(request, _("Nothing new is known at the cut-off; the figures stay."))
    else:
        messages.success(request, _("The figures are read anew. Each section must be signed again."))
    return redirect("bulletins:issue-edit", issue.id)


@page(OFFICE)
def issue_preview(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """The draft's pages as they will be printed, marked as a draft: pictures for the editor, or the PDF."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id)
    if not issue.is_draft:
        return redirect(issue)
    issue = get_object_or_404(drafts_visible_to(access), id=issue_id)
    audience = "public" if request.GET.get("audience") == "public" else "internal"
    document = preview_of(issue, audience)  # type: ignore[arg-type]
    if "pictures" in request.GET:
        pages = [b64encode(picture).decode() for picture in pdf.pictures(document, fonts())]
        return render(request, "bulletins/issue_preview.html", {"pages": pages, "issue": issue})
    response = HttpResponse(pdf.render(document, fonts()), content_type=pdf.MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{issue.name}-draft.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@page(OFFICE, methods=["POST"])
def issue_issue(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """Issue a draft, by another person than its author."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id)
    done, refusal = attempt(actions.issue_bulletin, issue=issue, by=access, key=request.POST.get("idempotency_key", ""))
    if refusal is not None:
        for line in refusal.message.splitlines():
            messages.error(request, line)
        return redirect(issue)
    messages.success(request, _("The bulletin is issued; its files are kept."))
    return redirect(done or issue)


@page(OFFICE, methods=["POST"])
def issue_discard(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    access: Access = request.access  # type: ignore[attr-defined]
    issue = get_object_or_404(issues_visible_to(access), id=issue_id)
    _done, refusal = attempt(actions.discard_draft, issue=issue, by=access)
    if refusal is not None:
        messages.error(request, refusal.message)
        return redirect(issue)
    messages.success(request, _("The draft is thrown away."))
    return redirect("bulletins:issue-list")
