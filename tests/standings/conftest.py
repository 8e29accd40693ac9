"""The September of the bulletins' tests, which the tests of standings publish."""

from tests.bulletins.conftest import chinese as chinese
from tests.bulletins.conftest import september as september
