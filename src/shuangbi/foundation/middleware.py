"""What surrounds every request: its id in the logs, and clear answers when the store is busy, full or refuses."""

import errno
import logging
import sqlite3
import uuid
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuangbi.foundation.errors import Conflict
from shuangbi.foundation.logs import request_id
from shuangbi.foundation.write_gate import GateBusy

log = logging.getLogger(__name__)


def pages_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give the request an id; turn a busy gate or a full disk into a page that says what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:12])
        try:
            response = get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, GateBusy):
            response = render(request, "503.html", {"reason": "busy"}, status=503)
            response["Retry-After"] = "5"
            return response
        if isinstance(problem, Conflict):
            return render(request, "409.html", status=409)
        if is_disk_full(problem):
            log.error("disk full: %s", type(problem).__name__)
            return render(request, "503.html", {"reason": "full"}, status=503)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def is_disk_full(problem: BaseException) -> bool:
    """Whether an error, or what caused it, says that there is no room left to write."""
    current: BaseException | None = problem
    while current is not None:
        if isinstance(current, OSError) and current.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return True
        if isinstance(current, sqlite3.Error | Error) and ("full" in str(current) or "No space" in str(current)):
            return True
        current = current.__cause__
    return False
