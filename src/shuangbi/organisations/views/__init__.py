"""Pages: log-in, log-out, password, units, people, grants, and the auditor's lists."""

from shuangbi.organisations.views.audit import audit_list, security_record_list
from shuangbi.organisations.views.door import locked_out, log_in, log_out, password_change
from shuangbi.organisations.views.grants import grant_end, grant_give, grant_list
from shuangbi.organisations.views.people import (
    person_close,
    person_detail,
    person_list,
    person_new,
    person_open,
    person_reset,
)
from shuangbi.organisations.views.units import unit_detail, unit_list, unit_merge, unit_new

__all__ = [
    "audit_list", "grant_end", "grant_give", "grant_list", "locked_out", "log_in", "log_out", "password_change",
    "person_close", "person_detail", "person_list", "person_new", "person_open", "person_reset",
    "security_record_list", "unit_detail", "unit_list", "unit_merge", "unit_new",
]
