"""Evidence: adding papers to a claim, and handing a paper out to those who may see its claim."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from shuangbi.claims import actions
from shuangbi.claims.choices import REPORTERS, REVIEWERS
from shuangbi.claims.forms import EvidenceForm
from shuangbi.claims.queries import claims_visible_to, evidence_visible_to
from shuangbi.claims.views.attempts import attempt
from shuangbi.claims.views.report import keep_papers
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.ledger import files


@page(REPORTERS | REVIEWERS, methods=["POST"])
def evidence_new(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Put more papers behind a claim."""
    access = request.access  # type: ignore[attr-defined]
    claim = get_object_or_404(claims_visible_to(access), id=claim_id)
    papers = EvidenceForm(request.POST, request.FILES, papers=claim.rule.evidence, person=access.person.id)
    kept = keep_papers(papers)
    for errors in papers.errors.values():
        for error in errors:
            messages.error(request, str(error))
    _done, refusal = attempt(
        actions.add_evidence, claim=claim.id, files=kept, by=access, key=request.POST.get("idempotency_key", "")
    )
    if refusal is None:
        messages.success(request, _("The evidence is added."))
    elif not papers.errors:
        messages.error(request, refusal.message)
    return redirect(claim)


@page(INSIDE)
def evidence_file(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """A paper as a download, never shown inside the page, to those who may see its claim."""
    access = request.access  # type: ignore[attr-defined]
    paper = get_object_or_404(evidence_visible_to(access), id=evidence_id)
    try:
        content = files.read(paper.file_id)
    except FileNotFoundError as problem:
        raise Http404 from problem
    response = HttpResponse(content, content_type=paper.file.media_type)
    ending = paper.name.rpartition(".")[2].lower()
    plain = f"evidence.{ending}" if ending.isascii() and ending.isalnum() else "evidence"
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
