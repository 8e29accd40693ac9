"""Facts of standings: published, with the whole sheet and the seq it was made from."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shuangbi.ledger.body import Body
from shuangbi.ledger.chain import canonical
from shuangbi.ledger.models import Fact
from shuangbi.standings.models import Standing


@dataclass(frozen=True)
class Published(Body):
    """A round's sheet is published. Subject: the standing. A correction is a new standing that names the old one."""

    KIND: ClassVar[str] = "standings.published"
    competition: UUID
    round: str
    level: int
    as_of_seq: int
    scheme_digest: str
    sheet: dict[str, Any]
    corrects: UUID | None = None
    reason: str = ""


def apply(fact: Fact) -> None:
    """Write a fact of this room into its table."""
    body = Published.read(fact)
    Standing.objects.create(
        id=fact.subject, competition_id=body.competition, round=body.round, level=body.level,
        as_of_seq=body.as_of_seq, scheme_digest=body.scheme_digest, content=canonical(body.sheet),
        corrects_id=body.corrects, reason=body.reason, published_by=fact.actor, published_at=fact.recorded_at, seq=fact.seq,
    )
