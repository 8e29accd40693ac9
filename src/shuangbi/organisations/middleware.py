"""Attaches who may to every request, and holds a person with a one-time password at the page that changes it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shuangbi.organisations.access import access_of

FREE = ("organisations:password-change", "organisations:log-out", "foundation:set-language")


def access_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.access`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        request.access = access_of(person)  # type: ignore[attr-defined]
        if person and person.must_change_password and request.path not in {reverse(name) for name in FREE}:
            return redirect(FREE[0])
        response = get_response(request)
        if person:
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware
