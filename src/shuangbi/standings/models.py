"""A published standing: the score sheet of a round, frozen with what it was made from."""

import json
import uuid
from typing import Any

from django.db import models

from shuangbi.competitions.models import Competition


class Standing(models.Model):
    """What was published of a round. `content` is the canonical JSON of the sheet, the bytes that went into the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="standings")
    round = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    as_of_seq = models.BigIntegerField()
    scheme_digest = models.CharField(max_length=64)
    content = models.BinaryField()
    # Why an earlier standing of the round is corrected.
    reason = models.TextField(blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["-seq"]

    def __str__(self) -> str:
        return f"{self.round} {self.published_at:%Y-%m-%d}"

    @property
    def sheet(self) -> dict[str, Any]:
        """The frozen sheet as plain data."""
        found: dict[str, Any] = json.loads(bytes(self.content))
        return found
