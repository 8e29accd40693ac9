"""Facts of claims, and the one function that writes them into this room's tables.

The subject of every fact is the claim; `effective_on` is always the day the claim is about. What a step leads to
(`next_step`) stands in the fact, so that replaying it needs no chain of today.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from shuangbi.claims.choices import REPORT, Act, State
from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact

# sha256, the name it came with, what it is.
File = tuple[str, str, str]


@dataclass(frozen=True)
class Reported(Body):
    """A unit says that something was done. `amount` in 分 or 平方米 by kind."""

    KIND: ClassVar[str] = "claims.reported"
    kind: str
    unit: UUID
    amount: int
    next_step: str
    project: UUID | None = None
    title: str = ""
    note: str = ""
    due_on: date | None = None
    due_amount: int = 0
    bond_batch: UUID | None = None
    currency: str = "CNY"
    foreign_minor: int | None = None
    rate: str = ""
    rate_on: date | None = None
    rate_source: str = ""
    evidence: tuple[File, ...] = ()


@dataclass(frozen=True)
class Confirmed(Body):
    """The unit's lead stands behind it; it counts at no level yet."""

    KIND: ClassVar[str] = "claims.confirmed"
    step: str
    next_step: str
    reason: str = ""


@dataclass(frozen=True)
class Checked(Body):
    """The papers are in order: from now on a 快报数."""

    KIND: ClassVar[str] = "claims.checked"
    step: str
    next_step: str
    reason: str = ""


@dataclass(frozen=True)
class Recognised(Body):
    """From now on a 认定数; `amount` is what was recognised, at most what was reported."""

    KIND: ClassVar[str] = "claims.recognised"
    step: str
    amount: int
    recognised_on: date
    reason: str = ""


@dataclass(frozen=True)
class Returned(Body):
    """Sent back to the unit, to be corrected or withdrawn."""

    KIND: ClassVar[str] = "claims.returned"
    reason: str
    step: str = ""


@dataclass(frozen=True)
class Refused(Body):
    """Not recognised; `revokes` says that it had been."""

    KIND: ClassVar[str] = "claims.refused"
    reason: str
    step: str = ""
    revokes: bool = False


@dataclass(frozen=True)
class Withdrawn(Body):
    """Taken back by the unit."""

    KIND: ClassVar[str] = "claims.withdrawn"
    reason: str = ""


@dataclass(frozen=True)
class Corrected(Body):
    """New values in place of those of the fact `replaces`. `state` and `next_step`: where the review goes on.

    `step` is the step whose part the corrector took: `report`, or the recognition, once there was one.
    """

    KIND: ClassVar[str] = "claims.corrected"
    replaces: UUID
    amount: int
    reason: str
    state: str
    next_step: str
    step: str
    title: str = ""
    note: str = ""
    due_on: date | None = None
    due_amount: int = 0
    currency: str = "CNY"
    foreign_minor: int | None = None
    rate: str = ""
    rate_on: date | None = None
    rate_source: str = ""


@dataclass(frozen=True)
class EvidenceAdded(Body):
    """More papers behind a claim."""

    KIND: ClassVar[str] = "claims.evidence_added"
    evidence: tuple[File, ...]


def apply(fact: Fact) -> None:
    """Write a fact of this room into its tables."""
    match fact.kind:
        case Reported.KIND:
            _report(fact, Reported.read(fact))
        case Confirmed.KIND:
            confirmed = Confirmed.read(fact)
            _change(fact, next_step=confirmed.next_step)
            _tell(fact, Act.CONFIRMED, step=confirmed.step, reason=confirmed.reason)
        case Checked.KIND:
            checked = Checked.read(fact)
            _change(fact, state=State.CHECKED, next_step=checked.next_step)
            _tell(fact, Act.CHECKED, step=checked.step, reason=checked.reason)
        case Recognised.KIND:
            recognised = Recognised.read(fact)
            _change(
                fact, state=State.RECOGNISED, next_step="", amount=recognised.amount,
                recognised_on=recognised.recognised_on,
            )
            _tell(fact, Act.RECOGNISED, step=recognised.step, reason=recognised.reason)
        case Returned.KIND:
            returned = Returned.read(fact)
            _change(fact, state=State.RETURNED, next_step="")
            _tell(fact, Act.RETURNED, step=returned.step, reason=returned.reason)
        case Refused.KIND:
            refused = Refused.read(fact)
            _change(fact, state=State.REFUSED, next_step="", recognised_on=None)
            _tell(fact, Act.REVOKED if refused.revokes else Act.REFUSED, step=refused.step, reason=refused.reason)
        case Withdrawn.KIND:
            _change(fact, state=State.WITHDRAWN, next_step="")
            _tell(fact, Act.WITHDRAWN, reason=Withdrawn.read(fact).reason)
        case Corrected.KIND:
            _correct(fact, Corrected.read(fact))
        case EvidenceAdded.KIND:
            _change(fact)
            _tell(fact, Act.EVIDENCE_ADDED)
            _file(fact, EvidenceAdded.read(fact).evidence)


def _report(fact: Fact, body: Reported) -> None:
    Claim.objects.create(
        id=fact.subject, kind=body.kind, project_id=body.project, title=body.title, unit_id=body.unit,
        effective_on=fact.effective_on, amount=body.amount, note=body.note, due_on=body.due_on,
        due_amount=body.due_amount, bond_batch_id=body.bond_batch, currency=body.currency,
        foreign_minor=body.foreign_minor, rate=body.rate, rate_on=body.rate_on, rate_source=body.rate_source,
        state=State.REPORTED, next_step=body.next_step, reported_by_id=fact.actor, reported_at=fact.recorded_at,
        changed_at=fact.recorded_at, seq=fact.seq,
    )
    _tell(fact, Act.REPORTED, step=REPORT, amount=body.amount)
    _file(fact, body.evidence)


def _correct(fact: Fact, body: Corrected) -> None:
    _change(
        fact, effective_on=fact.effective_on, amount=body.amount, title=body.title, note=body.note,
        due_on=body.due_on, due_amount=body.due_amount, currency=body.currency, foreign_minor=body.foreign_minor,
        rate=body.rate, rate_on=body.rate_on, rate_source=body.rate_source, state=body.state,
        next_step=body.next_step,
    )
    _tell(fact, Act.CORRECTED, step=body.step, reason=body.reason, replaces=body.replaces)


def _change(fact: Fact, **values: object) -> None:
    Claim.objects.filter(id=fact.subject).update(changed_at=fact.recorded_at, seq=fact.seq, **values)


def _tell(
    fact: Fact, act: Act, *, step: str = "", reason: str = "", replaces: UUID | None = None, amount: int | None = None
) -> None:
    if amount is None:
        amount = Claim.objects.values_list("amount", flat=True).get(id=fact.subject)
    ReviewStep.objects.create(
        id=fact.uuid, claim_id=fact.subject, act=act, step=step, by_id=fact.actor, at=fact.recorded_at,
        reason=reason, effective_on=fact.effective_on, amount=amount, replaces=replaces, seq=fact.seq,
    )


def _file(fact: Fact, files: tuple[File, ...]) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            id=uuid5(fact.subject, sha256), claim_id=fact.subject, file_id=sha256, name=name, kind=kind,
            added_by_id=fact.actor, added_at=fact.recorded_at, seq=fact.seq,
        )
        for sha256, name, kind in files
    )
