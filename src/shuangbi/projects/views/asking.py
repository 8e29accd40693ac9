"""What every page of this room that acts does the same way: find the thing in scope, try the action, say no beside the field."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import OFFICE
from shuangbi.ledger.actions import KeyReused
from shuangbi.organisations.access import Access
from shuangbi.projects import queries
from shuangbi.projects.forms.registry import show_refusal
from shuangbi.projects.models import Project

Done = TypeVar("Done")
EDITORS = OFFICE | {"reporter", "unit_lead"}
LISTERS = OFFICE | {"indicator_owner"}
LEADS = OFFICE | {"unit_lead"}


def access_of(request: HttpRequest) -> Access:
    """Who asks."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access


def key_of(request: HttpRequest) -> str:
    """The key that makes a second click harmless."""
    return request.POST.get("idempotency_key", "")


def project_or_404(request: HttpRequest, project_id: UUID) -> Project:
    """A project within scope; what is not there and what is foreign answer alike."""
    rows = queries.projects_visible_to(access_of(request)).select_related("unit", "bringer", "park")
    return get_object_or_404(rows, id=project_id)


def allow(allowed: bool) -> None:
    """403 for what a person may see but not do."""
    if not allowed:
        raise PermissionDenied


def attempt(form: forms.Form, act: Callable[[], Done]) -> tuple[bool, Done | None]:
    """Try the action of a valid form: whether it was done, and its answer. What it refuses stands in the form."""
    try:
        return True, act()
    except Refused as problem:
        show_refusal(form, problem)
    except KeyReused:
        form.add_error(None, _("This form was sent before with other contents. Open it again from the page."))
    return False, None


def sent(request: HttpRequest, form: forms.Form) -> bool:
    """Whether a form has come and has the right shape."""
    return request.method == "POST" and form.is_valid()

