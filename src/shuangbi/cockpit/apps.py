"""Django's entry of this room."""

from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "shuangbi.cockpit"
