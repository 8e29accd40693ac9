"""Addresses of the cockpit."""

from django.urls import path

from shuangbi.cockpit.views import article, events, home, standings, story

app_name = "cockpit"
urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", home.dashboard, name="dashboard"),
    path("levels/", home.level_differences, name="level-differences"),
    path("standing/", standings.standing_list, name="standing-list"),
    path("standing/<slug:slug>/<str:name>/", standings.standing_detail, name="standing-detail"),
    path("standing/<slug:slug>/<str:name>/<uuid:unit_id>/", standings.sheet_detail, name="sheet-detail"),
    path("standing/<slug:slug>/<str:name>/<uuid:unit_id>/<slug:item>/", standings.item_detail, name="item-detail"),
    path("reconciliation/", events.event_reconciliation_list, name="event-reconciliation-list"),
    path("reconciliation/<uuid:event_id>/", events.event_reconciliation, name="event-reconciliation"),
    path("stories/<uuid:project_id>/", story.project_story, name="project-story"),
    path("stories/<uuid:project_id>/claims/", story.project_claims, name="project-claims"),
    path("check/", article.check_article, name="check-article"),
]
