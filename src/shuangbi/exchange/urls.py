"""Addresses of exchange."""

from django.urls import path

from shuangbi.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.import_list, name="import-list"),
    path("<slug:kind>/template/", views.import_template, name="import-template"),
    path("<slug:kind>/upload/", views.import_upload, name="import-upload"),
    path("uploads/<uuid:attempt_id>/", views.import_detail, name="import-detail"),
    path("uploads/<uuid:attempt_id>/load/", views.import_load, name="import-load"),
    path("uploads/<uuid:attempt_id>/file/", views.import_file, name="import-file"),
    path("uploads/<uuid:attempt_id>/discard/", views.import_discard, name="import-discard"),
]
