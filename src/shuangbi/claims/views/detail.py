"""One claim: its story, its evidence, and what this person may do with it now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shuangbi.claims import actions
from shuangbi.claims.access import acts_open
from shuangbi.claims.amounts import amount_text, minor_text
from shuangbi.claims.choices import REPORTERS, REVIEWERS, TAKING, Act, State
from shuangbi.claims.forms import CorrectionForm, DecisionForm, EvidenceForm
from shuangbi.claims.models import Claim
from shuangbi.claims.queries import claim_history, claims_already, claims_visible_to, evidence_of, steps_taken
from shuangbi.claims.views.attempts import attempt
from shuangbi.claims.views.lists import SIGNS
from shuangbi.claims.views.story import chain_steps, papers_expected, papers_of, story_entries
from shuangbi.foundation.formats import day_text
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.organisations.access import Access

DECISION_OF_ACT = {
    Act.CONFIRMED: "confirm", Act.CHECKED: "check", Act.RECOGNISED: "recognise", Act.RETURNED: "return",
    Act.REFUSED: "refuse", Act.REVOKED: "revoke",
}


@page(INSIDE)
def claim_detail(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """What the claim says, how far it has come, who did what when and why, and the papers behind it."""
    access = request.access  # type: ignore[attr-defined]
    claim = get_object_or_404(claims_visible_to(access), id=claim_id)
    story = claim_history(claim)
    taken: dict[str, set[UUID]] = {}
    for moment in story:
        if moment.step.step and moment.step.by_id and moment.step.act in TAKING:
            taken.setdefault(moment.step.step, set()).add(moment.step.by_id)
    acts = acts_open(access, claim, {step: frozenset(who) for step, who in taken.items()})
    decisions = [DECISION_OF_ACT[act] for act in acts if act in DECISION_OF_ACT]
    rule = claim.rule
    papers = EvidenceForm(papers=rule.evidence, person=access.person.id) if Act.EVIDENCE_ADDED in acts else None
    return render(request, "claims/claim_detail.html", {
        "claim": claim, "sign": SIGNS[State(claim.state)], "level": level_of(claim), "facts": _facts(claim),
        "steps": chain_steps(claim, story), "entries": story_entries(claim, story),
        "evidence": papers_of(evidence_of(claim)), "papers": papers,
        "expected": papers_expected(rule.evidence),
        "decision_form": DecisionForm(decisions=decisions, claim=claim) if decisions else None,
        "may_correct": Act.CORRECTED in acts, "may_withdraw": Act.WITHDRAWN in acts,
        "already": _already(access, claim),
    })


def level_of(claim: Claim) -> str:
    """`recognised`, `reported` (checked on paper), or none yet."""
    return {State.RECOGNISED: "recognised", State.CHECKED: "reported"}.get(State(claim.state), "")


def _already(access: Access, claim: Claim) -> list[Claim]:
    if not claim.rule.once or claim.project_id is None:
        return []
    return list(claims_already(access, claim.project_id, claim.kind, besides=claim.id))


def _facts(claim: Claim) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = [
        (_("Claim"), claim.get_kind_display()), (_("What it takes"), claim.rule.meaning),
        (_("Unit"), claim.unit.title), (_("Done on"), day_text(claim.effective_on)),
    ]
    if claim.rule.amount:
        label = _("Area") if claim.rule.amount == "square_metres" else _("Amount")
        pairs.append((label, amount_text(claim.amount, claim.rule.amount)))
    if claim.foreign_minor is not None:
        sum_text = f"{minor_text(claim.foreign_minor, claim.currency)} {claim.currency}"
        rate_day = day_text(claim.rate_on) if claim.rate_on else ""
        pairs.append((_("In its currency"), sum_text))
        pairs.append((_("Exchange rate"), f"{claim.rate} · {rate_day} · {claim.rate_source}"))
    if claim.bond_batch_id:
        pairs.append((_("Bond batch"), claim.bond_batch))
    if claim.due_on:
        pairs.append((_("Was due on"), day_text(claim.due_on)))
    if claim.due_amount:
        pairs.append((_("Due amount"), amount_text(claim.due_amount, claim.rule.amount)))
    if claim.recognised_on:
        pairs.append((_("Recognised on"), day_text(claim.recognised_on)))
    if claim.note:
        pairs.append((_("Remarks"), claim.note))
    return pairs


@page(REVIEWERS, methods=["GET", "POST"])
def claim_review(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Decide about one claim: confirm, check, recognise (with what amount, as of when), return, refuse, revoke."""
    access = request.access  # type: ignore[attr-defined]
    claim = get_object_or_404(claims_visible_to(access), id=claim_id)
    acts = acts_open(access, claim, steps_taken([claim.id]).get(claim.id, {}))
    decisions = [DECISION_OF_ACT[act] for act in acts if act in DECISION_OF_ACT]
    asked = {"decision": request.GET.get("decision", "")}
    form = DecisionForm(request.POST or None, decisions=decisions, claim=claim, initial=asked)
    if request.method == "POST":
        key = request.POST.get("idempotency_key", "")
        if actions.was_done(claim=claim.id, by=access, key=key):
            return redirect(claim)
        if not decisions:
            messages.error(request, _("There is nothing for you to decide about this claim now."))
            return redirect(claim)
        if form.is_valid():
            _done, refusal = attempt(_decide, claim=claim, data=form.cleaned_data, access=access, key=key)
            if refusal is None:
                messages.success(request, _("The decision is recorded."))
                return redirect(claim)
            form.refuse(refusal)
    return render(request, "claims/claim_review.html", {
        "claim": claim, "form": form if decisions else None, "facts": _facts(claim),
        "evidence": papers_of(evidence_of(claim)), "already": _already(access, claim),
    })


def _decide(claim: Claim, data: dict[str, Any], access: Access, key: str) -> None:
    reason = data["reason"]
    match data["decision"]:
        case "confirm" | "check":
            actions.check_claim(claim=claim.id, by=access, reason=reason, key=key)
        case "recognise":
            actions.recognise_claim(
                claim=claim.id, by=access, amount=data.get("fen"), reason=reason,
                recognised_on=data.get("recognised_on"), key=key,
            )
        case "return":
            actions.return_claim(claim=claim.id, by=access, reason=reason, key=key)
        case "refuse" | "revoke":
            actions.refuse_claim(claim=claim.id, by=access, reason=reason, key=key)


@page(REPORTERS, methods=["GET", "POST"])
def claim_correct(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Give a claim new values; what it said before stays in its story."""
    access = request.access  # type: ignore[attr-defined]
    claim = get_object_or_404(claims_visible_to(access), id=claim_id)
    form = CorrectionForm(request.POST or None, claim=claim, access=access)
    if request.method == "POST" and form.is_valid():
        _done, refusal = attempt(
            actions.correct_claim, claim=claim.id, new=form.correction(), by=access,
            reason=form.cleaned_data["reason"], key=request.POST.get("idempotency_key", ""),
        )
        if refusal is None:
            messages.success(request, _("The correction is recorded."))
            return redirect(claim)
        form.refuse(refusal)
    return render(request, "claims/claim_correct.html", {"claim": claim, "form": form, "sign": SIGNS[State(claim.state)]})


@page(REPORTERS, methods=["POST"])
def claim_withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Take a claim back before it is recognised."""
    access = request.access  # type: ignore[attr-defined]
    claim = get_object_or_404(claims_visible_to(access), id=claim_id)
    _done, refusal = attempt(
        actions.withdraw_claim, claim=claim.id, by=access, reason=request.POST.get("reason", ""),
        key=request.POST.get("idempotency_key", ""),
    )
    if refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The claim is withdrawn."))
    return redirect(claim)
