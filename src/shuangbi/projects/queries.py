"""Reading projects, always within what a person may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from shuangbi.organisations.access import Access
from shuangbi.projects.models import CreditShare, Event, Project


def projects_visible_to(access: Access) -> QuerySet[Project]:
    """Projects that a unit in scope owns, has brought, or has a share in."""
    units = access.unit_ids
    if not units:
        return Project.objects.none()
    credited = CreditShare.objects.filter(project=OuterRef("pk"), unit_id__in=units, share__gt=0)
    return Project.objects.filter(Q(unit_id__in=units) | Q(bringer_id__in=units) | Exists(credited))


def events_visible_to(access: Access) -> QuerySet[Event]:
    """Events are announced to all: whoever has business inside sees them; their lists only as far as the projects."""
    return Event.objects.order_by("-held_on", "id") if access.unit_ids else Event.objects.none()
