"""Proving the chain: every fact follows the one before it, is hashed over its stored bytes, and outside copies agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from shuangbi.foundation.errors import Refused
from shuangbi.ledger import chain
from shuangbi.ledger.models import Checkpoint, Fact

COLUMNS = (
    "seq", "uuid", "kind", "version", "subject", "unit", "effective_on", "recorded_at", "actor", "idempotency_key",
    "body", "prev_hash", "hash", "hash_algorithm",
)


@dataclass(frozen=True)
class Fixed:
    """A checkpoint as text says it: at this site, fact `seq` had the hash `head`."""

    site: str
    seq: int
    head: str


def read_checkpoints(text: str) -> list[Fixed]:
    """Checkpoints from text, three lines each; blank lines between them do not matter. Raises Refused."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    groups = [lines[at : at + 3] for at in range(0, len(lines), 3)]
    if not groups or any(len(g) != 3 or not g[1].isdecimal() or len(g[2]) != 64 for g in groups):
        raise Refused(_("A checkpoint has three lines: the site, a number and a hash of 64 characters."))
    return [Fixed(site, int(seq), head) for site, seq, head in groups]


def require_tables(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise Refused where the site's database is not made yet."""
    if Fact._meta.db_table not in connections[using].introspection.table_names():
        raise Refused(_("This site has no database yet. Run shuangbi migrate, or restore a backup into it."))


def verify(*, checkpoint: str | None = None, using: str = DEFAULT_DB_ALIAS) -> dict[str, Any]:
    """Verify the ledger against its own checkpoints and one or more kept outside (their text, three lines each).

    Returns {"facts", "head", "ok", "first_broken", "reason"}; `first_broken` is a seq, None while all stand.
    `reason`: hash (the row was changed), link (it does not follow the one before), missing (a number is not there),
    unreadable, checkpoint (the row is not the one that was fixed). Raises Refused for a checkpoint of another site.
    """
    require_tables(using)
    outside = read_checkpoints(checkpoint) if checkpoint is not None else []
    if other := next((fixed.site for fixed in outside if fixed.site != settings.SITE_ID_TEXT), None):
        words = _("The checkpoint is of {other}, not of this site, {site}.")
        raise Refused(words.format(other=other, site=settings.SITE_ID_TEXT))
    inside = [Fixed(c.site, c.seq, c.head) for c in Checkpoint.objects.using(using).order_by("seq")]
    return verify_rows(_rows(using), [*inside, *outside])


def _rows(using: str) -> Iterator[tuple[Any, ...]]:
    facts = Fact.objects.using(using).order_by("seq").values_list(*COLUMNS)
    last = 0
    try:
        for row in facts.iterator(chunk_size=2000):
            last = row[0]
            yield row
    except (ValueError, TypeError, OverflowError):
        # A whole chunk was read at once; one by one the row that cannot be read is found.
        for seq in Fact.objects.using(using).filter(seq__gt=last).order_by("seq").values_list("seq", flat=True):
            yield facts.get(seq=seq)


def verify_rows(rows: Iterable[tuple[Any, ...]], checkpoints: Iterable[Fixed]) -> dict[str, Any]:
    """Verify facts given as rows of COLUMNS in order of seq; see `verify`."""
    fixed: dict[int, set[str]] = {}
    for checkpoint in checkpoints:
        fixed.setdefault(checkpoint.seq, set()).add(checkpoint.head)
    facts, head = 0, chain.GENESIS
    broken: tuple[int, str] | None = None
    for row in _readable(rows):
        if row is None:
            broken = (facts + 1, "unreadable")
            break
        reason = _what_breaks(row, facts + 1, head)
        if reason:
            broken = (facts + 1 if reason == "missing" else row[0], reason)
            break
        facts, head = row[0], row[12]
        if fixed.pop(facts, {head}) != {head}:
            broken = (facts, "checkpoint")
            break
    if broken is None and fixed:
        # Facts that a checkpoint fixed are not there any more: the end was cut off.
        broken = (facts + 1, "missing")
    return {
        "facts": facts, "head": head, "ok": broken is None, "first_broken": broken[0] if broken else None,
        "reason": broken[1] if broken else "",
    }


def _readable(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...] | None]:
    """The rows; None in place of the first that the database driver cannot turn into values."""
    iterator = iter(rows)
    while True:
        try:
            row = next(iterator)
        except StopIteration:
            return
        except (ValueError, TypeError, OverflowError):
            yield None
            return
        yield row


def _what_breaks(row: tuple[Any, ...], expected: int, head: str) -> str:
    seq, uuid, kind, version, subject, unit, on, at, actor, key, body, previous, own, algorithm = row
    if seq != expected:
        return "missing" if seq > expected else "link"
    if previous != head:
        return "link"
    if not _typed(uuid, subject, on, at) or algorithm != chain.ALGORITHM:
        return "unreadable"
    header = chain.header(seq, uuid, kind, version, subject, unit, on, at, actor, key)
    return "" if chain.link(head, header, bytes(body)) == own else "hash"


def _typed(uuid: Any, subject: Any, on: Any, at: Any) -> bool:
    return isinstance(uuid, UUID) and isinstance(subject, UUID) and isinstance(on, date) and isinstance(at, datetime)
