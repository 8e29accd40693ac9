"""Addresses of organisations."""

from django.urls import path

from shuangbi.organisations import views

app_name = "organisations"
urlpatterns = [
    path("log-in/", views.log_in, name="log-in"),
    path("log-out/", views.log_out, name="log-out"),
    path("password/", views.password_change, name="password-change"),
    path("units/", views.unit_list, name="unit-list"),
    path("units/new/", views.unit_new, name="unit-new"),
    path("units/<uuid:unit_id>/", views.unit_detail, name="unit-detail"),
    path("units/<uuid:unit_id>/merge/", views.unit_merge, name="unit-merge"),
    path("people/", views.person_list, name="person-list"),
    path("people/new/", views.person_new, name="person-new"),
    path("people/<uuid:person_id>/", views.person_detail, name="person-detail"),
    path("people/<uuid:person_id>/reset/", views.person_reset, name="person-reset"),
    path("people/<uuid:person_id>/close/", views.person_close, name="person-close"),
    path("people/<uuid:person_id>/open/", views.person_open, name="person-open"),
    path("grants/", views.grant_list, name="grant-list"),
    path("grants/new/", views.grant_give, name="grant-give"),
    path("grants/<uuid:grant_id>/end/", views.grant_end, name="grant-end"),
    path("audit/", views.audit_list, name="audit-list"),
    path("audit/door/", views.security_record_list, name="security-record-list"),
]
