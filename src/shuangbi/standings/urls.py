"""Addresses of standings."""

from django.urls import path

from shuangbi.standings import views

app_name = "standings"
urlpatterns = [path("<slug:slug>/<str:name>/publish/", views.standing_publish, name="standing-publish")]
