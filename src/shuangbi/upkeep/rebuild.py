"""Proving the tables: the same `apply` over all facts into a scratch database must give the very rows that stand."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connections, models, transaction

from shuangbi.bulletins import facts as bulletins
from shuangbi.claims import facts as claims
from shuangbi.competitions import facts as competitions
from shuangbi.ledger.models import Fact
from shuangbi.ledger.verify import require_tables
from shuangbi.organisations import facts as organisations
from shuangbi.projects import facts as projects
from shuangbi.standings import facts as standings
from shuangbi.upkeep.databases import in_place, one_moment, opened

# The first word of a fact's kind → the function that writes its room's tables.
KINDS: dict[str, Callable[[Fact], None]] = {
    "organisations": organisations.apply,
    "projects": projects.apply,
    "claims": claims.apply,
    "competitions": competitions.apply,
    "standings": standings.apply,
    "bulletins": bulletins.apply,
}
# Models that hold nothing but what facts say. They start empty in the scratch database and must come out equal.
BORN_OF_FACTS = (
    "organisations.Unit", "organisations.Grant",
    "projects.Project", "projects.StageStep", "projects.OutsideCode", "projects.Tagging", "projects.Assignment",
    "projects.Milestone", "projects.MilestoneMove", "projects.CreditShare", "projects.BondBatch",
    "projects.FundingPlan", "projects.Agreement", "projects.Event", "projects.EventProject",
    "claims.Claim", "claims.ReviewStep", "claims.Evidence",
    "competitions.Competition", "competitions.Round", "competitions.Participant", "competitions.Target",
    "competitions.OwnersFigure", "competitions.Adjustment", "competitions.Waiver",
    "standings.Standing",
)
# Ordinary models of which facts write some fields. The rows are copied, these fields emptied, and the rest compared too.
PARTLY_BORN: dict[str, tuple[str, ...]] = {
    "competitions.SchemeFile": ("frozen_by", "frozen_seq", "frozen_at"),
    "bulletins.Issue": ("state", "files", "stamp", "issued_by", "issued_at", "seq"),
}
# Ordinary models that hold things entered outside the ledger, or can be made again: copied as they are.
ORDINARY = ("organisations.Person", "organisations.SecurityRecord", "ledger.StoredFile")
# Models that are computed again from facts and schemes whenever that is wanted.
DISPOSABLE = ("competitions.Posting", "competitions.Watermark")
SCRATCH = "rebuilt"
BATCH = 1000


def rebuild_check() -> dict[str, Any]:
    """{"ok", "facts", "rows", "first_broken", "reason", "differences"}; nothing of the site is changed.

    `first_broken` is the seq of a fact that could not be applied; `differences` names, per model, rows that are
    `missing` in the tables, `extra` in them or `changed`, and the first of them with its field.
    """
    require_tables()
    with tempfile.TemporaryDirectory(prefix="shuangbi-rebuild-") as folder:
        path = Path(folder) / "scratch.sqlite3"
        with one_moment():
            with opened(path, SCRATCH) as scratch:
                with scratch.schema_editor() as editor:
                    for label in (*BORN_OF_FACTS, *PARTLY_BORN, *ORDINARY, "ledger.Fact"):
                        editor.create_model(apps.get_model(label))
                facts = _copied()
            failed = _replayed(path)
            if failed:
                seq, reason = failed
                return {"ok": False, "facts": facts, "rows": 0, "first_broken": seq, "reason": reason, "differences": []}
            with opened(path, SCRATCH):
                found = [_compared(label) for label in (*BORN_OF_FACTS, *PARTLY_BORN)]
    differences = [difference for _rows, difference in found if difference]
    return {
        "ok": not differences, "facts": facts, "rows": sum(rows for rows, _difference in found), "first_broken": None,
        "reason": "tables" if differences else "", "differences": differences,
    }


def _copied() -> int:
    """Copy ordinary rows and facts into the scratch database; how many facts there are."""
    scratch = connections[SCRATCH]
    # Copied rows point at rows that only the replay will make; the keys are checked after it.
    with scratch.constraint_checks_disabled(), transaction.atomic(using=SCRATCH):
        for label in (*ORDINARY, *PARTLY_BORN):
            model = apps.get_model(label)
            empty = {name: model._meta.get_field(name).get_default() for name in PARTLY_BORN.get(label, ())}
            _copy(model, empty)
        _copy(Fact, {})
        return Fact.objects.using(SCRATCH).count()


def _copy(model: type[models.Model], emptied: dict[str, Any]) -> None:
    batch = []
    for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
        for name, value in emptied.items():
            setattr(row, name, value)
        batch.append(row)
        if len(batch) == BATCH:
            model._base_manager.using(SCRATCH).bulk_create(batch)
            batch = []
    model._base_manager.using(SCRATCH).bulk_create(batch)


def _replayed(path: Path) -> tuple[int, str] | None:
    """Apply every fact in the scratch database; the first that could not be applied, with the reason."""
    last = 0
    with in_place(path) as scratch, scratch.constraint_checks_disabled(), transaction.atomic():
        for fact in _in_order():
            last = fact.seq
            apply = KINDS.get(fact.kind.partition(".")[0])
            if apply is None:
                return fact.seq, f"no room applies {fact.kind}"
            try:
                apply(fact)
            except Exception as problem:  # noqa: BLE001 whatever a broken fact raises is the finding
                return fact.seq, f"{type(problem).__name__}: {problem}"
        try:
            scratch.check_constraints()
        except IntegrityError as problem:
            return last, str(problem)
    return None


def _in_order() -> Iterator[Fact]:
    seq = 0
    while batch := list(Fact.objects.filter(seq__gt=seq).order_by("seq")[:BATCH]):
        yield from batch
        seq = batch[-1].seq


def _compared(label: str) -> tuple[int, dict[str, Any] | None]:
    """(rows that stand, what differs) for one model."""
    model = apps.get_model(label)
    names = [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    key = model._meta.pk.attname if model._meta.pk.attname in names else None
    live = dict(_rows(model, names, key, "default"))
    rebuilt = dict(_rows(model, names, key, SCRATCH))
    missing = [row for row in rebuilt if row not in live]
    extra = [row for row in live if row not in rebuilt]
    changed = [row for row in live if row in rebuilt and live[row] != rebuilt[row]]
    if not (missing or extra or changed):
        return len(live), None
    first = sorted(missing + extra + changed, key=str)[0]
    fields = [n for n, a, b in zip(names, live.get(first, ()), rebuilt.get(first, ()), strict=False) if a != b]
    difference = {
        "model": label, "missing": len(missing), "extra": len(extra), "changed": len(changed), "first": str(first),
        "fields": fields,
    }
    return len(live), difference


def _rows(
    model: type[models.Model], names: list[str], key: str | None, alias: str
) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Rows by their key. Rows that only have a running number are told apart by their content and its repetition."""
    seen: dict[str, int] = {}
    at = names.index(key) if key else 0
    for stored in model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
        row = tuple(bytes(value) if isinstance(value, memoryview) else value for value in stored)
        if key:
            yield row[at], row
        else:
            text = repr(row)
            seen[text] = seen.get(text, 0) + 1
            yield (text, seen[text]), row
