"""Uploading a table: checked first with nothing written, loaded on a second word."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from shuangbi.competitions.models import Competition
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.importing import import_table
from shuangbi.exchange.models import Attempt, AttemptState
from shuangbi.exchange.table import TableRefused
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.uploads import safe_name
from shuangbi.foundation.write_gate import writing
from shuangbi.organisations.access import Access

LARGEST = 50 * 1024 * 1024


def check_table(*, importer: Importer, upload: UploadedFile[bytes], competition: Competition | None, by: Access) -> Attempt:
    """Read an upload and try it without writing; the attempt says what was found. Raises Refused for an unreadable file."""
    if by.person is None:
        raise Refused(_("Log in first."))
    if (upload.size or 0) > LARGEST:
        raise Refused(_("A table has at most 50 MB."), field="file")
    content, name = upload.read(), safe_name(upload.name or "")
    context = Context(by=by, key="", competition=competition)
    attempt = Attempt(
        person=by.person, kind=importer.name, competition=competition, name=name, content=content, made_at=clock.now()
    )
    try:
        loaded = import_table(content=content, name=name, importer=importer, context=context, dry_run=True)
    except TableRefused as refusal:
        attempt.state = AttemptState.REFUSED
        attempt.errors = [[error.row, error.column, error.message] for error in refusal.errors]
    else:
        attempt.state, attempt.count = AttemptState.CHECKED, loaded.count
    with writing():
        Attempt.objects.filter(person=by.person, kind=importer.name).exclude(state=AttemptState.LOADED).delete()
        attempt.save(force_insert=True)
    return attempt


def load_table(*, attempt: Attempt, importer: Importer, by: Access) -> Loaded:
    """Load a checked upload, once. Raises Refused when it was loaded already, TableRefused when the world has moved on."""
    with writing():
        row = Attempt.objects.select_for_update().get(id=attempt.id)
        if row.state != AttemptState.CHECKED:
            raise Refused(_("This table is loaded already, or has errors."))
        context = Context(by=by, key=f"import:{row.id}", competition=row.competition)
        loaded = import_table(content=bytes(row.content), name=row.name, importer=importer, context=context)
        Attempt.objects.filter(id=row.id).update(state=AttemptState.LOADED, content=b"", count=loaded.count)
    return loaded


def discard_attempt(*, attempt_id: UUID, by: Access) -> None:
    """Throw an upload away."""
    with writing():
        Attempt.objects.filter(id=attempt_id, person=by.person).exclude(state=AttemptState.LOADED).delete()


def discard_old_attempts(*, before: datetime) -> None:
    """Throw away uploads that were never loaded and lie since before a moment."""
    with writing():
        Attempt.objects.filter(made_at__lt=before).exclude(state=AttemptState.LOADED).delete()
