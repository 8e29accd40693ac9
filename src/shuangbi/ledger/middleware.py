"""Clear answers where the ledger itself says no and no page has caught it."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuangbi.ledger.actions import ClockWentBack, KeyReused

log = logging.getLogger(__name__)


def ledger_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 409 for a key that came with other words, 503 while the clock stands before the newest fact."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, KeyReused):
            return render(request, "ledger/conflict.html", {"reason": "key", "code": 409}, status=409)
        if isinstance(problem, ClockWentBack):
            log.critical("the clock went back: %s", problem)
            return render(request, "ledger/conflict.html", {"reason": "clock", "code": 503}, status=503)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
