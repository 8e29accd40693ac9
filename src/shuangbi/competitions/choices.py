"""Kinds of rounds, and how a scheme file stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundKind(models.TextChoices):
    """How long a round is; its dates are free whatever its kind."""

    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    YEAR = "year", _("Yearly")


class RoundState(models.TextChoices):
    """Whether claims of a round may still come."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


# Weekly circulars carry facts, never scores; scores are monthly or slower.
SCORED = frozenset({RoundKind.MONTH, RoundKind.QUARTER, RoundKind.YEAR})
