"""Reading what is asked: rounds, frozen schemes, and the engine's fact tables as they stood at any seq."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.utils.translation import get_language

from shuangbi.competitions.access import competitions_visible_to
from shuangbi.competitions.models import (
    Adjustment,
    Competition,
    OwnersFigure,
    Participant,
    Round,
    SchemeFile,
    Target,
    Waiver,
    Watermark,
)
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi_engine import scheme_file, tables
from shuangbi_engine.scheme import Scheme
from shuangbi_engine.values import CITY

__all__ = ["competitions_visible_to"]


@lru_cache(maxsize=32)
def _parsed(digest: str, text: str) -> Scheme:
    return scheme_file.parse_scheme(text)


def parsed(file: SchemeFile) -> Scheme:
    """The scheme of a stored file; read once per process."""
    return _parsed(file.digest, file.text)


def titled(part: Any) -> str:
    """The title of a measure, item, group, figure or adjustment in the language of the page."""
    english = getattr(part, "title_en", "")
    if english and (get_language() or "").startswith("en"):
        return f"{english[:1].upper()}{english[1:]}"
    return str(part.title)


def frozen_scheme(competition: Competition, seq: int | None = None) -> SchemeFile | None:
    """The scheme in force: the newest frozen by `seq` (None: now)."""
    files = SchemeFile.objects.filter(competition=competition, frozen_seq__isnull=False)
    if seq is not None:
        files = files.filter(frozen_seq__lte=seq)
    return files.order_by("-frozen_seq").first()


def competition_for(access: Access, slug: str | None) -> Competition | None:
    """The competition of this address among those visible; without an address the newest."""
    found = competitions_visible_to(access)
    return found.filter(slug=slug).first() if slug else found.first()


def counted_seq() -> int:
    """How far the postings of every policy have read the ledger: what pages show as now. 0 while none has read."""
    read: int | None = Watermark.objects.aggregate(read=Min("seq"))["read"]
    return read or 0


def rounds_of(competition: Competition) -> list[Round]:
    """All rounds, the year first, then by date."""
    return sorted(
        Round.objects.filter(competition=competition), key=lambda r: (r.kind != "year", r.starts_on, r.name)
    )


def round_named(competition: Competition, name: str) -> Round | None:
    """A round by its name."""
    return Round.objects.filter(competition=competition, name=name).first()


EVERYTHING = frozenset({"rounds", "participants", "targets", "figures", "adjustments", "waivers"})


def facts_at(competition: Competition, seq: int | None, only: Iterable[str] = EVERYTHING) -> tables.Facts:
    """What is asked as known at a seq (None: now), in the engine's tables; one query for each table that is wanted."""
    known: dict[str, Any] = {"competition": competition} if seq is None else {"competition": competition, "seq__lte": seq}
    return tables.Facts(**{name: tuple(READ[name](known, competition.owner_id)) for name in only})


def _rounds(known: dict[str, Any], owner: UUID) -> Iterator[tables.Round]:
    for row in Round.objects.filter(**known).order_by("seq", "id"):
        yield tables.Round(
            seq=row.seq, round=row.name, kind=row.kind, start=row.starts_on, end=row.ends_on,
            counts_from=row.counts_from, year=row.year, previous=row.previous,
            cutoff=row.cutoff_on.isoformat() if row.cutoff_on else "", name=row.name,
        )


def _participants(known: dict[str, Any], owner: UUID) -> Iterator[tables.Participant]:
    for row in Participant.objects.filter(**known).select_related("unit"):
        yield tables.Participant(
            seq=row.seq, participant=str(row.unit_id), group=row.group, round=row.round,
            units=tuple(row.feeds) or (str(row.unit_id),), name=row.unit.short_name, code=row.unit.code,
        )


def _targets(known: dict[str, Any], owner: UUID) -> Iterator[tables.Target]:
    for row in Target.objects.filter(**known):
        yield target_row(row, owner)


def target_row(row: Target, owner: UUID) -> tables.Target:
    """A stored target as the engine reads it: what stands for the owner itself is the target of the whole."""
    return tables.Target(
        seq=row.seq, participant=CITY if row.unit_id == owner else str(row.unit_id), measure=row.measure,
        round=row.round, value=row.value, subjects=tuple(row.subjects or ()),
    )


def _figures(known: dict[str, Any], owner: UUID) -> Iterator[tables.Figure]:
    for row in OwnersFigure.objects.filter(**known):
        yield tables.Figure(
            seq=row.seq, participant=str(row.unit_id), figure=row.figure, round=row.round,
            value=Fraction(row.value) if row.value else None,
        )


def _adjustments(known: dict[str, Any], owner: UUID) -> Iterator[tables.Adjustment]:
    for row in Adjustment.objects.filter(**known):
        yield tables.Adjustment(
            seq=row.seq, adjustment=str(row.adjustment), participant=str(row.unit_id), round=row.round, kind=row.kind,
            points=row.points, document=row.reason,
        )


def _waivers(known: dict[str, Any], owner: UUID) -> Iterator[tables.Waiver]:
    for row in Waiver.objects.filter(**known):
        yield tables.Waiver(
            seq=row.seq, participant=str(row.unit_id), item=row.item, round=row.round, reason=row.reason
        )


READ: dict[str, Callable[[dict[str, Any], UUID], Iterator[Any]]] = {
    "rounds": _rounds, "participants": _participants, "targets": _targets, "figures": _figures,
    "adjustments": _adjustments, "waivers": _waivers,
}


def unit_titles(ids: Iterable[UUID | str]) -> dict[str, Unit]:
    """Units by the text of their id."""
    return {str(unit.id): unit for unit in Unit.objects.filter(id__in=list(ids))}


def scheme_files(competition: Competition, *, drafts: bool) -> QuerySet[SchemeFile]:
    """Scheme files, newest first; drafts only for the office."""
    files = SchemeFile.objects.filter(competition=competition).select_related("uploaded_by").defer("text")
    return files if drafts else files.filter(frozen_seq__isnull=False)


def round_rows(competition: Competition) -> QuerySet[Round]:
    """The rounds as rows."""
    return Round.objects.filter(competition=competition).select_related("competition")
