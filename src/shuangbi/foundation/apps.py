"""Django's entry of this room."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "shuangbi.foundation"
