"""The September that tests of bulletins tell of, seen on Tuesday 20 October 2020."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bulletins.stories import September
    from tests.cast import Cast


@pytest.fixture
def september(cast: "Cast", demo_day: datetime) -> "September":
    """Two counties' September, entered on 9 October."""
    from tests.bulletins.stories import told

    return told(cast)
