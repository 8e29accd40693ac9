"""Django's entry of this room."""

from django.apps import AppConfig


class CompetitionsConfig(AppConfig):
    name = "shuangbi.competitions"
