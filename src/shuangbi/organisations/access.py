"""Who may see and do what: one object per request, made from the grants that hold today.

Scope is a set of unit ids: every grant of a business role opens its unit, all below it, and the units that were merged
into one of these. Every list in every room
filters by it; what lies outside answers 404, as if it were not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from shuangbi.foundation import clock
from shuangbi.organisations.choices import BUSINESS, OFFICE, Role
from shuangbi.organisations.models import Grant, Person, Unit


@dataclass
class Access:
    """What a person may do. Two queries, each made once and only when asked."""

    person: Person | None
    _below: dict[UUID, frozenset[UUID]] = field(default_factory=dict)

    @cached_property
    def grants(self) -> list[Grant]:
        """The person's grants that hold today."""
        if self.person is None or not self.person.is_active:
            return []
        day = clock.today()
        holds = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        return list(Grant.objects.filter(holds, person=self.person).order_by("role", "id"))

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    @cached_property
    def unit_ids(self) -> frozenset[UUID]:
        """All units whose business this person may see."""
        return self.units_as(BUSINESS)

    @cached_property
    def units_above(self) -> frozenset[UUID]:
        """This person's units and every unit above them: whose undertakings they take part in."""
        own = self.unit_ids
        if own and not self._below:
            self._below.update(subtrees())
        return frozenset(unit for unit, members in self._below.items() if members & own)

    def units_as(self, roles: Iterable[str], indicator: str | None = None) -> frozenset[UUID]:
        """The units this person serves in any of these roles (for one indicator, where given)."""
        wanted = frozenset(roles)
        held = [
            grant.unit_id for grant in self.grants
            if grant.role in wanted and grant.unit_id and (indicator is None or grant.indicator in {"", indicator})
        ]
        return frozenset().union(*(self._subtree(unit) for unit in held)) if held else frozenset()

    def has(self, *roles: str, unit: UUID | None = None, indicator: str | None = None) -> bool:
        """Whether the person holds one of the roles (for that unit, for that indicator)."""
        if unit is None:
            return any(
                g.role in roles and (indicator is None or g.indicator in {"", indicator}) for g in self.grants
            )
        return unit in self.units_as(roles, indicator)

    @property
    def is_office(self) -> bool:
        return bool(OFFICE & self.roles)

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators this person owns for their department."""
        return frozenset(g.indicator for g in self.grants if g.role == Role.INDICATOR_OWNER)

    def _subtree(self, unit: UUID) -> frozenset[UUID]:
        if not self._below:
            self._below.update(subtrees())
        return self._below.get(unit, frozenset({unit}))


def subtrees() -> dict[UUID, frozenset[UUID]]:
    """Every unit with itself, all below it, and the units it goes on for; one query."""
    members: dict[UUID, set[UUID]] = {}
    rows = list(Unit.objects.order_by().values_list("id", "parent_id", "successor_id"))
    for unit, parent, successor in rows:
        members.setdefault(unit, set())
        for above in {parent, successor} - {None}:
            members.setdefault(above, set()).add(unit)
    return {unit: _reached(unit, members) for unit in members}


def _reached(start: UUID, members: dict[UUID, set[UUID]]) -> frozenset[UUID]:
    """All units that can be reached; a successor chain may meet the tree again, so each is visited once."""
    found = {start}
    open_ones = [start]
    while open_ones:
        new = members.get(open_ones.pop(), set()) - found
        found |= new
        open_ones.extend(new)
    return frozenset(found)


def access_of(person: Person | None) -> Access:
    """The access of a person; of a stranger when None."""
    return Access(person)
