"""A project's whole story, and its claims with what they counted for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shuangbi.cockpit.queries.story import claims_told, moved_by, whole_story
from shuangbi.cockpit.views.asking import access_of, season_or_none
from shuangbi.foundation.pages import INSIDE, page
from shuangbi.projects.models import Project
from shuangbi.projects.queries import projects_visible_to


def _project(request: HttpRequest, project_id: UUID) -> Project:
    return get_object_or_404(projects_visible_to(access_of(request)).select_related("unit", "bringer"), id=project_id)


@page(INSIDE)
def project_story(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Everything about a project on one time line, with its claims and their papers."""
    project = _project(request, project_id)
    claims = claims_told(project, access_of(request))
    return render(request, "cockpit/project_story.html", {
        "project": project, "claims": claims, "entries": whole_story(project, access_of(request), claims),
    })


@page(INSIDE)
def project_claims(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """A project's claims with papers, and every figure in which one of them counts; a fragment for htmx."""
    project = _project(request, project_id)
    season = season_or_none(request)
    context = {
        "project": project, "claims": claims_told(project, access_of(request)),
        "moved": moved_by(project, season) if season else [],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "cockpit/parts/claims_moved.html" if part else "cockpit/project_claims.html", context)
