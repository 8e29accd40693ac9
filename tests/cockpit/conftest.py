"""The season that every test of the cockpit looks at, on Tuesday 20 October 2020."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.cockpit.stories import Season


@pytest.fixture
def season(cast: "Cast") -> Iterator["Season"]:
    """A month with its claims, published; the clock stands at 20 October, 09:00."""
    from shuangbi.foundation import clock
    from tests.cockpit.stories import season_of

    told = season_of(cast)
    with clock.standing_at(datetime(2020, 10, 20, 9, 0, tzinfo=clock.SHANGHAI)):
        yield told
