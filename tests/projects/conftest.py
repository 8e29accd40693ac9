"""A project with everything on it, for every page."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.projects.stories import Scene


@pytest.fixture
def scene(cast: "Cast", demo_day: object) -> "Scene":
    """The county's project on the demo day."""
    from tests.projects.stories import make_scene

    return make_scene(cast)
