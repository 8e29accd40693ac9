"""Addresses of projects."""

from django.urls import path

from shuangbi.projects.views import events, promises, registry

app_name = "projects"
urlpatterns = [
    path("", registry.project_list, name="project-list"),
    path("new/", registry.project_new, name="project-new"),
    path("events/", events.event_list, name="event-list"),
    path("events/new/", events.event_new, name="event-new"),
    path("events/<uuid:event_id>/", events.event_detail, name="event-detail"),
    path("events/<uuid:event_id>/edit/", events.event_edit, name="event-edit"),
    path("events/<uuid:event_id>/add/", events.event_project_add, name="event-project-add"),
    path("events/<uuid:event_id>/remove/<uuid:project_id>/", events.event_project_remove, name="event-project-remove"),
    path("milestones/<uuid:milestone_id>/move/", promises.milestone_move, name="milestone-move"),
    path("milestones/<uuid:milestone_id>/reach/", promises.milestone_reach, name="milestone-reach"),
    path("<uuid:project_id>/", registry.project_detail, name="project-detail"),
    path("<uuid:project_id>/edit/", registry.project_edit, name="project-edit"),
    path("<uuid:project_id>/stage/", registry.project_stage, name="project-stage"),
    path("<uuid:project_id>/stage/undo/", registry.project_stage_undo, name="project-stage-undo"),
    path("<uuid:project_id>/lists/", registry.project_lists, name="project-lists"),
    path("<uuid:project_id>/lists/<uuid:tagging_id>/off/", registry.project_unlist, name="project-unlist"),
    path("<uuid:project_id>/milestones/new/", promises.milestone_set, name="milestone-set"),
    path("<uuid:project_id>/people/", promises.project_people, name="project-people"),
    path("<uuid:project_id>/people/<uuid:assignment_id>/release/", promises.person_release, name="person-release"),
    path("<uuid:project_id>/promises/", promises.project_promises, name="project-promises"),
    path("<uuid:project_id>/promises/<slug:what>/", promises.promise_new, name="promise-new"),
]
