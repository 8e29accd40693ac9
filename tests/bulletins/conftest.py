"""The September that tests of bulletins tell of, seen on Tuesday 20 October 2020."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

if TYPE_CHECKING:
    from tests.bulletins.stories import September
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Each test begins in Chinese, whatever page an earlier one asked for in English."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def september(cast: "Cast", demo_day: datetime) -> "September":
    """Two counties' September, entered on 9 October."""
    from tests.bulletins.stories import told

    return told(cast)
