"""Uploads as a person sends them through the pages."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from shuangbi.exchange.models import Attempt
from tests.exchange.sheets import filled

UNIT = {"code": "x01", "name": "新河镇", "kind": "乡镇（街道）", "parent": "qinghe", "starts_on": "2000-01-01"}
PERSON = {"username": "xinhe01", "name": "新小河", "unit": "青禾县"}


def send(client: Client, kind: str, content: bytes, name: str = "表格.xlsx", **more: Any) -> HttpResponse:
    """Upload a table."""
    data = {"file": SimpleUploadedFile(name, content), **more}
    return client.post(reverse("exchange:import-upload", args=[kind]), data)  # type: ignore[return-value]


def sent(client: Client, kind: str, *rows: dict[str, Any]) -> Attempt:
    """Upload a table that can be read; what came of it."""
    assert send(client, kind, filled(kind, *rows)).status_code == 302
    return Attempt.objects.latest("made_at")


def address(page: str, attempt: Attempt) -> str:
    return reverse(f"exchange:{page}", args=[attempt.id])
