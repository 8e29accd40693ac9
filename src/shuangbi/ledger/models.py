"""Facts, the files they name by hash, and checkpoints. Facts and checkpoints are never updated or deleted."""

import json
from typing import Any

from django.db import models

from shuangbi.ledger import chain


class Fact(models.Model):
    """One thing learned: what was true (`effective_on`), when we learned it (`recorded_at`), and by whom."""

    seq = models.BigIntegerField(primary_key=True)
    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    subject = models.UUIDField(db_index=True)
    unit = models.UUIDField(null=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(db_index=True)
    actor = models.UUIDField(null=True)
    idempotency_key = models.CharField(max_length=80, blank=True)
    # Canonical JSON, the very bytes that were hashed.
    body = models.BinaryField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    hash_algorithm = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["kind", "seq"], name="fact_kind_seq")]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "idempotency_key"], condition=~models.Q(idempotency_key=""), name="fact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    @property
    def data(self) -> dict[str, Any]:
        """The body as plain data."""
        value: dict[str, Any] = json.loads(bytes(self.body))
        return value

    def header(self) -> bytes:
        """The header line as it was hashed."""
        return chain.header(
            self.seq, self.uuid, self.kind, self.version, self.subject, self.unit, self.effective_on,
            self.recorded_at, self.actor, self.idempotency_key,
        )


class StoredFile(models.Model):
    """A file kept under its own SHA-256 in HOME/files. Who may see it is decided by the room whose thing names it."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Checkpoint(models.Model):
    """Three lines that fix the ledger up to a fact: site, seq, head hash. Copies of it leave the house."""

    seq = models.BigIntegerField(primary_key=True)
    site = models.CharField(max_length=200)
    head = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.site}\n{self.seq}\n{self.head}\n"
