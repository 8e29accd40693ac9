"""Reading units, people and grants."""

from uuid import UUID

from django.db.models import QuerySet

from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Grant, Person, Unit


def units_visible_to(access: Access) -> QuerySet[Unit]:
    """Units a person may see: the public face of the tree is no secret inside, so anyone who is known sees all."""
    return Unit.objects.order_by("position", "code", "id") if access.grants else Unit.objects.none()


def unit_by_code(code: str) -> Unit | None:
    """The unit with a code."""
    return Unit.objects.filter(code=code).first()


def units_by_name() -> dict[str, Unit]:
    """Every name, short name and code that means one unit; ambiguous names are left out."""
    found: dict[str, set[UUID]] = {}
    units = {unit.id: unit for unit in Unit.objects.order_by("id")}
    for unit in units.values():
        for text in {unit.name, unit.short_name, unit.code}:
            found.setdefault(text, set()).add(unit.id)
    return {text: units[next(iter(ids))] for text, ids in found.items() if len(ids) == 1}


def people_visible_to(access: Access) -> QuerySet[Person]:
    """People whose entries may be seen: by the security roles all, by the office and unit leads those of their units."""
    if access.has("security_admin", "security_auditor", "system_admin"):
        return Person.objects.select_related("unit").order_by("username")
    units = access.units_as({"office_clerk", "office_lead", "unit_lead"})
    return Person.objects.select_related("unit").filter(unit_id__in=units).order_by("username")


def grants_visible_to(access: Access) -> QuerySet[Grant]:
    """Grants, for those who give, audit or rely on them."""
    grants = Grant.objects.select_related("person", "unit").order_by("person__username", "role", "id")
    if access.has("security_admin", "security_auditor"):
        return grants
    return grants.filter(person__in=people_visible_to(access))


def names_of_people(ids: set[UUID]) -> dict[UUID, str]:
    """Names for ids that stand in facts."""
    return {person.id: person.title for person in Person.objects.filter(id__in=ids)}
