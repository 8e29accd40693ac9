"""Django's entry of this room."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "shuangbi.bulletins"
