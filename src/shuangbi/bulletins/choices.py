"""Kinds of bulletins and their state."""

from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _


class IssueKind(models.TextChoices):
    """The rhythm of a bulletin."""

    WEEKLY = "weekly", _("Weekly bulletin")
    MONTHLY = "monthly", _("Monthly bulletin")


class IssueState(models.TextChoices):
    """A draft's words may be edited; an issued bulletin never changes."""

    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")


AUDIENCES: tuple[Literal["internal", "public"], ...] = ("internal", "public")
