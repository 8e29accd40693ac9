"""What may not be entered: the checks that every action of projects shares. Each raises Refused naming the field."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.texts import hidden_characters, tidy
from shuangbi.ledger.models import Fact
from shuangbi.ledger.queries import facts_under
from shuangbi.organisations.access import Access

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
MOST = 10**15
"""The largest money that may be entered, 分: ten 万亿元."""


def must(condition: bool, message: str, field: str = "") -> None:
    """Refuse unless the condition holds."""
    if not condition:
        raise Refused(message, field)


def actor(by: Access) -> UUID:
    """The person who acts."""
    if by.person is None:
        raise Refused(_("Log in first."))
    return by.person.id


def earlier(by: UUID | None, key: str) -> list[Fact]:
    """The facts of this very click, when it was carried out before: then the state is not to be judged again."""
    return facts_under(key, actor=by) if key else []


def text(value: str, field: str, most: int, *, least: int = 0, lines: bool = False) -> str:
    """The text tidied: not too long, not missing, nothing invisible in it."""
    hidden = hidden_characters(value, lines=lines)
    if hidden:
        raise Refused(
            _("There are characters that cannot be seen: %(found)s. Delete and type the text again.")
            % {"found": ", ".join(hidden[:5])},
            field,
        )
    clean = value.strip() if lines else tidy(value)
    must(len(clean) >= least, _("This must be filled in.") if least <= 1 else _("This is too short."), field)
    must(len(clean) <= most, _("At most %(most)d characters.") % {"most": most}, field)
    return clean


def money(value: int, field: str, *, least: int = 0) -> int:
    """An amount in whole 分, within bounds."""
    must(isinstance(value, int) and not isinstance(value, bool), _("Amounts are whole 分."), field)
    must(value >= 0, _("An amount cannot be negative."), field)
    must(value >= least, _("An amount is needed."), field)
    must(value <= MOST, _("This amount is too large to be true."), field)
    return value


def day(value: date, field: str, *, past: bool = False) -> date:
    """A day that can be meant; with `past` one that has come."""
    must(EARLIEST <= value <= LATEST, _("This day lies too far away."), field)
    must(not past or value <= clock.today(), _("This day is still to come."), field)
    return value


def ordered(first: date | None, last: date | None, field: str) -> None:
    """The last day does not lie before the first."""
    must(first is None or last is None or first <= last, _("The last day lies before the first."), field)
