"""Reporting a claim: choose what it says, then the few things its project does not say already."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuangbi.claims import actions
from shuangbi.claims.choices import REPORTERS, RULES, Kind
from shuangbi.claims.forms import ClaimForm, EvidenceForm
from shuangbi.claims.queries import claims_already, projects_reportable_by
from shuangbi.claims.views.attempts import attempt
from shuangbi.claims.views.story import papers_expected
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import page
from shuangbi.organisations.access import Access


@page(REPORTERS, methods=["GET", "POST"])
def claim_new(request: HttpRequest) -> HttpResponse:
    """Without `kind` the kinds to choose from; with it the form. `project` is taken from the address."""
    access = request.access  # type: ignore[attr-defined]
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    project = _project_of(access, request.POST.get("project") or request.GET.get("project", ""))
    if kind not in RULES:
        return render(request, "claims/claim_new.html", {"kinds": _kinds(), "project": project})
    rule = RULES[kind]
    initial = {"project": project, "unit": access.person.unit_id}
    form = ClaimForm(request.POST or None, kind=kind, access=access, initial=initial)
    papers = EvidenceForm(
        request.POST or None, request.FILES or None, papers=rule.evidence, person=access.person.id
    )
    already = list(claims_already(access, project.id, kind)) if project and rule.once else []
    if request.method == "POST" and (answer := _report(request, form, papers, look=bool(already))):
        return answer
    return render(request, "claims/claim_new.html", {
        "form": form, "papers": papers, "kind": kind, "label": Kind(kind).label, "rule": rule, "project": project,
        "expected": papers_expected(rule.evidence), "already": already,
        "looked": bool(request.POST.get("looked")),
    })


def _project_of(access: Access, text: str) -> Any:
    """The project an address names, where this person reports on it."""
    try:
        return projects_reportable_by(access).filter(id=UUID(text)).first()
    except ValueError:
        return None


def _kinds() -> list[tuple[str, Any, Any, str]]:
    """Code, name, meaning, and the papers that are expected."""
    return [
        (kind, Kind(kind).label, rule.meaning, papers_expected(rule.evidence))
        for kind, rule in RULES.items()
    ]


def _report(request: HttpRequest, form: ClaimForm, papers: EvidenceForm, *, look: bool) -> HttpResponse | None:
    """Keep the files, then report; None where something is wrong and the page is shown again, with the files kept."""
    access = request.access  # type: ignore[attr-defined]
    files = keep_papers(papers)
    key = request.POST.get("idempotency_key", "")
    looked = not look or bool(request.POST.get("looked")) or actions.was_reported(by=access, key=key)
    if not (form.is_valid() and papers.is_valid()):
        return None
    if not looked:
        form.add_error(None, _("There is such a claim of this project already: look at it, then say so below."))
        return None
    claim, refusal = attempt(
        actions.report_claim, new=form.new_claim(access, files), by=access, key=key
    )
    if refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _("The claim is reported."))
    return redirect("claims:claim-detail", claim)


def keep_papers(papers: EvidenceForm) -> list[actions.File]:
    """Everything sent with the form, now or before; a file that may not be kept is named above its field."""
    files = papers.kept_files()
    if not papers.is_valid():
        return files
    for paper, upload in papers.uploads():
        try:
            file = actions.keep_evidence(upload, paper)
        except Refused as problem:
            papers.add_error(f"paper_{paper}", f"{upload.name}: {problem.message}")
        else:
            files = [*(one for one in files if one.sha256 != file.sha256), file]
    papers.keep(files)
    return files
