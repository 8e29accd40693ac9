"""Django's entry of this room."""

from django.apps import AppConfig


class StandingsConfig(AppConfig):
    name = "shuangbi.standings"
