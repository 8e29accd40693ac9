"""Keeps the postings abreast of the ledger: after any request that moved the head, the new facts are folded in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shuangbi.competitions.counting import catch_up

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def catch_up_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Fold after writing requests; reading requests never write."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in READING:
            catch_up()
        return response

    return middleware
