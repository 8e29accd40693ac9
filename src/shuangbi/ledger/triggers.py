"""The triggers that refuse to change or remove facts and checkpoints, for both databases.

They stop mistakes of programs and hands; against someone who drops them the hash chain and the outside checkpoints stand.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_fact", "ledger_checkpoint")
REFUSAL = "the ledger is append-only"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
END
$refuse$
"""


def statements(vendor: str) -> list[str]:
    """The statements that put the triggers up on a database of this vendor."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table in TABLES
            for act in ("UPDATE", "DELETE")
        ]
    made = [_POSTGRESQL_FUNCTION]
    for table in TABLES:
        for name, act in (("no_change", "UPDATE OR DELETE"), ("no_truncate", "TRUNCATE")):
            made.append(
                f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            )
            # ALWAYS: also for a session that plays a replica, which ordinary triggers do not see.
            made.append(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
    return made


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers up; the tables must stand and the triggers not."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
