"""Projects: the list, one with its story, entering, changing, stages, lists and tags."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.foundation.listing import DAY, MONEY, Column, Listing
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.projects import access as may
from shuangbi.projects import actions, lifecycle, queries
from shuangbi.projects.choices import Money
from shuangbi.projects.forms.filters import LIGHT_LABELS, ProjectFilter
from shuangbi.projects.forms.registry import (
    ListForm,
    ProjectEditForm,
    ProjectForm,
    ReasonForm,
    StageForm,
    UnlistForm,
)
from shuangbi.projects.views.asking import (
    EDITORS,
    LEADS,
    LISTERS,
    access_of,
    allow,
    attempt,
    key_of,
    project_or_404,
    sent,
)


def address_of(project: Any) -> str:
    """A project's page."""
    return reverse("projects:project-detail", args=[project.id])


def _light(project: Any) -> str:
    return queries.LIGHTS[project.light_place]


def _marks(project: Any) -> str:
    return "、".join(str(tagging.title) for tagging in project.standing_tags)


COLUMNS = [
    Column("code", gettext_lazy("Number"), lambda p: p.code, sort="code"),
    Column("name", gettext_lazy("Name"), lambda p: p.title, sort="sort_key", link=address_of, primary=True, wide=True),
    Column("unit", gettext_lazy("Owning unit"), lambda p: p.unit.title, sort="unit__sort_key"),
    Column("stage", gettext_lazy("Stage"), lambda p: p.get_stage_display(), sort="stage_place,stage_on"),
    Column("total", gettext_lazy("Total investment"), lambda p: p.total_investment or None, sort="total_investment", kind=MONEY, unit="亿元"),
    Column("plan", gettext_lazy("Planned this year"), lambda p: p.year_plan or None, sort="year_plan", kind=MONEY, unit="亿元"),
    Column(
        "light", gettext_lazy("Milestones"), _light, sort="light_place,next_milestone", template="projects/parts/light_cell.html",
        exported=lambda p: str(dict(LIGHT_LABELS)[_light(p)]),
    ),
    Column("next", gettext_lazy("Next planned"), lambda p: p.next_milestone, sort="next_milestone", kind=DAY),
    Column("marks", gettext_lazy("Lists and tags"), _marks, wide=True),
]


@page(INSIDE)
def project_list(request: HttpRequest) -> HttpResponse:
    """The projects of one's scope."""
    access = access_of(request)
    listing = Listing(
        request, queries.listed_projects(access), title=_("Projects"), columns=COLUMNS, default_sort="name",
        filterset=ProjectFilter, search_fields=("search_key",), wide=True,
        empty_hint=_("Projects appear here as soon as one is entered or imported."),
    )
    return listing.respond("projects/project_list.html", {"may_enter": bool(EDITORS & access.roles)})


@page(INSIDE)
def project_detail(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """One project: what is said of it, what was promised, who answers for it, and its whole story."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    may_edit = may.may_edit(access, project.unit_id)
    context = {
        "project": project,
        "story": queries.project_story(project, access),
        "moneys": [(money.label, getattr(project, money) or None) for money in Money],
        "may_edit": may_edit,
        "may_mark": may_edit or may.may_list(access, project.unit_id),
        "may_lead": may.may_lead(access, project.unit_id),
        "lacking": _lacking(project),
    }
    return render(request, "projects/project_detail.html", context)


def _lacking(project: Any) -> list[str]:
    """What the next stages will ask for and is still empty."""
    fields = lifecycle.missing(project, "landed") if lifecycle.ORDER[project.stage] < lifecycle.ORDER["landed"] else ()
    return [str(project._meta.get_field(field).verbose_name) for field in fields]


@page(EDITORS, methods=["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """Enter a project; those it may repeat are shown before anything is saved."""
    access = access_of(request)
    form = ProjectForm(request.POST or None, access=access)
    repeats: list[queries.Repeat] = []
    if sent(request, form):
        new = form.new()
        done, project_id = attempt(form, lambda: actions.register_project(new=new, by=access, key=key_of(request)))
        if done:
            messages.success(request, _("The project is entered."))
            return redirect("projects:project-detail", project_id)
        if "not_duplicate_because" in form.errors:
            repeats = queries.repeats_shown(actions.find_duplicates(new), access)
    return render(request, "projects/project_new.html", {"form": form, "repeats": repeats})


@page(EDITORS, methods=["GET", "POST"])
def project_edit(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Change what is said of a project; each change is a fact with its reason."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    allow(may.may_edit(access, project.unit_id))
    movable = may.may_move_units(access, project.unit_id)
    form = ProjectEditForm(request.POST or None, access=access, project=project, may_move=movable)
    if sent(request, form):
        done, fact = attempt(form, lambda: actions.change_project(
            project=project, changes=form.said(), reason=form.cleaned_data["reason"], by=access, key=key_of(request),
            seen=form.cleaned_data["seen"],
        ))
        if done:
            messages.success(request, _("The change is entered.") if fact else _("Nothing was different."))
            return redirect(address_of(project))
    return render(request, "projects/project_edit.html", {"form": form, "project": project})


@page(EDITORS, methods=["GET", "POST"])
def project_stage(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Move a project by hand where no claim is needed: into talks, to after-care, to its end."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    allow(may.may_edit(access, project.unit_id))
    form = StageForm(request.POST or None, project=project)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.move_stage(project=project, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The stage is entered."))
            return redirect(address_of(project))
    return render(request, "projects/project_stage.html", {"form": form, "project": project})


@page(LEADS, methods=["GET", "POST"])
def project_stage_undo(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Take back a stage that was entered by hand."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    allow(may.may_lead(access, project.unit_id))
    form = ReasonForm(request.POST or None)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.take_back_stage(project=project, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The stage is taken back."))
            return redirect(address_of(project))
    return render(request, "projects/project_stage_undo.html", {"form": form, "project": project})


@page(EDITORS | LISTERS, methods=["GET", "POST"])
def project_lists(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The lists and tags of a project; put it on another from a day."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    may_tag, may_list = may.may_edit(access, project.unit_id), may.may_list(access, project.unit_id)
    allow(may_tag or may_list)
    form = ListForm(request.POST or None, access=access, may_list=may_list, may_tag=may_tag)
    if sent(request, form):
        done, _fact = attempt(
            form, lambda: actions.put_on_list(project=project, by=access, key=key_of(request), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("The project is on it now."))
            return redirect("projects:project-lists", project.id)
    taggings = [
        (tagging, may_list if tagging.kind == "list" else may_tag) for tagging in queries.taggings_of(project)
    ]
    return render(request, "projects/project_lists.html", {"form": form, "project": project, "taggings": taggings})


@page(EDITORS | LISTERS, methods=["GET", "POST"])
def project_unlist(request: HttpRequest, project_id: UUID, tagging_id: UUID) -> HttpResponse:
    """Take a project off a list or tag, with day and reason."""
    access = access_of(request)
    project = project_or_404(request, project_id)
    tagging = get_object_or_404(queries.taggings_of(project), id=tagging_id)
    allowed = may.may_list if tagging.kind == "list" else may.may_edit
    allow(allowed(access, project.unit_id))
    form = UnlistForm(request.POST or None)
    if sent(request, form):
        done, _fact = attempt(form, lambda: actions.take_off_list(
            project=project, kind=tagging.kind, code=tagging.code, by=access, key=key_of(request), **form.cleaned_data
        ))
        if done:
            messages.success(request, _("The project is no longer on it."))
            return redirect("projects:project-lists", project.id)
    return render(request, "projects/project_unlist.html", {"form": form, "project": project, "tagging": tagging})
