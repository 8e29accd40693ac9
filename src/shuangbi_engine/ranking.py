"""Groups, order, ties: totals become places."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .numbers import SHARE, half_up
from .scheme import Ranking


def compared_score(points: int, ranking: Ranking) -> int:
    """The total at the decimals that are printed and compared, in units of the last decimal."""
    return half_up(Fraction(points * 10**ranking.compare_at, SHARE))


def places(
    totals: Mapping[str, int], ranking: Ranking, items: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, int]:
    """The place of everyone, best first; equal scores share a place: 1, 2, 2, 4, or with dense ties 1, 2, 2, 3.

    `items` gives points by participant and item, for the scheme's tie-break list.
    """
    keys = {name: _key(name, points, ranking, items or {}) for name, points in totals.items()}
    ordered = sorted(keys.values(), reverse=True)
    first: dict[Sequence[int], int] = {}
    for at, key in enumerate(ordered, start=1):
        place = at if ranking.ties == "shared" else len(first) + 1
        first.setdefault(key, place)
    return {name: first[key] for name, key in keys.items()}


def _key(name: str, points: int, ranking: Ranking, items: Mapping[str, Mapping[str, int]]) -> tuple[int, ...]:
    own = items.get(name, {})
    return (compared_score(points, ranking), *(own.get(item, 0) for item in ranking.tie_break))


def in_order(ranks: Mapping[str, int]) -> list[str]:
    """Names by place; those who share one by name."""
    return sorted(ranks, key=lambda name: (ranks[name], name))
