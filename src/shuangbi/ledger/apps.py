"""Django's entry of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "shuangbi.ledger"
