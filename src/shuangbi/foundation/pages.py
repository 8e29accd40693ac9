"""What a page is: a function that says who may open it and which methods it takes; and the frame around it.

`@page(ANYONE)`, `@page(PERSON)` or `@page({"office_clerk", …})`. A test walks the URL conf and refuses a view without it.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from shuangbi.foundation import clock

ANYONE = frozenset({"*"})
PERSON = frozenset({"person"})
View = Callable[..., HttpResponse]


class Access(Protocol):
    """What organisations attaches to a request; the frame needs no more than this."""

    @property
    def roles(self) -> frozenset[str]: ...


def page(who: Iterable[str], methods: Iterable[str] = ("GET",)) -> Callable[[View], View]:
    """Declare who may open a view. Strangers are sent to log in; persons without the role get 403."""
    allowed = frozenset(who)
    accepted = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def declare(view: View) -> View:
        @require_http_methods(accepted)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if allowed != ANYONE:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                access: Access = request.access  # type: ignore[attr-defined]
                if allowed != PERSON and not (allowed & access.roles):
                    raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.who = allowed  # type: ignore[attr-defined]
        guarded.methods = frozenset(accepted)  # type: ignore[attr-defined]
        return guarded

    return declare


# The primary navigation: (label, URL name, who sees it). Rooms' pages are named here once, in the order people work.
OFFICE = frozenset({"office_clerk", "office_lead"})
INSIDE = OFFICE | {"reporter", "unit_lead", "indicator_owner", "inspector", "leader", "supervisory_reader"}
NAVIGATION: tuple[tuple[Any, str, frozenset[str]], ...] = (
    (_("Home"), "cockpit:home", PERSON),
    (_("Dashboard"), "cockpit:dashboard", INSIDE),
    (_("Standings"), "cockpit:standing-list", INSIDE),
    (_("Projects"), "projects:project-list", INSIDE),
    (_("Claims"), "claims:claim-list", INSIDE),
    (_("Events"), "projects:event-list", INSIDE),
    (_("Bulletins"), "bulletins:issue-list", INSIDE),
    (_("Competitions"), "competitions:competition-list", INSIDE),
    (_("Import"), "exchange:import-list", OFFICE | {"reporter", "unit_lead", "indicator_owner", "system_admin"}),
    (_("Units and people"), "organisations:unit-list", PERSON),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page: names, clock, navigation. No query beyond what the request already made."""
    person = getattr(request, "user", None)
    known = bool(person and person.is_authenticated)
    return {
        "site_name": settings.SITE_NAME,
        "site_side": settings.SIDE,
        "is_demo": settings.IS_DEMO,
        "business_now": clock.now(),
        "person": person if known else None,
        "navigation": _navigation(request) if known else [],
    }


def _navigation(request: HttpRequest) -> list[tuple[Any, str, bool]]:
    roles: frozenset[str] = getattr(getattr(request, "access", None), "roles", frozenset())
    entries = []
    for label, name, who in NAVIGATION:
        if who != PERSON and not (who & roles):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        entries.append((label, url))
    # Of two addresses that both lead here, /projects/ and /projects/events/, the longer one is where we are.
    here = max((url for _label, url in entries if request.path == url or (url != "/" and request.path.startswith(url))), key=len, default="")
    return [(label, url, url == here) for label, url in entries]
