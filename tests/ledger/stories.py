"""A small room of its own for the ledger's tests: facts that write no table."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shuangbi.ledger.actions import Draft
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact

REPORTER = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")
COUNTY = UUID("00000000-0000-4000-8000-0000000000c0")
DAY = date(2020, 9, 15)


@dataclass(frozen=True)
class Told(Body):
    """Something told."""

    KIND: ClassVar[str] = "stories.told"
    text: str
    amount: int = 0


def told(text: str, amount: int = 0, *, subject: UUID | None = None) -> Draft:
    """A draft of a fact."""
    return Draft(body=Told(text, amount), subject=subject or uuid.uuid4(), effective_on=DAY, unit=COUNTY)


def nothing(fact: Fact) -> None:
    """An `apply` of a room without tables."""
