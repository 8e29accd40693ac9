"""Who may do what with projects. Seeing is scoped in queries.py."""

from uuid import UUID

from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE, Role

EDITORS = frozenset({Role.REPORTER, Role.UNIT_LEAD, *OFFICE})
LISTERS = frozenset({Role.INDICATOR_OWNER, *OFFICE})
LEADS = frozenset({Role.UNIT_LEAD, *OFFICE})


def may_edit(access: Access, unit: UUID) -> bool:
    """Enter and change projects of a unit: its reporters and lead, and the office."""
    return access.has(*EDITORS, unit=unit)


def may_list(access: Access, unit: UUID) -> bool:
    """Put projects on lists, which may be targets: the office and the departments that own an indicator."""
    return access.has(*LISTERS, unit=unit)


def may_lead(access: Access, unit: UUID) -> bool:
    """Set a new baseline, name responsible people, agree on shares: the unit's lead and the office."""
    return access.has(*LEADS, unit=unit)


def may_move_units(access: Access, unit: UUID) -> bool:
    """Move a project to another owner or bringer, which moves scores: the office."""
    return access.has(*OFFICE, unit=unit)


def may_hold_event(access: Access, unit: UUID) -> bool:
    """Enter a themed event of a unit: the office, or the unit's own lead."""
    return access.has(*LEADS, unit=unit)
