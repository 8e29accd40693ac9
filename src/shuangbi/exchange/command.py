"""The halves of `shuangbi import` and `export` that need the site."""

import sys
import uuid
from pathlib import Path

from django.utils.translation import gettext as _

from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Competition
from shuangbi.exchange.importer import Context
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import import_table, template, with_errors
from shuangbi.exchange.table import TableRefused
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Person


def import_file(*, kind: str, path: Path, dry_run: bool, by: str | None, competition: str | None) -> int:
    """Import a file in a person's name; on errors the file comes back beside it with an error column."""
    importer = IMPORTERS.get(kind)
    if importer is None:
        return _refuse(_("There is no table {kind}. There are: {known}").format(kind=kind, known=", ".join(IMPORTERS)))
    person = Person.objects.filter(username=by or "").first()
    if person is None:
        return _refuse(_("Say with --by in whose name: the log-in name of a person."))
    if not path.exists():
        return _refuse(_("There is no file {path}.").format(path=path))
    content = path.read_bytes()
    chosen = Competition.objects.filter(slug=competition) if competition else Competition.objects.order_by("-starts_on")
    context = Context(by=access_of(person), key=uuid.uuid4().hex, competition=chosen.first())
    try:
        loaded = import_table(content=content, name=path.name, importer=importer, context=context, dry_run=dry_run)
    except TableRefused as refusal:
        back = path.with_name(f"{path.stem}-errors.xlsx")
        back.write_bytes(with_errors(content, path.name, refusal.errors))
        for error in refusal.errors[:50]:
            sys.stderr.write(f"{error}\n")
        return _refuse(f"{refusal.summary} → {back}")
    except Refused as refusal:
        return _refuse(refusal.message)
    if not dry_run:
        catch_up()
    for line in loaded.handed_out if not dry_run else ():
        sys.stdout.write("\t".join(line) + "\n")
    done = _("{count} rows would be loaded.") if dry_run else _("{count} rows loaded.")
    sys.stdout.write(done.format(count=loaded.count) + "\n")
    return 0


def export_file(*, kind: str, path: Path, by: str | None, competition: str | None) -> int:
    """Write the template of a table (`template:KIND`), or what a person sees of a kind, as xlsx or csv."""
    name = kind.removeprefix("template:")
    if kind.startswith("template:") and name in IMPORTERS:
        path.write_bytes(template(IMPORTERS[name]))
        return 0
    return _refuse(_("There is no table {kind}. There are: {known}").format(kind=kind, known=", ".join(IMPORTERS)))


def _refuse(message: str) -> int:
    sys.stderr.write(message + "\n")
    return 1
