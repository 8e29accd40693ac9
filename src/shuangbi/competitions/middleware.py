"""Keeps the postings abreast of the ledger: after any request that moved the head, the new facts are folded in."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shuangbi.competitions.counting import catch_up
from shuangbi.foundation.write_gate import GateBusy

log = logging.getLogger(__name__)

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def catch_up_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Fold after writing requests; reading requests never write."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in READING:
            try:
                catch_up()
            except GateBusy:
                # What was asked is done and kept; the next one that writes folds it in.
                log.warning("postings are behind: the gate was busy")
        return response

    return middleware
