"""Reading what is asked: rounds, frozen schemes, and the engine's fact tables as they stood at any seq."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet

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

__all__ = ["competitions_visible_to"]


@lru_cache(maxsize=32)
def _parsed(digest: str, text: str) -> Scheme:
    return scheme_file.parse_scheme(text)


def parsed(file: SchemeFile) -> Scheme:
    """The scheme of a stored file; read once per process."""
    return _parsed(file.digest, file.text)


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


def facts_at(competition: Competition, seq: int) -> tables.Facts:
    """Everything that is asked, as known at a seq, in the engine's tables. Six queries."""
    known: dict[str, Any] = {"competition": competition, "seq__lte": seq}
    return tables.Facts(
        rounds=tuple(_round(r) for r in Round.objects.filter(**known).order_by("seq", "id")),
        participants=tuple(
            tables.Participant(
                seq=p.seq, participant=str(p.unit_id), group=p.group, round=p.round,
                units=tuple(p.feeds) or (str(p.unit_id),), name=p.unit.short_name,
            )
            for p in Participant.objects.filter(**known).select_related("unit")
        ),
        targets=tuple(
            tables.Target(
                seq=t.seq, participant=str(t.unit_id), measure=t.measure, round=t.round, value=t.value,
                subjects=tuple(t.subjects or ()),
            )
            for t in Target.objects.filter(**known)
        ),
        figures=tuple(
            tables.Figure(
                seq=f.seq, participant=str(f.unit_id), figure=f.figure, round=f.round,
                value=Fraction(f.value) if f.value else None,
            )
            for f in OwnersFigure.objects.filter(**known)
        ),
        adjustments=tuple(
            tables.Adjustment(
                seq=a.seq, adjustment=str(a.adjustment), participant=str(a.unit_id), round=a.round, kind=a.kind,
                points=a.points, document=a.reason,
            )
            for a in Adjustment.objects.filter(**known)
        ),
        waivers=tuple(
            tables.Waiver(seq=w.seq, participant=str(w.unit_id), item=w.item, round=w.round, reason=w.reason)
            for w in Waiver.objects.filter(**known)
        ),
    )


def _round(row: Round) -> tables.Round:
    return tables.Round(
        seq=row.seq, round=row.name, kind=row.kind, start=row.starts_on, end=row.ends_on,
        counts_from=row.counts_from, year=row.year, previous=row.previous,
        cutoff=row.cutoff_on.isoformat() if row.cutoff_on else "", name=row.name,
    )


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
