"""Reading uploads: each person sees their own."""

from django.db.models import QuerySet

from shuangbi.exchange.models import Attempt
from shuangbi.exchange.table import RowError
from shuangbi.organisations.access import Access


def attempts_visible_to(access: Access) -> QuerySet[Attempt]:
    """A person's own uploads."""
    rows = Attempt.objects.filter(person=access.person) if access.person else Attempt.objects.none()
    return rows.select_related("competition").defer("content")


def errors_of(attempt: Attempt) -> list[RowError]:
    """What was wrong, in the order of the rows."""
    return sorted((RowError(*error) for error in attempt.errors), key=lambda error: error.row)
