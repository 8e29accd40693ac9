"""Addresses of foundation."""

from django.urls import path

from shuangbi.foundation import gallery, views

app_name = "foundation"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("language/", views.set_language, name="set-language"),
    path("gallery/", gallery.gallery, name="gallery"),
]
