"""What is promised: milestones, people, codes, shares, agreements, funds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.pages import INSIDE, page
from shuangbi.ledger.models import Fact
from shuangbi.projects import access as may
from shuangbi.projects import actions, queries
from shuangbi.projects.forms.promises import (
    AgreementForm,
    AssignForm,
    BondForm,
    CodeForm,
    CreditForm,
    FundingForm,
    MilestoneForm,
    MilestoneMoveForm,
    MilestoneReachForm,
)
from shuangbi.projects.models import Milestone
from shuangbi.projects.views.asking import (
    EDITORS,
    LEADS,
    access_of,
    allow,
    attempt,
    key_of,
    project_or_404,
    sent,
)
from shuangbi.projects.views.registry import address_of


@page(EDITORS, methods=["GET", "POST"])
def milestone_set(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Promise a step by a day."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    allow(may.may_edit(access, project.unit_id))
    form = MilestoneForm(request.POST or None)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.set_milestone(project=project, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The milestone is set."))
            return redirect(address_of(project))
    return render(request, "projects/milestone_set.html", {"form": form, "project": project})


def _milestone(request: HttpRequest, milestone_id: UUID) -> Milestone:
    access = access_of(request)
    milestone = get_object_or_404(queries.milestones_visible_to(access), id=milestone_id)
    allow(may.may_edit(access, milestone.project.unit_id))
    return milestone


@page(EDITORS, methods=["GET", "POST"])
def milestone_move(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """Say when a milestone is expected now; the unit's lead and the office may set a new plan."""
    access = access_of(request)
    milestone = _milestone(request, milestone_id)
    rebase = may.may_lead(access, milestone.project.unit_id)
    form = MilestoneMoveForm(request.POST or None, milestone=milestone, may_rebase=rebase)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.move_milestone(milestone=milestone, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The new date is entered; the old one stays on record."))
            return redirect(address_of(milestone.project))
    context = {
        "form": form, "milestone": milestone, "project": milestone.project, "moves": queries.moves_of(milestone)
    }
    return render(request, "projects/milestone_move.html", context)


@page(EDITORS, methods=["GET", "POST"])
def milestone_reach(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """Enter the day on which a milestone was reached."""
    access = access_of(request)
    milestone = _milestone(request, milestone_id)
    form = MilestoneReachForm(request.POST or None)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.reach_milestone(milestone=milestone, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The milestone is reached."))
            return redirect(address_of(milestone.project))
    context = {"form": form, "milestone": milestone, "project": milestone.project}
    return render(request, "projects/milestone_reach.html", context)


@page(LEADS, methods=["GET", "POST"])
def project_people(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Who answers for a project; name another."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    allow(may.may_lead(access, project.unit_id))
    form = AssignForm(request.POST or None, access=access)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.assign_person(project=project, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The person is named."))
            return redirect("projects:project-people", project.id)
    context = {"form": form, "project": project, "assignments": queries.assignments_of(project)}
    return render(request, "projects/project_people.html", context)


@page(LEADS, methods=["POST"])
def person_release(request: HttpRequest, project_id: UUID, assignment_id: UUID) -> HttpResponse:
    """End an assignment from today."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    assignment = get_object_or_404(queries.assignments_of(project), id=assignment_id)
    form = forms.Form(request.POST)
    if form.is_valid():
        attempt(form, lambda: actions.release_person(assignment=assignment, by=access, key=key_of(request)))
    for problem in form.non_field_errors():
        messages.warning(request, str(problem))
    if not form.errors:
        messages.success(request, _("The assignment has ended."))
    return redirect("projects:project-people", project.id)


@page(INSIDE)
def project_promises(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Contracts, shares, funding, bonds and outside codes of a project."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    context = {
        "project": project,
        "promises": queries.promises_of(project),
        "may_edit": may.may_edit(access, project.unit_id),
        "may_lead": may.may_lead(access, project.unit_id),
    }
    return render(request, "projects/project_promises.html", context)


Act = Callable[..., Fact]
# What may be added to a project's promises: its title, form, action, and whether it is the lead's to do.
PROMISES: dict[str, tuple[Any, type[forms.Form], Act, bool]] = {
    "agreement": (gettext_lazy("New contract"), AgreementForm, actions.sign_agreement, False),
    "share": (gettext_lazy("New share"), CreditForm, actions.set_credit, True),
    "funding": (gettext_lazy("New funding plan"), FundingForm, actions.plan_funding, False),
    "bond": (gettext_lazy("New bond batch"), BondForm, actions.grant_bond_batch, False),
    "code": (gettext_lazy("New outside code"), CodeForm, actions.give_code, False),
}


@page(EDITORS, methods=["GET", "POST"])
def promise_new(request: HttpRequest, project_id: UUID, what: str) -> HttpResponse:
    """Add a contract, a share, a funding plan, a bond batch or an outside code; the same one again corrects it."""
    if what not in PROMISES:
        raise Http404
    title, form_class, action, for_leads = PROMISES[what]
    access = access_of(request)
    project = project_or_404(request, project_id)
    allow((may.may_lead if for_leads else may.may_edit)(access, project.unit_id))
    options: dict[str, Any] = {"access": access, "project": project} if form_class is CreditForm else {}
    form = form_class(request.POST or None, **options)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: action(project=project, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("It is entered."))
            return redirect("projects:project-promises", project.id)
    return render(request, "projects/promise_new.html", {"form": form, "project": project, "heading": title})
