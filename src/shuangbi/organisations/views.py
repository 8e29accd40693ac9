"""Pages: log-in, log-out, password, units, people, grants."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuangbi.foundation.pages import ANYONE, PERSON, page
from shuangbi.organisations.forms import PasswordForm

_log_in = LoginView.as_view(template_name="organisations/log_in.html")


@page(ANYONE, methods=["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in by name and password; allauth does the work, axes counts the failures."""
    if request.user.is_authenticated:
        return redirect("/")
    return _log_in(request)


def locked_out(request: HttpRequest, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many failures: wait a quarter of an hour."""
    return render(request, "organisations/locked_out.html", status=429)


@page(PERSON, methods=["POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server."""
    logout(request)
    return redirect("organisations:log-in")


@page(PERSON, methods=["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Set an own password; forced after a one-time password."""
    form = PasswordForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
        return redirect("/")
    context = {"form": form, "title": _("Change password")}
    return render(request, "organisations/password_change.html", context)
