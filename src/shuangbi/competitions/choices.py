"""Kinds of rounds, and how a scheme file stands."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundKind(models.TextChoices):
    """How long a round is; its dates are free whatever its kind."""

    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    YEAR = "year", _("Yearly")


# Round names stand in addresses and file names; a month's name says which month it is.
ROUND_NAME = re.compile(r"\A[0-9A-Za-z][0-9A-Za-z-]{1,18}\Z")
MONTH_NAME = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class RoundState(models.TextChoices):
    """Whether claims of a round may still come."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


# Weekly circulars carry facts, never scores; scores are monthly or slower.
SCORED = frozenset({RoundKind.MONTH, RoundKind.QUARTER, RoundKind.YEAR})
