"""What stands between the two levels: claims of a round that count as 快报数 and not as 认定数."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.urls import reverse

from shuangbi.claims.models import Claim
from shuangbi.claims.queries import claims_visible_to
from shuangbi.cockpit.queries.explaining import state_sign
from shuangbi.cockpit.queries.groups import groups_at
from shuangbi.cockpit.queries.progress import Progress, city_rows
from shuangbi.cockpit.queries.shown import Shown
from shuangbi.competitions.counting import subjects_posted
from shuangbi.organisations.access import Access
from shuangbi_engine.explain import judge_claims
from shuangbi_engine.measuring import span_of
from shuangbi_engine.numbers import SHARE


@dataclass(frozen=True)
class Difference:
    """A claim that counts at one level only; without `claim` it lies outside the person's scope."""

    indicator: str
    day: date | None
    status: str
    sign: str
    value: Fraction
    claim: Claim | None
    project_url: str = ""


@dataclass(frozen=True)
class Levels:
    """An indicator at both levels with the claims that make the difference."""

    progress: Progress
    reported: Fraction
    recognised: Fraction
    rows: tuple[Difference, ...]

    @property
    def difference(self) -> Fraction:
        return self.reported - self.recognised


def level_differences(shown: Shown, access: Access) -> list[Levels]:
    """Each indicator of a round at both levels; the differences listed add up to the difference of the totals."""
    span = span_of(shown.scored.known, shown.scored.values.round, "round")
    assert span is not None  # noqa: S101 - the window of the round itself always stands
    days = (date.fromordinal(span[0]), date.fromordinal(span[1]))
    city = city_rows(shown)
    measures = [shown.scheme.measures[one.name] for one in city]
    posted = subjects_posted(shown.scheme.policy, {one.state for one in measures}, span)
    groups = groups_at(posted, shown.seq)
    known = {id_: claim for group in groups for id_, claim in group.claims.items()}
    only: dict[str, list[tuple[str, Fraction]]] = {}
    for measure in measures:
        sides = []
        for level in (1, 2):
            judged = judge_claims(shown.scheme, replace(measure, level=level), groups, days)
            one = SHARE if measure.take == "count" else 1
            sides.append({row.claim: Fraction(sum(value for _unit, value in row.shares), one) for row in judged.credited})
        # A claim recognised first may take the place of one that was checked first: both stand in the list, with signs.
        only[measure.name] = [(id_, value) for id_, value in sides[0].items() if id_ not in sides[1]]
        only[measure.name] += [(id_, -value) for id_, value in sides[1].items() if id_ not in sides[0]]
    wanted = {id_ for found in only.values() for id_, _value in found}
    opened = {str(claim.id): claim for claim in claims_visible_to(access).filter(id__in=wanted)} if wanted else {}
    at = {level: shown.scored_at(level).values.city for level in (1, 2)}
    return [
        Levels(
            one, at[1].get((one.name, "round"), Fraction(0)), at[2].get((one.name, "round"), Fraction(0)),
            tuple(
                Difference(
                    one.title, known[id_].day, known[id_].status, state_sign(known[id_].status), value, opened.get(id_),
                    _story(opened.get(id_)),
                )
                for id_, value in sorted(only[one.name], key=lambda pair: (known[pair[0]].day or date.min, pair[0]))
            ),
        )
        for one in city
    ]


def _story(claim: Claim | None) -> str:
    return reverse("cockpit:project-story", args=[claim.project_id]) if claim and claim.project_id else ""
