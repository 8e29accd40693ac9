"""Reading the ledger: its head, what was known at a time, the facts about a subject."""

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from shuangbi.ledger.models import Fact

# 80 in the column, less room for the number of a fact within its act.
LONGEST_KEY = 64


def head_seq() -> int:
    """The number of the newest fact; 0 while there is none."""
    newest: int | None = Fact.objects.aggregate(newest=Max("seq"))["newest"]
    return newest or 0


def seq_known_at(moment: datetime) -> int:
    """The last fact recorded by `moment`; 0 when nothing was known yet."""
    newest: int | None = Fact.objects.filter(recorded_at__lte=moment).aggregate(newest=Max("seq"))["newest"]
    return newest or 0


def facts_about(subjects: Iterable[UUID]) -> QuerySet[Fact]:
    """The facts about some subjects, oldest first. Callers have checked that these may be seen."""
    return Fact.objects.filter(subject__in=list(subjects)).order_by("seq")


def facts_after(seq: int, kinds: Iterable[str]) -> QuerySet[Fact]:
    """Facts of some kinds after a watermark, oldest first."""
    return Fact.objects.filter(seq__gt=seq, kind__in=list(kinds)).order_by("seq")


def facts_known_at(seq: int, kinds: Iterable[str]) -> QuerySet[Fact]:
    """Facts of some kinds up to a seq, oldest first. Callers have checked that these may be seen."""
    return Fact.objects.filter(seq__lte=seq, kind__in=list(kinds)).order_by("seq")


def fitting(key: str) -> str:
    """An idempotency key as the column holds it: one from outside may be of any length."""
    key = unicodedata.normalize("NFC", key)
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def facts_under(key: str, *, actor: UUID | None) -> list[Fact]:
    """All facts of the act done under an idempotency key, in order; none while it is not done.

    An action whose checks would refuse a second try (the code is taken, the step is over) asks this first.
    """
    key = fitting(key)
    first = Fact.objects.filter(actor=actor, idempotency_key=key).first() if key else None
    if first is None:
        return []
    facts, asked = [first], 8
    # One act is one transaction, so its facts follow one another; most acts are small, some are whole imports.
    while True:
        following = list(Fact.objects.filter(seq__gt=facts[-1].seq).order_by("seq")[:asked])
        for fact in following:
            if fact.actor != actor or fact.idempotency_key != f"{key}#{len(facts)}":
                return facts
            facts.append(fact)
        if len(following) < asked:
            return facts
        asked *= 8
