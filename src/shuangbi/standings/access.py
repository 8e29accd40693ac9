"""Who may publish standings; who may read them is a matter of the competition."""

from shuangbi.competitions.models import Competition
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import Role


def may_publish(access: Access, competition: Competition) -> bool:
    """The lead of the competition's office."""
    return access.has(Role.OFFICE_LEAD, unit=competition.owner_id)
