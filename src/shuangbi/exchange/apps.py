"""Django's entry of this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "shuangbi.exchange"
