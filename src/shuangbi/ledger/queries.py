"""Reading the ledger: its head, what was known at a time, the facts about a subject."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from shuangbi.ledger.models import Fact


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
