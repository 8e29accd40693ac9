"""Facts of projects: what they say and how each is written into the tables."""

from shuangbi.projects.facts.applying import apply
from shuangbi.projects.facts.bodies import (
    AgreementSigned,
    AttributeChanged,
    BondBatchGranted,
    CodeGiven,
    CreditSet,
    EventHeld,
    EventProjectAdded,
    EventProjectRemoved,
    FundingPlanned,
    Listed,
    MilestoneMoved,
    MilestoneReached,
    MilestoneSet,
    PersonAssigned,
    PersonReleased,
    Registered,
    StageReached,
    StageWithdrawn,
    Unlisted,
)

__all__ = [
    "AgreementSigned", "AttributeChanged", "BondBatchGranted", "CodeGiven", "CreditSet", "EventHeld",
    "EventProjectAdded", "EventProjectRemoved", "FundingPlanned", "Listed", "MilestoneMoved", "MilestoneReached",
    "MilestoneSet", "PersonAssigned", "PersonReleased", "Registered", "StageReached", "StageWithdrawn", "Unlisted",
    "apply",
]
