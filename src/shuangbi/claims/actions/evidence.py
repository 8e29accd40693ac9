"""Keeping the papers behind a claim: the file first, on disk, then the fact that names it by hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuangbi.claims.choices import Paper
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.uploads import Sent, check_upload, safe_name
from shuangbi.ledger import files
from shuangbi.ledger.models import StoredFile

MOST_FILES = 20


@dataclass(frozen=True)
class File:
    """A kept file: its hash, the name it came with, what it is (a Paper)."""

    sha256: str
    name: str
    kind: str = Paper.OTHER


def keep_evidence(upload: Sent, kind: str) -> File:
    """Look into an upload and keep it. Raises Refused for a wrong, lying, too large or dangerous file; OSError."""
    seen = check_upload(upload)
    stored = files.keep(upload.chunks(), media_type=seen.media_type)
    return File(stored.sha256, seen.name, kind)


def files_that_stand(files_given: Sequence[File], stored: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The files as the fact names them. Raises Refused where one is not kept, stands twice, or there are too many."""
    known = set(stored)
    if len(files_given) > MOST_FILES:
        raise Refused(_("At most {most} files at once.").format(most=MOST_FILES), field="evidence")
    for file in files_given:
        if file.sha256 not in known:
            raise Refused(_("The file {name} was not kept. Add it again.").format(name=file.name), field="evidence")
        if file.kind not in Paper.values:
            raise Refused(_("{kind} is no kind of evidence.").format(kind=file.kind), field="evidence")
    if len({file.sha256 for file in files_given}) != len(files_given):
        raise Refused(_("The same file stands here twice."), field="evidence")
    return tuple((file.sha256, safe_name(file.name), file.kind) for file in files_given)


def stored_among(hashes: Iterable[str]) -> set[str]:
    """Which of these hashes are kept."""
    return set(StoredFile.objects.filter(sha256__in=set(hashes)).values_list("sha256", flat=True))
