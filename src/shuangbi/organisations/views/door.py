"""Log-in, log-out, and the own password."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from shuangbi.foundation.pages import ANYONE, PERSON, page
from shuangbi.organisations import actions
from shuangbi.organisations.choices import Act
from shuangbi.organisations.forms import PasswordForm


class Door(LoginView):
    """allauth's log-in without the links to its other pages, which this site does not have."""

    template_name = "organisations/log_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(LoginView, self).get_context_data(**kwargs)
        return context


_log_in = Door.as_view()


@page(ANYONE, methods=["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in by name and password; allauth does the work, axes counts the failures, the outcome is noted."""
    if request.user.is_authenticated:
        return redirect("/")
    response: HttpResponse = _log_in(request)
    if request.method == "POST":
        if getattr(request, "axes_locked_out", False):
            act = Act.LOCKED_OUT
        else:
            act = Act.LOGGED_IN if request.user.is_authenticated else Act.LOG_IN_FAILED
        actions.note_log_in(typed=request.POST.get("login", ""), act=act, address=request.META.get("REMOTE_ADDR"))
    return response


def locked_out(request: HttpRequest, response: Any, credentials: Any = None) -> HttpResponse:
    """Too many failures: wait a quarter of an hour. Called by axes in place of the log-in page."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    page_ = render(request, "organisations/locked_out.html", {"minutes": minutes}, status=429)
    page_["Retry-After"] = str(minutes * 60)
    return page_


@page(PERSON, methods=["POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server."""
    actions.note(act=Act.LOGGED_OUT, person=request.access.person, address=request.META.get("REMOTE_ADDR"))  # type: ignore[attr-defined]
    logout(request)
    return redirect("organisations:log-in")


@sensitive_post_parameters()
@page(PERSON, methods=["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Set an own password; forced after a one-time password and when the old one has stood too long."""
    person = request.access.person  # type: ignore[attr-defined]
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.change_password(
            person=person, password=form.cleaned_data["new"], address=request.META.get("REMOTE_ADDR")
        )
        update_session_auth_hash(request, person)
        messages.success(request, _("Your password is changed."))
        return redirect("/")
    context = {"form": form, "is_first": person.must_change_password, "is_old": actions.password_is_old(person)}
    return render(request, "organisations/password_change.html", context)
