"""Pages that belong to no room: health, language, what a refused form says."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.i18n import set_language as django_set_language

from shuangbi import __version__
from shuangbi.foundation.pages import ANYONE, page


@page(ANYONE)
def health(request: HttpRequest) -> HttpResponse:
    """For the proxy and the operator: the process answers."""
    return JsonResponse({"ok": True, "version": __version__})


@page(ANYONE, methods=["POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English; the choice is a cookie."""
    return django_set_language(request)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; say so and keep nothing half done."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known, but not in a role that opens this page."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; the answer is the same to the byte."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the request's id leads to the log."""
    return render(request, "500.html", status=500)
