"""Addresses of bulletins."""

from django.urls import path

from shuangbi.bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("", views.issue_list, name="issue-list"),
    path("new/", views.issue_new, name="issue-new"),
    path("<uuid:issue_id>/", views.issue_detail, name="issue-detail"),
    path("<uuid:issue_id>/correct/", views.issue_correct, name="issue-correct"),
    path("<uuid:issue_id>/edit/", views.issue_edit, name="issue-edit"),
    path("<uuid:issue_id>/section/", views.issue_section, name="issue-section"),
    path("<uuid:issue_id>/refresh/", views.issue_refresh, name="issue-refresh"),
    path("<uuid:issue_id>/preview/", views.issue_preview, name="issue-preview"),
    path("<uuid:issue_id>/issue/", views.issue_issue, name="issue-issue"),
    path("<uuid:issue_id>/discard/", views.issue_discard, name="issue-discard"),
    path("<uuid:issue_id>/<str:audience>/<str:form>/", views.issue_file, name="issue-file"),
]
