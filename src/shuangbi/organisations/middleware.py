"""Attaches who may to every request, ends sessions by time, and holds a person with a one-time password at its change."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.organisations import actions
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Act
from shuangbi.organisations.sessions import OPENED

FREE = ("organisations:password-change", "organisations:log-out", "foundation:set-language")
# When the person was last seen: a signed cookie, because reading a page never writes to the database.
SEEN = "shuangbi_seen"
SEEN_EVERY_SECONDS = 60
Handler = Callable[[HttpRequest], HttpResponse]


def access_middleware(get_response: Handler) -> Handler:
    """Set `request.access`; no page of a person who is logged in is kept by a cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        if person and _is_over(request):
            actions.note(act=Act.SESSION_ENDED, person=person, address=request.META.get("REMOTE_ADDR"))
            logout(request)
            messages.info(request, _("Your session has ended. Log in again."))
            person = None
        request.access = access_of(person)  # type: ignore[attr-defined]
        if person and _must_change(person) and request.path not in {reverse(name) for name in FREE}:
            return redirect(FREE[0])
        response = get_response(request)
        if person or request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
            _mark_seen(request, response)
        return response

    return middleware


def _must_change(person: object) -> bool:
    return bool(person.must_change_password) or actions.password_is_old(person)  # type: ignore[attr-defined, arg-type]


def _is_over(request: HttpRequest) -> bool:
    """After twelve hours in all, or half an hour without a request. What cannot be read counts from the log-in."""
    now = int(clock.real_now().timestamp())
    opened: int = request.session.get(OPENED, 0)
    seen = max(opened, _seen(request))
    return now - opened > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS


def _seen(request: HttpRequest) -> int:
    """The second at which this session was last seen by its cookie; 0 when there is none or it belongs to another."""
    text = request.COOKIES.get(SEEN, "")
    try:
        return int(signing.Signer(salt=_salt(request)).unsign(text))
    except (signing.BadSignature, ValueError):
        return 0


def _mark_seen(request: HttpRequest, response: HttpResponse) -> None:
    now = int(clock.real_now().timestamp())
    if request.session.session_key and now - _seen(request) >= SEEN_EVERY_SECONDS:
        response.set_cookie(
            SEEN, signing.Signer(salt=_salt(request)).sign(str(now)), httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _salt(request: HttpRequest) -> str:
    return f"{SEEN} {request.session.session_key}"
