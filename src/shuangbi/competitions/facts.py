"""Facts of competitions: opened, scheme frozen, rounds, and everything that is asked of the participants."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from shuangbi.competitions.choices import RoundState
from shuangbi.competitions.models import (
    Adjustment,
    Competition,
    OwnersFigure,
    Participant,
    Round,
    SchemeFile,
    Target,
    Waiver,
)
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact


@dataclass(frozen=True)
class CompetitionOpened(Body):
    """A unit starts a competition among the units below it. Subject: the competition."""

    KIND: ClassVar[str] = "competitions.opened"
    slug: str
    name: str
    owner: UUID
    office: str
    basis: str
    starts_on: date
    ends_on: date
    name_en: str = ""


@dataclass(frozen=True)
class SchemeFrozen(Body):
    """A scheme file becomes the rule, word for word. Subject: the scheme file."""

    KIND: ClassVar[str] = "competitions.scheme_frozen"
    competition: UUID
    title: str
    digest: str
    text: str
    uploaded_by: UUID | None = None


@dataclass(frozen=True)
class RoundOpened(Body):
    """Claims of these days may come. Subject: the round."""

    KIND: ClassVar[str] = "competitions.round_opened"
    competition: UUID
    name: str
    kind: str
    starts_on: date
    ends_on: date
    counts_from: date
    year: str = ""
    previous: str = ""
    cutoff_on: date | None = None


@dataclass(frozen=True)
class RoundClosed(Body):
    """The round is marked as finished and asks for no more reports. Subject: the round."""

    KIND: ClassVar[str] = "competitions.round_closed"
    reason: str = ""


@dataclass(frozen=True)
class RoundReopened(Body):
    """A closed round takes claims again, for a reason. Subject: the round."""

    KIND: ClassVar[str] = "competitions.round_reopened"
    reason: str


@dataclass(frozen=True)
class ParticipantSet(Body):
    """A unit stands in a group; without a group it is taken out. Subject: the competition."""

    KIND: ClassVar[str] = "competitions.participant"
    unit: UUID
    group: str
    round: str = ""
    feeds: tuple[UUID, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class TargetSet(Body):
    """A target, or its revision with the reason. Subject: the competition."""

    KIND: ClassVar[str] = "competitions.target"
    unit: UUID
    measure: str
    round: str
    value: int | None = None
    subjects: tuple[str, ...] | None = None
    reason: str = ""


@dataclass(frozen=True)
class FigureSet(Body):
    """A figure from the department that owns it. Subject: the competition."""

    KIND: ClassVar[str] = "competitions.figure"
    unit: UUID
    figure: str
    round: str
    value: str
    reason: str = ""


@dataclass(frozen=True)
class AdjustmentSet(Body):
    """Points given or taken by a document; 0 cancels. Subject: the competition."""

    KIND: ClassVar[str] = "competitions.adjustment"
    adjustment: UUID
    unit: UUID
    round: str
    kind: str
    points: int
    reason: str


@dataclass(frozen=True)
class WaiverSet(Body):
    """A unit excused from an item. Subject: the competition."""

    KIND: ClassVar[str] = "competitions.waiver"
    unit: UUID
    item: str
    round: str
    reason: str


Asked = ParticipantSet | TargetSet | FigureSet | AdjustmentSet | WaiverSet
ASKED: dict[str, tuple[type[Body], type[Any]]] = {
    ParticipantSet.KIND: (ParticipantSet, Participant),
    TargetSet.KIND: (TargetSet, Target),
    FigureSet.KIND: (FigureSet, OwnersFigure),
    AdjustmentSet.KIND: (AdjustmentSet, Adjustment),
    WaiverSet.KIND: (WaiverSet, Waiver),
}


def apply(fact: Fact) -> None:
    """Write a fact of this room into its tables."""
    if fact.kind in ASKED:
        _apply_asked(fact)
        return
    match fact.kind:
        case CompetitionOpened.KIND:
            opened = CompetitionOpened.read(fact)
            values = opened.data()
            values["owner_id"] = values.pop("owner")
            Competition.objects.create(id=fact.subject, **values)
        case SchemeFrozen.KIND:
            frozen = SchemeFrozen.read(fact)
            SchemeFile.objects.update_or_create(
                id=fact.subject,
                defaults={"frozen_by": fact.actor, "frozen_seq": fact.seq, "frozen_at": fact.recorded_at},
                create_defaults={
                    "competition_id": frozen.competition, "title": frozen.title, "digest": frozen.digest,
                    "text": frozen.text, "uploaded_by_id": frozen.uploaded_by, "uploaded_at": fact.recorded_at,
                    "frozen_by": fact.actor, "frozen_seq": fact.seq, "frozen_at": fact.recorded_at,
                },
            )
        case RoundOpened.KIND:
            values = RoundOpened.read(fact).data()
            Round.objects.create(id=fact.subject, competition_id=values.pop("competition"), seq=fact.seq, **values)
        case RoundClosed.KIND:
            Round.objects.filter(id=fact.subject).update(state=RoundState.CLOSED, closed_seq=fact.seq)
        case RoundReopened.KIND:
            Round.objects.filter(id=fact.subject).update(state=RoundState.OPEN, closed_seq=None)


def _apply_asked(fact: Fact) -> None:
    body, model = ASKED[fact.kind]
    values = body.read(fact).data()
    values["unit_id"] = values.pop("unit")
    for name in ("feeds", "subjects"):
        if values.get(name) is not None:
            values[name] = [str(item) for item in values[name]]
    model.objects.create(
        competition_id=fact.subject, seq=fact.seq, recorded_at=fact.recorded_at, by=fact.actor, **values
    )
