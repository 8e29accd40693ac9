"""Trying an action from a form: done, or the sentence that says why not."""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.actions import KeyReused

Result = TypeVar("Result")


def attempt(action: Callable[..., Result], **values: object) -> tuple[Result | None, Refused | None]:
    """What the action gave, or why it was refused. A form that was sent before with other words is refused too."""
    try:
        return action(**values), None
    except Refused as problem:
        return None, problem
    except KeyReused:
        return None, Refused(_("This form was sent before with other words. Look at it once more and send it again."))
