"""Themed events beside the month's counts: which of their projects count, and why each other does not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shuangbi.claims.choices import Act, Kind
from shuangbi.claims.models import ReviewStep
from shuangbi.cockpit.queries.explaining import ORDER, Teller
from shuangbi.cockpit.queries.groups import groups_at
from shuangbi.cockpit.queries.progress import indicator_title
from shuangbi.cockpit.queries.shown import Season, Shown
from shuangbi.competitions.counting import subjects_posted
from shuangbi.organisations.access import Access
from shuangbi.projects.choices import EventKind
from shuangbi.projects.models import Event, EventProject, Project
from shuangbi.projects.queries import listed_events, projects_visible_to
from shuangbi_engine.explain import Excluded, judge_claims
from shuangbi_engine.history import Known
from shuangbi_engine.measuring import span_of
from shuangbi_engine.scheme import Measure

# Which claims the projects of an event make.
CLAIMS = {
    EventKind.SIGNING: {Kind.SIGNED},
    EventKind.START: {Kind.STARTED, Kind.LANDED_STARTED},
    EventKind.COMPLETION: {Kind.COMPLETED},
    EventKind.MIXED: {Kind.STARTED, Kind.LANDED_STARTED, Kind.COMPLETED},
}


@dataclass(frozen=True)
class Why:
    """One claim of a project that does not count in a measure, or that there is none."""

    text: str
    url: str = ""
    said: str = ""


@dataclass(frozen=True)
class Verdict:
    """A project of an event in one measure: it counts, or why not. `applies` is false where it never claimed such a thing."""

    counts: bool
    applies: bool
    whys: tuple[Why, ...]
    code: str
    day: date | None = None


@dataclass(frozen=True)
class Listed:
    """A project on an event's list with its verdicts, in the order of the measures."""

    position: int
    name: str
    url: str
    unit: str
    amount: int
    paired: tuple[tuple[Verdict, str], ...]


@dataclass(frozen=True)
class Tally:
    """One measure over some events: how many of their projects count, the reasons of the others, and who counts besides."""

    measure: Measure
    title: str
    city: Fraction
    counted: int
    listed: int
    reasons: tuple[tuple[str, int], ...]
    elsewhere: tuple[tuple[str, str], ...]
    elsewhere_count: Fraction
    elsewhere_hidden: int = 0
    events: tuple[Any, ...] = ()

    @property
    def announced(self) -> str:
        """42 + 36."""
        return " + ".join(str(event.listed_count) for event in self.events)


@dataclass(frozen=True)
class Reconciled:
    """Some events of a round beside its counts."""

    events: tuple[Any, ...]
    tallies: tuple[Tally, ...]
    rows: tuple[Listed, ...] = ()
    hidden: int = 0


def round_of(season: Season, event: Event) -> str:
    """The month an event was held in, else the one most asked about."""
    for one in season.months():
        if one.starts_on <= event.held_on <= one.ends_on:
            return one.name
    return season.latest().name


def events_of(shown: Shown, access: Access) -> list[Any]:
    """The events held in a round, oldest first, with count and exact sum of their lists."""
    span = (shown.round.starts_on, shown.round.ends_on)
    return list(listed_events(access).filter(held_on__range=span).order_by("held_on", "id"))


def measures_for(shown: Shown, kinds: Iterable[str]) -> list[Measure]:
    """The indicators whose state these kinds of claims reach."""
    wanted = set(kinds)
    return [
        shown.scheme.measures[one.measure]
        for one in shown.scheme.progress.indicators
        if wanted & set(shown.scheme.state_of(one.measure).claims)
    ]


def reconciled(shown: Shown, access: Access, events: list[Any], *, rows_of: Event | None = None) -> Reconciled:
    """Each indicator over the events that bear on it; with `rows_of` also that event's projects one by one."""
    entries = list(
        EventProject.objects.filter(event__in=events, removed_on__isnull=True)
        .order_by("position", "id").values_list("event_id", "project_id", "position")
    )
    measures = measures_for(shown, {kind for event in events for kind in CLAIMS[EventKind(event.kind)]})
    span = span_of(shown.scored.known, shown.scored.values.round, "round")
    assert span is not None  # noqa: S101 - the window of the round itself always stands
    on_lists = {str(project) for _event, project, _position in entries}
    posted = subjects_posted(shown.scheme.policy, {measure.state for measure in measures}, span)
    groups = groups_at(on_lists | posted, shown.seq)
    visible = _visible(access, on_lists | posted)
    judge = _Judge(shown, groups, (date.fromordinal(span[0]), date.fromordinal(span[1])), visible)
    verdicts = {measure.name: judge.verdicts(measure) for measure in measures}
    tallies = [
        _tally(shown, measure, [e for e in events if measure in measures_for(shown, CLAIMS[EventKind(e.kind)])],
               entries, verdicts[measure.name], visible)
        for measure in measures
    ]
    if rows_of is None:
        return Reconciled(tuple(events), tuple(tallies))
    own = [(project, position) for event, project, position in entries if event == rows_of.id]
    kept = [(project, position) for project, position in own if str(project) in visible]
    return Reconciled(
        tuple(events), tuple(tallies), hidden=len(own) - len(kept),
        rows=tuple(
            _listed(visible[str(project)], position, rows_of, [(verdicts[t.measure.name], t.title) for t in tallies])
            for project, position in kept
        ),
    )


def _visible(access: Access, subjects: set[str]) -> dict[str, Project]:
    ids = [UUID(one) for one in subjects]
    rows = projects_visible_to(access).filter(id__in=ids).select_related("unit")
    return {str(project.id): project for project in rows}


class _Judge:
    """Says of each group whether it counts in a measure, and why not."""

    def __init__(
        self, shown: Shown, groups: tuple[Known, ...], span: tuple[date, date], visible: Mapping[str, Project]
    ) -> None:
        self.shown, self.groups, self.span, self.visible = shown, groups, span, visible
        known = {id_: claim for group in groups for id_, claim in group.claims.items()}
        self.teller = Teller({}, known, {})
        refused = [id_ for id_, claim in known.items() if claim.status in {"refused", "returned", "withdrawn"}]
        self.said: dict[str, str] = {}
        if refused:
            acts = (Act.REFUSED, Act.REVOKED, Act.RETURNED, Act.WITHDRAWN)
            steps = ReviewStep.objects.filter(claim_id__in=[UUID(one) for one in refused], act__in=acts).order_by("seq")
            self.said = {str(claim): reason for claim, reason in steps.values_list("claim_id", "reason")}

    def verdicts(self, measure: Measure) -> dict[str, Verdict]:
        """By subject; a subject without a claim of the kind is absent."""
        judged = judge_claims(self.shown.scheme, measure, self.groups, self.span)
        found = {row.subject: Verdict(True, True, (), "", row.day) for row in reversed(judged.credited)}
        rows: dict[str, list[Excluded]] = {}
        for row in judged.excluded:
            rows.setdefault(row.subject, []).append(row)
        return {**{subject: self._against(them) for subject, them in rows.items()}, **found}

    def _against(self, rows: list[Excluded]) -> Verdict:
        ordered = sorted(rows, key=lambda row: ORDER.index(row.reason))
        return Verdict(False, True, tuple(self._why(row) for row in ordered), self._code(ordered[0]))

    def _why(self, row: Excluded) -> Why:
        url = reverse("claims:claim-detail", args=[row.claim]) if row.subject in self.visible else ""
        said = self.said.get(row.claim, "") if url and row.reason == "status" else ""
        return Why(self.teller.excluded(row).reason, url, said)

    def _code(self, row: Excluded) -> str:
        """What reasons are summed up under: one before the round is another thing than one after it."""
        if row.reason == "window":
            return "before" if date.fromisoformat(row.about) < self.span[0] else "after"
        return f"status:{row.about}" if row.reason == "status" else row.reason


NONE = Verdict(False, False, (), "none")


def _tally(
    shown: Shown, measure: Measure, events: list[Any], entries: list[tuple[UUID, UUID, int]],
    verdicts: Mapping[str, Verdict], visible: Mapping[str, Project],
) -> Tally:
    ids = {event.id for event in events}
    listed = {str(project) for event, project, _position in entries if event in ids}
    found = {subject: verdicts.get(subject, NONE) for subject in listed}
    reasons = Counter(verdict.code for verdict in found.values() if not verdict.counts)
    others = sorted(subject for subject, verdict in verdicts.items() if verdict.counts and subject not in listed)
    city = shown.scored.values.city.get((measure.name, "round"), Fraction(0))
    counted = sum(verdict.counts for verdict in found.values())
    indicator = next(one for one in shown.scheme.progress.indicators if one.measure == measure.name)
    return Tally(
        measure=measure, title=indicator_title(shown.scheme, measure.name, indicator.title), city=city, counted=counted,
        listed=len(listed), events=tuple(events),
        reasons=tuple((reason_words(code, measure), count) for code, count in reasons.most_common()),
        elsewhere=tuple(
            (visible[one].title, reverse("cockpit:project-story", args=[one])) for one in others if one in visible
        ),
        elsewhere_count=city - counted, elsewhere_hidden=sum(one not in visible for one in others),
    )


def reason_words(code: str, measure: Measure) -> str:
    """A reason as a heading for all projects that share it."""
    size = Fraction(measure.where.size_at_least or 0, 10**10)
    words = {
        "none": _("no claim of this kind was reported"),
        "before": _("done before this round, and counted then"),
        "after": _("dated after this round"),
        "counted_already": _("the project was counted already by an earlier claim"),
        "size_at_least": _("smaller than {size} 亿元").format(size=size if size.denominator != 1 else int(size)),
        "has": _("not on the list that the indicator asks for"),
        "requires": _("an earlier stage is not on record at this level"),
        "status:checked": _("checked, not yet recognised"),
        "status:reported": _("reported, not yet checked"),
        "status:returned": _("returned to the unit"),
        "status:refused": _("refused"),
        "status:withdrawn": _("withdrawn"),
    }
    return str(words.get(code, _("another reason")))


def _listed(
    project: Project, position: int, event: Event, verdicts: list[tuple[Mapping[str, Verdict], str]]
) -> Listed:
    id_ = str(project.id)
    return Listed(
        position, project.title, reverse("cockpit:project-story", args=[id_]), project.unit.title,
        int(getattr(project, event.money)), tuple((found.get(id_, NONE), title) for found, title in verdicts),
    )
