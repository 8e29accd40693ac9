"""Addresses of organisations."""

from django.urls import path

from shuangbi.organisations import views

app_name = "organisations"
urlpatterns = [
    path("log-in/", views.log_in, name="log-in"),
    path("log-out/", views.log_out, name="log-out"),
    path("password/", views.password_change, name="password-change"),
]
