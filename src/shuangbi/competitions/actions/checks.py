"""What every action of competitions asks first: who acts, whether this very click was carried out, which scheme holds."""

from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.competitions.access import may_run
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.ledger.queries import facts_under
from shuangbi.organisations.access import Access
from shuangbi_engine.scheme import Scheme


def actor(by: Access) -> UUID:
    """The person who acts."""
    if by.person is None:
        raise Refused(_("Log in first."))
    return by.person.id


def office_only(by: Access, competition: Competition) -> None:
    """Refuse anyone but the competition's own office."""
    if not may_run(by, competition):
        raise Refused(_("Only the competition's office may do this."))


def earlier(by: Access, key: str) -> Fact | None:
    """The first fact of this very click, when it was carried out before: then nothing is judged again."""
    found = facts_under(key, actor=actor(by)) if key else []
    return found[0] if found else None


def scheme_in_force(competition: Competition) -> Scheme:
    """The frozen scheme. Raises Refused while there is none."""
    file = frozen_scheme(competition)
    if file is None:
        raise Refused(_("Freeze a scheme first."))
    return parsed(file)
