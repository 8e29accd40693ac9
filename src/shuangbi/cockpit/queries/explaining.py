"""From a number down to its claims: what counts for a unit in a measure, what does not and why, and the papers behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shuangbi.claims.choices import Act, Kind, Paper, State
from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.claims.queries import claims_visible_to
from shuangbi.cockpit.queries.shown import language
from shuangbi.competitions.queries import unit_titles
from shuangbi.foundation.formats import area_text, day_text, money_text
from shuangbi.foundation.parts import Evidence as EvidencePart
from shuangbi.organisations.access import Access
from shuangbi.projects.choices import MARKER_NAMES
from shuangbi_engine.explain import Counted, Excluded
from shuangbi_engine.history import Claim as KnownClaim
from shuangbi_engine.history import Known
from shuangbi_engine.numbers import short_text

# The order in which reasons are worth reading; whatever merely happened in another period comes last.
ORDER = (
    "status", "counted_already", "requires", "size_at_least", "size_below", "has", "lacks", "not_listed", "credited_to",
    "no_bringer", "replaced", "undated", "window",
)


@dataclass(frozen=True)
class ClaimLine:
    """A claim as a line under a number. Without `url` it lies outside the person's scope and its name is not told."""

    claim: str
    kind: str
    name: str
    day: date | None
    url: str = ""
    project_url: str = ""
    value: Fraction | None = None
    code: str = ""
    reason: str = ""
    reason_url: str = ""
    said: str = ""
    evidence: tuple[EvidencePart, ...] = ()
    unit: str = ""

    @property
    def shown_value(self) -> str:
        """What the claim adds: money in 万元, land in 亩, else as it is (shared counts with decimals)."""
        if self.value is None:
            return ""
        if self.unit == "fen":
            return money_text(int(self.value), "万元")
        return area_text(int(self.value)) if self.unit == "square_metres" else short_text(self.value)


def claims_opened(access: Access, ids: Iterable[str]) -> dict[str, Claim]:
    """Of these claims those a person may open, with evidence and the words of a refusal or return. Three queries."""
    papers = Evidence.objects.select_related("file").order_by("seq", "name", "id")
    words = ReviewStep.objects.filter(act__in=(Act.REFUSED, Act.REVOKED, Act.RETURNED, Act.WITHDRAWN)).order_by("seq")
    chosen = Q(id__in=[UUID(one) for one in set(ids)])
    found = claims_visible_to(access).filter(chosen).prefetch_related(
        Prefetch("evidence", papers, "papers_shown"), Prefetch("steps", words, "steps_shown")
    )
    return {str(claim.id): claim for claim in found}


@dataclass(frozen=True)
class Teller:
    """Turns the engine's rows into lines: names, links and reasons in the language of the page."""

    opened: Mapping[str, Claim]
    known: Mapping[str, KnownClaim]
    units: Mapping[str, str]

    def counted(self, row: Counted, unit: str) -> ClaimLine:
        """A claim that counts, with what it adds in the measure's unit."""
        return replace(self._line(row.claim, row.day), value=row.value, unit=unit)

    def excluded(self, row: Excluded) -> ClaimLine:
        """A claim that does not count, with the first test it fails."""
        claim = self.known.get(row.claim)
        line = self._line(row.claim, claim.day if claim else None)
        url = self.opened[row.about].get_absolute_url() if row.about in self.opened else ""
        return replace(
            line, code=row.reason, reason=row._replace(about=self._about(row)).text(language()), reason_url=url,
            said=self._said(row.claim) if row.reason == "status" else "",
        )

    def _line(self, id_: str, day: date | None) -> ClaimLine:
        known, claim = self.known.get(id_), self.opened.get(id_)
        kind = str(Kind(known.kind).label) if known and known.kind in Kind.values else ""
        if claim is None:
            return ClaimLine(id_, kind, "", day)
        project = reverse("cockpit:project-story", args=[claim.project_id]) if claim.project_id else ""
        papers = tuple(paper_of(one) for one in claim.papers_shown)  # type: ignore[attr-defined]
        return ClaimLine(id_, kind, claim.subject, day, claim.get_absolute_url(), project, evidence=papers)

    def _said(self, id_: str) -> str:
        claim = self.opened.get(id_)
        steps = claim.steps_shown if claim is not None else []  # type: ignore[attr-defined]
        return steps[-1].reason if steps else ""

    def _about(self, row: Excluded) -> str:
        if row.reason in {"counted_already", "replaced"}:
            other = self.known.get(row.about)
            return _("the claim of {day}").format(day=day_text(other.day)) if other and other.day else _("another claim")
        if row.reason == "credited_to":
            return "、".join(self.units.get(unit, "–") for unit in row.about.split("、"))
        if row.reason == "requires":
            return str(Kind(row.about).label) if row.about in Kind.values else row.about
        if row.reason in {"has", "lacks"}:
            return "/".join(str(MARKER_NAMES.get(one.partition(":")[2], one)) for one in row.about.split("|") if one)
        return row.about


def paper_of(paper: Evidence) -> EvidencePart:
    """A paper for the component."""
    return EvidencePart(
        paper.name, paper.get_absolute_url(), paper.file.size, paper.file_id,
        kind="image" if paper.file.media_type.startswith("image/") else "file", note=Paper(paper.kind).label,
        when=paper.added_at,
    )


def teller_for(access: Access, groups: Iterable[Known], ids: Iterable[str], units: Iterable[str]) -> Teller:
    """Everything that telling these claims needs. Four queries at most."""
    wanted = {unit for unit in units if unit}
    names = {id_: unit.title for id_, unit in unit_titles(wanted).items()} if wanted else {}
    known = {id_: claim for group in groups for id_, claim in group.claims.items()}
    return Teller(claims_opened(access, ids), known, names)


def units_named(rows: Iterable[Excluded]) -> set[str]:
    """The units that reasons name."""
    return {unit for row in rows if row.reason == "credited_to" for unit in row.about.split("、")}


def claims_named(counted: Iterable[Counted], excluded: Iterable[Excluded]) -> set[str]:
    """The claims of these rows, and those their reasons point to."""
    found = {row.claim for row in counted}
    for row in excluded:
        found.add(row.claim)
        if row.reason in {"counted_already", "replaced"}:
            found.add(row.about)
    return found


def by_weight(lines: Iterable[ClaimLine]) -> list[ClaimLine]:
    """Lines with the reasons worth reading first, newest first."""
    return sorted(lines, key=lambda one: (ORDER.index(one.code), -(one.day or date.min).toordinal(), one.claim))


def state_sign(state: str) -> str:
    """How a claim's state is drawn."""
    return {
        State.REPORTED: "waiting", State.RETURNED: "active", State.CHECKED: "active", State.RECOGNISED: "done",
        State.REFUSED: "stopped", State.WITHDRAWN: "stopped",
    }[State(state)]
