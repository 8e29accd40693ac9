"""Django's entry of this room."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "shuangbi.projects"
