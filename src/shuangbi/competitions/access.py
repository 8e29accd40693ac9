"""Who may see and run a competition: its office runs it; everyone inside the owning unit's tree reads it."""

from django.db.models import QuerySet

from shuangbi.competitions.models import Competition
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE, Role


def competitions_visible_to(access: Access) -> QuerySet[Competition]:
    """Competitions of the person's own units and of every unit above them."""
    return Competition.objects.select_related("owner").filter(owner_id__in=access.units_above)


def may_run(access: Access, competition: Competition) -> bool:
    """The office of the owning unit."""
    return access.has(*OFFICE, unit=competition.owner_id)


def may_give_figure(access: Access, competition: Competition, figure: str) -> bool:
    """The owner of the figure, or the office."""
    return may_run(access, competition) or access.has(Role.INDICATOR_OWNER, unit=competition.owner_id, indicator=figure)


def sees_all(access: Access, competition: Competition) -> bool:
    """Whether the person may open every unit's evidence in this competition, not only their own units'."""
    return competition.owner_id in access.unit_ids
