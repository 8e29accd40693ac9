"""Uploads on their way in: a table as sent, what its check found, and whether it was loaded."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.models import Competition
from shuangbi.organisations.models import Person


class AttemptState(models.TextChoices):
    """How far an upload has come."""

    CHECKED = "checked", _("Checked, not loaded yet")
    REFUSED = "refused", _("Refused, nothing loaded")
    LOADED = "loaded", _("Loaded")


class Attempt(models.Model):
    """One uploaded table of one person. The bytes are kept until it is loaded or thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(_("table"), max_length=20)
    competition = models.ForeignKey(Competition, models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    state = models.CharField(_("state"), max_length=10, choices=AttemptState.choices)
    errors = models.JSONField(default=list)
    count = models.PositiveIntegerField(_("rows"), default=0)
    made_at = models.DateTimeField(_("uploaded"))

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
