"""The story that every test of claims begins with, told on Tuesday 20 October 2020."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.claims.stories import Story


@pytest.fixture
def story(cast: "Cast", demo_day: datetime) -> "Story":
    """The cast with indicators owned and two projects registered."""
    from tests.claims.stories import story_of

    return story_of(cast)
