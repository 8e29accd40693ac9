"""Pages: what can be imported, the upload with its check, the load, and the file handed back."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shuangbi.exchange import actions, queries
from shuangbi.exchange.forms import TableForm
from shuangbi.exchange.importer import Importer
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import template, with_errors
from shuangbi.exchange.table import TableRefused
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import page
from shuangbi.foundation.tabular import XLSX
from shuangbi.organisations.choices import OFFICE, Role
from shuangbi.organisations.forms import show_refusal

IMPORT_ROLES = OFFICE | {Role.REPORTER, Role.UNIT_LEAD, Role.INDICATOR_OWNER, Role.SYSTEM_ADMIN}
MOST_SHOWN = 200


def _importer(request: HttpRequest, kind: str) -> Importer:
    importer = IMPORTERS.get(kind)
    if importer is None or not importer.roles & request.access.roles:  # type: ignore[attr-defined]
        raise Http404
    return importer


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


@page(IMPORT_ROLES)
def import_list(request: HttpRequest) -> HttpResponse:
    """The tables this person may import, in the order an office needs them, and their last uploads."""
    access = request.access  # type: ignore[attr-defined]
    mine = [importer for importer in IMPORTERS.values() if importer.roles & access.roles]
    attempts = [(attempt, IMPORTERS[attempt.kind].title) for attempt in queries.attempts_visible_to(access)[:20]]
    return render(request, "exchange/import_list.html", {"importers": mine, "attempts": attempts})


@page(IMPORT_ROLES)
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty table to fill in."""
    importer = _importer(request, kind)
    return _file(template(importer), f"{importer.title}.xlsx")


@page(IMPORT_ROLES, methods=["GET", "POST"])
def import_upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Upload a table; it is checked at once and nothing is written yet."""
    access = request.access  # type: ignore[attr-defined]
    importer = _importer(request, kind)
    form = TableForm(request.POST or None, request.FILES or None, importer=importer, access=access)
    if request.method == "POST" and form.is_valid():
        try:
            attempt = actions.check_table(
                importer=importer, upload=form.cleaned_data["file"], by=access,
                competition=form.cleaned_data.get("competition"),
            )
        except Refused as problem:
            show_refusal(form, problem)
        else:
            return redirect("exchange:import-detail", attempt.id)
    return render(request, "exchange/import_upload.html", {"form": form, "importer": importer})


@page(IMPORT_ROLES)
def import_detail(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """What the check of an upload found: errors by row, or the rows to load."""
    attempt = get_object_or_404(queries.attempts_visible_to(request.access), id=attempt_id)  # type: ignore[attr-defined]
    importer = _importer(request, attempt.kind)
    errors = queries.errors_of(attempt)
    context = {
        "attempt": attempt, "importer": importer, "errors": errors[:MOST_SHOWN], "more": max(0, len(errors) - MOST_SHOWN),
        "wrong_rows": len({error.row for error in errors}), "handed_out": (),
    }
    return render(request, "exchange/import_detail.html", context)


@page(IMPORT_ROLES, methods=["POST"])
def import_load(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Load a checked upload; one-time passwords are shown here and nowhere else."""
    access = request.access  # type: ignore[attr-defined]
    attempt = get_object_or_404(queries.attempts_visible_to(access), id=attempt_id)
    importer = _importer(request, attempt.kind)
    try:
        loaded = actions.load_table(attempt=attempt, importer=importer, by=access)
    except TableRefused as refusal:
        messages.error(request, refusal.summary + " " + str(refusal.errors[0]))
        return redirect("exchange:import-upload", attempt.kind)
    except Refused as problem:
        messages.error(request, problem.message)
        return redirect("exchange:import-detail", attempt.id)
    messages.success(request, _("{count} rows loaded.").format(count=loaded.count))
    if not loaded.handed_out:
        return redirect("exchange:import-detail", attempt.id)
    attempt.refresh_from_db()
    context = {"attempt": attempt, "importer": importer, "errors": [], "more": 0, "handed_out": loaded.handed_out}
    response = render(request, "exchange/import_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page(IMPORT_ROLES)
def import_file(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The person's own file with a column that says what is wrong in each row."""
    attempt = get_object_or_404(queries.attempts_visible_to(request.access), id=attempt_id)  # type: ignore[attr-defined]
    content = bytes(attempt.content)
    if not content:
        raise Http404
    stem = attempt.name.rsplit(".", 1)[0]
    return _file(with_errors(content, attempt.name, queries.errors_of(attempt)), f"{stem}-{_('errors')}.xlsx")


@page(IMPORT_ROLES, methods=["POST"])
def import_discard(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Throw an upload away."""
    attempt = get_object_or_404(queries.attempts_visible_to(request.access), id=attempt_id)  # type: ignore[attr-defined]
    actions.discard_attempt(attempt_id=attempt.id, by=request.access)  # type: ignore[attr-defined]
    messages.success(request, _("The upload is thrown away."))
    return redirect("exchange:import-list")
