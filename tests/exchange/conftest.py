"""The race that tests of targets, figures and participants need."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.competitions.stories import Race


@pytest.fixture
def race(cast: "Cast", demo_day: datetime) -> "Race":
    """The region's competition with a scheme in force."""
    from tests.competitions.stories import frozen_race

    return frozen_race(cast)
