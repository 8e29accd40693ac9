"""The halves of `shuangbi import` and `export` that need the site."""

import sys
import uuid
from pathlib import Path

from django.utils.translation import gettext as _

from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Competition
from shuangbi.competitions.queries import competition_for
from shuangbi.exchange.exporter import exported
from shuangbi.exchange.exporters import EXPORTERS
from shuangbi.exchange.importer import Context
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import import_table, template, with_errors
from shuangbi.exchange.table import TableRefused
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.queries import person_by_username


def import_file(*, kind: str, path: Path, dry_run: bool, by: str | None, competition: str | None) -> int:
    """Import a file in a person's name; on errors the file comes back beside it with an error column."""
    importer = IMPORTERS.get(kind)
    if importer is None:
        return _refuse(_("There is no table {kind}. There are: {known}").format(kind=kind, known=", ".join(IMPORTERS)))
    if not path.is_file():
        return _refuse(_("There is no file {path}.").format(path=path))
    content = path.read_bytes()
    try:
        access = _access(by)
        context = Context(by=access, key=uuid.uuid4().hex, competition=_competition(access, competition))
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
    exporter = EXPORTERS.get(kind)
    if exporter is None:
        known = [*EXPORTERS, *(f"template:{one}" for one in IMPORTERS)]
        return _refuse(_("There is no table {kind}. There are: {known}").format(kind=kind, known=", ".join(known)))
    if path.suffix not in {".xlsx", ".csv"}:
        return _refuse(_("Name the file .xlsx or .csv."))
    try:
        access = _access(by)
        content = exported(exporter, suffix=path.suffix, access=access, competition=_competition(access, competition))
    except Refused as refusal:
        return _refuse(refusal.message)
    path.write_bytes(content)
    return 0


def _access(by: str | None) -> Access:
    person = person_by_username(by or "")
    if person is None:
        raise Refused(_("Say with --by in whose name: the log-in name of a person."))
    return access_of(person)


def _competition(access: Access, slug: str | None) -> Competition | None:
    """The one named, among those the person sees; without a name the newest."""
    found = competition_for(access, slug)
    if slug and found is None:
        raise Refused(_("There is no competition {name}.").format(name=slug))
    return found


def _refuse(message: str) -> int:
    sys.stderr.write(message + "\n")
    return 1
