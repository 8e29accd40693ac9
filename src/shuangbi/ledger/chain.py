"""How facts are written as bytes and hashed. Shared by writing and verifying; the stand-alone verifier repeats it.

A fact's hash is SHA-256 over the previous hash, the header line and the body bytes, each as stored, joined by newlines.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

ALGORITHM = "sha256"
GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, NFC text, integers only. Raises TypeError for floats and unknown types."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        plain = {str(_plain(key)): _plain(item) for key, item in value.items()}
        if len(plain) != len(value):
            raise TypeError("two keys of a mapping become the same text")
        return plain
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    raise TypeError(f"{type(value).__name__} cannot enter the ledger")


def stamp(moment: datetime) -> str:
    """A moment as UTC text with six decimals, the same on every database."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def header(
    seq: int, uuid: UUID, kind: str, version: int, subject: UUID, unit: UUID | None, effective_on: date,
    recorded_at: datetime, actor: UUID | None, idempotency_key: str,
) -> bytes:
    """The header line of a fact: canonical JSON of these in order, without the detour, for it is made under the lock."""
    fields = [
        seq, str(uuid), unicodedata.normalize("NFC", kind), version, str(subject), unit and str(unit),
        effective_on.isoformat(), stamp(recorded_at), actor and str(actor),
        unicodedata.normalize("NFC", idempotency_key),
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def link(previous: str, header_line: bytes, body: bytes) -> str:
    """The hash of a fact that follows `previous` (hex)."""
    return hashlib.sha256(b"\n".join((previous.encode(), header_line, body))).hexdigest()
