"""Once-groups (a project with its claims) folded as known at a seq, for explaining; only those a page needs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count

from shuangbi.claims.choices import Act
from shuangbi.claims.models import Claim, ReviewStep
from shuangbi.competitions.counting import histories
from shuangbi.competitions.models import Posting
from shuangbi.projects.models import CreditShare, Project
from shuangbi_engine.explain import known_groups
from shuangbi_engine.history import Known

KEPT = 128
_known: dict[tuple[frozenset[str], int], tuple[Known, ...]] = {}


def groups_of_units(units: frozenset[str], seq: int) -> tuple[Known, ...]:
    """Every group that a unit owns, has brought, has a share in, has reported on, or was ever credited with.

    Kept beside the seq: facts up to it never change. Four queries the first time.
    """
    key = (units, seq)
    if key not in _known:
        _keep(key, _fold(_subjects_of(units), seq))
    return _known[key]


def groups_at(subjects: Iterable[str], seq: int) -> tuple[Known, ...]:
    """These groups as known at a seq; kept beside it. Three queries the first time for each 400."""
    key = (frozenset(subjects), seq)
    if key not in _known:
        _keep(key, _fold(key[0], seq))
    return _known[key]


def _keep(key: tuple[frozenset[str], int], groups: tuple[Known, ...]) -> None:
    if len(_known) >= KEPT:
        _known.clear()
    _known[key] = groups


def _fold(subjects: Iterable[str], seq: int) -> tuple[Known, ...]:
    groups = known_groups(histories(set(subjects)), seq)
    return tuple(one for one in groups if one.claims or one.project is not None)


def _subjects_of(units: frozenset[str]) -> list[str]:
    ids = [UUID(unit) for unit in units]
    posted = Posting.objects.order_by().filter(unit__in=units).values_list("subject", flat=True)
    parts: list[Any] = [
        Project.objects.order_by().filter(unit_id__in=ids).values_list("id", flat=True),
        Project.objects.order_by().filter(bringer_id__in=ids).values_list("id", flat=True),
        CreditShare.objects.order_by().filter(unit_id__in=ids).values_list("project_id", flat=True),
        Claim.objects.order_by().filter(unit_id__in=ids, project__isnull=False).values_list("project_id", flat=True),
        Claim.objects.order_by().filter(unit_id__in=ids, project__isnull=True).values_list("id", flat=True),
    ]
    found = {str(row) for row in parts[0].union(*parts[1:])}
    return sorted(found | set(posted))


def claims_reported(kinds: Iterable[str], seq: int) -> dict[str, int]:
    """How many claims of each kind had been reported by a seq, in all."""
    rows = ReviewStep.objects.filter(act=Act.REPORTED, seq__lte=seq, claim__kind__in=set(kinds))
    return dict(rows.order_by().values_list("claim__kind").annotate(count=Count("claim", distinct=True)))
