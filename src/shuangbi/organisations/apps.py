"""Django's entry of this room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "shuangbi.organisations"
