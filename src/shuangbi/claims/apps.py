"""Django's entry of this room."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "shuangbi.claims"
