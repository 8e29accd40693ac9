"""For tests only: what someone with the database's password could do to it."""

from django.db import connection

from shuangbi.ledger import triggers


def lift_triggers() -> None:
    """Drop the triggers; rolled back with the test's transaction."""
    with connection.cursor() as cursor:
        for table in triggers.TABLES:
            names = ("no_update", "no_delete") if connection.vendor == "sqlite" else ("no_change", "no_truncate")
            for name in names:
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER {table}_{name}{on}")


def do(*statements: str) -> None:
    """Run statements as they are."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
