"""Writing facts: append and apply in one transaction, once per idempotency key, with the clock read once under the lock."""

import dataclasses
import uuid as uuids
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Conflict
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger import chain
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Checkpoint, Fact
from shuangbi.ledger.queries import facts_under, fitting

BACKWARDS_TOLERANCE = timedelta(seconds=2)


class KeyReused(Conflict):
    """An idempotency key came again with another body (HTTP 409)."""


class ClockWentBack(Exception):
    """The clock stands before the newest fact; writing is refused until it is right again."""


@dataclasses.dataclass(frozen=True)
class Draft:
    """A fact before it has a number."""

    body: Body
    subject: UUID
    effective_on: date
    unit: UUID | None = None
    uuid: UUID = dataclasses.field(default_factory=uuids.uuid4)


Apply = Callable[[Fact], None]


def record(*, draft: Draft, by: UUID | None, apply: Apply, key: str = "") -> Fact:
    """Append one fact and apply it. With the same `key` and body again: the stored fact, nothing done twice.

    Raises KeyReused when the key came with another body, ClockWentBack, GateBusy.
    """
    return record_many(drafts=[draft], by=by, apply=apply, key=key)[0]


def record_many(*, drafts: Sequence[Draft], by: UUID | None, apply: Apply, key: str = "") -> list[Fact]:
    """Append facts in order and apply each, all or none. Bodies become bytes before the lock is taken."""
    if not drafts:
        return []
    key = fitting(key)
    bodies = [chain.canonical(draft.body.data()) for draft in drafts]
    with writing():
        if key and (earlier := _earlier(by, key, drafts, bodies)):
            return earlier
        facts = _chained(drafts, bodies, by, key)
        Fact.objects.bulk_create(facts, batch_size=500)
        for fact in facts:
            apply(fact)
    return facts


def _keys(key: str, count: int) -> list[str]:
    return [f"{key}#{number}" if number else key for number in range(count)] if key else [""] * count


def _earlier(by: UUID | None, key: str, drafts: Sequence[Draft], bodies: list[bytes]) -> list[Fact]:
    """The facts stored under this key; none when it is new. A key stands for one act, which must have said the same.

    Ids (subject, unit, uuid) are not compared: a second try may have made new ones for the same things.
    """
    found = facts_under(key, actor=by)
    if not found:
        return []
    said = [(draft.body.KIND, draft.effective_on, body) for draft, body in zip(drafts, bodies, strict=True)]
    if [(fact.kind, fact.effective_on, bytes(fact.body)) for fact in found] != said:
        raise KeyReused(key)
    return found


def _chained(drafts: Sequence[Draft], bodies: list[bytes], by: UUID | None, key: str) -> list[Fact]:
    head = Fact.objects.order_by("-seq").only("seq", "hash", "recorded_at").first()
    moment = clock.now()
    if head and moment < head.recorded_at:
        if head.recorded_at - moment > BACKWARDS_TOLERANCE:
            raise ClockWentBack(f"{moment.isoformat()} < {head.recorded_at.isoformat()}")
        moment = head.recorded_at
    seq, previous = (head.seq, head.hash) if head else (0, chain.GENESIS)
    facts = []
    for draft, body, one_key in zip(drafts, bodies, _keys(key, len(drafts)), strict=True):
        seq += 1
        fact = Fact(
            seq=seq, uuid=draft.uuid, kind=draft.body.KIND, version=draft.body.VERSION, subject=draft.subject,
            unit=draft.unit, effective_on=draft.effective_on, recorded_at=moment, actor=by,
            idempotency_key=one_key, body=body, prev_hash=previous, hash_algorithm=chain.ALGORITHM,
        )
        fact.hash = chain.link(previous, fact.header(), body)
        previous = fact.hash
        facts.append(fact)
    return facts


def make_checkpoint() -> Checkpoint | None:
    """Fix the ledger as it stands; None while it is empty. The same head gives the same checkpoint."""
    with writing():
        head = Fact.objects.order_by("-seq").first()
        if head is None:
            return None
        moment: datetime = clock.now()
        checkpoint, _ = Checkpoint.objects.get_or_create(
            seq=head.seq, defaults={"site": settings.SITE_ID_TEXT, "head": head.hash, "made_at": moment}
        )
    return checkpoint
