"""Writing units, people, grants, and the notes of the door. Units and grants are facts; people are ordinary rows."""

from shuangbi.organisations.actions.door import may_reset, note, note_log_in, password_is_old
from shuangbi.organisations.actions.grants import end_grant, give_grant
from shuangbi.organisations.actions.people import (
    Administrator,
    NewPerson,
    change_password,
    close_person,
    create_admin,
    make_people,
    make_person,
    open_person,
    reset_password,
)
from shuangbi.organisations.actions.units import NewUnit, make_units, merge_unit

__all__ = [
    "Administrator", "NewPerson", "NewUnit", "change_password", "close_person", "create_admin", "end_grant", "give_grant",
    "make_people", "make_person", "make_units", "may_reset", "merge_unit", "note", "note_log_in", "open_person", "password_is_old",
    "reset_password",
]
