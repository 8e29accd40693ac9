"""Reading units, people, grants, and what was done at the door; always through what the reader may see."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import CharField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import SEPARATED, Role
from shuangbi.organisations.models import Grant, Person, SecurityRecord, Unit

ADMINISTRATION = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.SECURITY_AUDITOR)
KNOW_THEIR_PEOPLE = (Role.OFFICE_CLERK, Role.OFFICE_LEAD, Role.UNIT_LEAD)


def units_visible_to(access: Access) -> QuerySet[Unit]:
    """Units a person may see: the public face of the tree is no secret inside, so anyone who holds a role sees all."""
    units: QuerySet[Unit] = Unit.objects.order_by("tree_key", "id")
    return units if access.grants else units.none()


def units_standing(access: Access, day: date | None = None) -> QuerySet[Unit]:
    """The units that exist on a day (today unless said), in the order of the tree."""
    return standing_on(units_visible_to(access), day or clock.today())


def standing_on(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Those that exist on a day."""
    return units.filter(_holds(day))


def holding_today(people: QuerySet[Person], role: str) -> QuerySet[Person]:
    """Those who hold a role today."""
    return people.filter(id__in=Grant.objects.filter(_holds(clock.today()), role=role).values("person"))


def start_of(day: date) -> datetime:
    """The first moment of a day in Shanghai."""
    return datetime.combine(day, time.min, tzinfo=clock.SHANGHAI)


def end_of(day: date) -> datetime:
    """The first moment after a day in Shanghai."""
    return start_of(day + timedelta(days=1))


def _holds(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def unit_by_code(code: str) -> Unit | None:
    """The unit with a code."""
    unit: Unit | None = Unit.objects.filter(code=code).first()
    return unit


def units_by_name() -> dict[str, Unit]:
    """Every name, short name and code that means one unit; ambiguous names are left out."""
    found: dict[str, set[UUID]] = {}
    units = {unit.id: unit for unit in Unit.objects.order_by("id")}
    for unit in units.values():
        for text in {unit.name, unit.short_name, unit.code}:
            found.setdefault(text, set()).add(unit.id)
    return {text: units[next(iter(ids))] for text, ids in found.items() if len(ids) == 1}


def people_visible_to(access: Access) -> QuerySet[Person]:
    """People whose entries may be seen: by the three administrators all, by the office and unit leads those of their
    units. Each carries `held`, the grants that hold today."""
    people = Person.objects.select_related("unit").prefetch_related(
        Prefetch("grants", Grant.objects.filter(_holds(clock.today())).select_related("unit").order_by("role", "id"), "held")
    )
    if access.has(*ADMINISTRATION):
        return people.order_by("username", "id")
    return people.filter(unit_id__in=access.units_as(KNOW_THEIR_PEOPLE)).order_by("username", "id")


def person_by_username(username: str) -> Person | None:
    """The person who logs in with a name."""
    return Person.objects.filter(username=username.strip().lower()).first()


def grants_visible_to(access: Access) -> QuerySet[Grant]:
    """Grants, for those who give, audit or rely on them."""
    grants = Grant.objects.select_related("person", "unit", "given_by", "ended_by").order_by("person__username", "role", "id")
    if access.has(Role.SECURITY_ADMIN, Role.SECURITY_AUDITOR):
        return grants
    return grants.filter(person__in=people_visible_to(access).prefetch_related(None).values("id"))


def grants_on(grants: QuerySet[Grant], day: date) -> QuerySet[Grant]:
    """Those by which somebody could do something on a day: in force then, and known by the end of that day.

    A grant entered later with an earlier first day opened nothing before it was entered, and an end entered later closed
    nothing before.
    """
    midnight = end_of(day)
    begun = Q(starts_on__lte=day, given_at__lt=midnight)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=day) | Q(ended_at__gte=midnight)
    return grants.filter(begun & not_over)


def names_of_people(ids: set[UUID]) -> dict[UUID, str]:
    """Names for ids that stand in facts."""
    return {person.id: person.title for person in Person.objects.filter(id__in=ids)}


def facts_for_audit(access: Access) -> QuerySet[Fact]:
    """All facts for the security auditor, with `actor_name` and `unit_name`; for others none."""
    if not access.has(Role.SECURITY_AUDITOR):
        return Fact.objects.none()
    actor = Person.objects.filter(id=OuterRef("actor")).values("name")[:1]
    unit = Unit.objects.filter(id=OuterRef("unit")).values("short_name")[:1]
    return (
        Fact.objects.defer("body")
        .annotate(actor_name=Subquery(actor, CharField()), unit_name=Subquery(unit, CharField()))
        .order_by("-seq")
    )


def fact_kinds() -> list[str]:
    """The kinds of facts there are, for the auditor's filter."""
    return list(Fact.objects.order_by("kind").values_list("kind", flat=True).distinct())


def security_records_visible_to(access: Access) -> QuerySet[SecurityRecord]:
    """What was done at the door and to accounts: all to the security auditor, to others their own."""
    records = SecurityRecord.objects.select_related("person", "about").order_by("-at", "-id")
    if access.has(Role.SECURITY_AUDITOR):
        return records
    return records.filter(person=access.person) if access.person else records.none()


def separation_broken() -> list[str]:
    """People who hold one of the three administrators' roles and another role today; empty when all is well (三员分立)."""
    held: dict[UUID, set[str]] = {}
    for person, role in Grant.objects.filter(_holds(clock.today())).values_list("person_id", "role"):
        held.setdefault(person, set()).add(role)
    separated = {str(role) for role in SEPARATED}
    names = names_of_people({person for person, roles in held.items() if roles & separated and len(roles) > 1})
    return [
        _("{name} holds an administrator's role beside another role. End one of them.").format(name=name)
        for name in names.values()
    ]


def people_by_username() -> dict[str, Person]:
    """Everyone by log-in name; unscoped, for what speaks in several people's names (commands, the demo)."""
    return {person.username: person for person in Person.objects.all()}
