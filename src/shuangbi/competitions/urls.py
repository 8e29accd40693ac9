"""Addresses of competitions."""

from django.urls import path

from shuangbi.competitions import views

app_name = "competitions"
urlpatterns = [
    path("", views.competition_list, name="competition-list"),
    path("new/", views.competition_new, name="competition-new"),
    path("<slug:slug>/", views.competition_detail, name="competition-detail"),
    path("<slug:slug>/schemes/upload/", views.scheme_upload, name="scheme-upload"),
    path("<slug:slug>/schemes/<uuid:file_id>/", views.scheme_detail, name="scheme-detail"),
    path("<slug:slug>/schemes/<uuid:file_id>/freeze/", views.scheme_freeze, name="scheme-freeze"),
    path("<slug:slug>/rounds/open/", views.round_open, name="round-open"),
    path("<slug:slug>/rounds/<str:name>/close/", views.round_close, name="round-close"),
    path("<slug:slug>/rounds/<str:name>/reopen/", views.round_reopen, name="round-reopen"),
    path("<slug:slug>/participants/", views.participant_list, name="participant-list"),
    path("<slug:slug>/targets/", views.target_list, name="target-list"),
    path("<slug:slug>/targets/set/", views.target_set, name="target-set"),
    path("<slug:slug>/figures/", views.figure_list, name="figure-list"),
    path("<slug:slug>/figures/set/", views.figure_set, name="figure-set"),
    path("<slug:slug>/adjustments/set/", views.adjustment_set, name="adjustment-set"),
    path("<slug:slug>/waivers/set/", views.waiver_set, name="waiver-set"),
]
