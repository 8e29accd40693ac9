"""Kinds of units, roles, and which roles one person may not hold together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is."""

    REGION = "region", _("Region")
    COUNTY = "county", _("County or district")
    DEPARTMENT = "department", _("Department")
    COMPANY = "company", _("City-owned company")
    PARK = "park", _("Park")
    TOWN = "town", _("Town or street")


class Role(models.TextChoices):
    """What a person does, by a dated grant for a unit and what lies below it."""

    REPORTER = "reporter", _("Reporter")
    UNIT_LEAD = "unit_lead", _("Unit lead")
    INDICATOR_OWNER = "indicator_owner", _("Indicator owner")
    OFFICE_CLERK = "office_clerk", _("Office clerk")
    OFFICE_LEAD = "office_lead", _("Office lead")
    INSPECTOR = "inspector", _("Inspector")
    LEADER = "leader", _("Leader")
    SUPERVISORY_READER = "supervisory_reader", _("Supervisory reader")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    SECURITY_AUDITOR = "security_auditor", _("Security auditor")


# 三员分立: one person holds at most one of these, and none of the roles of the business beside it.
SEPARATED = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.SECURITY_AUDITOR})
# Roles whose grant opens the business data of a unit and of all below it.
BUSINESS = frozenset(set(Role) - SEPARATED)
OFFICE = frozenset({Role.OFFICE_CLERK, Role.OFFICE_LEAD})
EVERYONE_INSIDE = BUSINESS
# Roles that bind a person to one indicator.
OF_AN_INDICATOR = frozenset({Role.INDICATOR_OWNER})


class Act(models.TextChoices):
    """What is noted of the door and of accounts, for the security auditor."""

    LOGGED_IN = "logged_in", _("Logged in")
    LOG_IN_FAILED = "log_in_failed", _("Log-in failed")
    LOCKED_OUT = "locked_out", _("Locked out")
    LOGGED_OUT = "logged_out", _("Logged out")
    SESSION_ENDED = "session_ended", _("Session ended by time")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    PASSWORD_RESET = "password_reset", _("One-time password given")
    PERSON_MADE = "person_made", _("Person entered")
    PERSON_CLOSED = "person_closed", _("Account was closed")
    PERSON_OPENED = "person_opened", _("Account opened again")


# Acts that tell of something that did not succeed.
FAILURES = frozenset({Act.LOG_IN_FAILED, Act.LOCKED_OUT})
