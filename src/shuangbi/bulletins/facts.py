"""Facts of bulletins: issued, with the hashes of what was said and of every file that went out."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shuangbi.bulletins.choices import IssueState
from shuangbi.bulletins.models import Issue
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact


@dataclass(frozen=True)
class Issued(Body):
    """A bulletin is issued. Subject: the issue. A correction is a new issue that names the old one."""

    KIND: ClassVar[str] = "bulletins.issued"
    competition: UUID
    name: str
    kind: str
    number: int
    round: str
    month: str
    cutoff_on: date
    as_of_seq: int
    level: int
    dated_on: date
    author: UUID
    files: dict[str, str]
    stamp: str
    corrects: UUID | None = None


def apply(fact: Fact) -> None:
    """Write a fact of this room into its table."""
    body = Issued.read(fact)
    values = body.data()
    for name in ("competition", "author", "corrects"):
        values[f"{name}_id"] = values.pop(name)
    values |= {
        "state": IssueState.ISSUED, "issued_by": fact.actor, "issued_at": fact.recorded_at, "seq": fact.seq,
    }
    Issue.objects.update_or_create(
        id=fact.subject, defaults=values, create_defaults={**values, "drafted_at": fact.recorded_at}
    )
