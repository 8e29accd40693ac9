"""How an action says no: a sentence for the person who asked, and the place it is about."""

from collections.abc import Sequence
from dataclasses import dataclass


class Refused(Exception):
    """An action was refused and nothing was written. `field` names the input, where one is to blame."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(Exception):
    """The same click came again with another content (HTTP 409); nothing was written."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of one row; rows count from 0 in the order given."""

    row: int
    field: str
    message: str


class RowsRefused(Refused):
    """A whole batch was refused, all or none: every problem of every row. Its message is the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message, problems[0].field)
        self.problems = list(problems)
