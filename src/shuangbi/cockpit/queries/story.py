"""A project's whole story: what was said of it, promised and done, with its claims, their papers and what they counted for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from shuangbi.claims.amounts import amount_text
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.claims.queries import claims_visible_to
from shuangbi.cockpit.queries.explaining import paper_of, state_sign
from shuangbi.cockpit.queries.groups import groups_at
from shuangbi.cockpit.queries.shown import Season, language
from shuangbi.competitions.queries import frozen_scheme, parsed, unit_titles
from shuangbi.foundation import clock
from shuangbi.foundation.parts import Entry
from shuangbi.foundation.parts import Evidence as EvidencePart
from shuangbi.ledger.queries import facts_about
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import names_of_people
from shuangbi.projects import facts as said
from shuangbi.projects import lifecycle, story
from shuangbi.projects.models import Assignment, EventProject, Milestone, Project
from shuangbi.projects.queries import events_visible_to
from shuangbi_engine.explain import judge_claims
from shuangbi_engine.numbers import decimal_text, short_text
from shuangbi_engine.scheme import Scheme

STOPPED = {"refused", "revoked", "withdrawn", "returned"}


@dataclass(frozen=True)
class ClaimTold:
    """A claim of a project with its papers and where it stands."""

    claim: Claim
    sign: str
    amount: str
    evidence: tuple[EvidencePart, ...]


@dataclass(frozen=True)
class Moved:
    """A figure that a claim of the project counts in."""

    round: str
    measure: str
    unit: str
    value: str
    claim_url: str
    kind: str
    day: date | None


def claims_told(project: Project, access: Access) -> list[ClaimTold]:
    """The project's claims a person may see, oldest first, with papers. Two queries."""
    papers = Evidence.objects.select_related("file").order_by("seq", "name", "id")
    rows = claims_visible_to(access).filter(project=project).order_by("effective_on", "seq")
    return [
        ClaimTold(
            claim, state_sign(claim.state), amount_text(claim.amount, claim.rule.amount) if claim.rule.amount else "",
            tuple(paper_of(paper) for paper in claim.papers_shown),
        )
        for claim in rows.prefetch_related(Prefetch("evidence", papers, "papers_shown"))
    ]


def whole_story(project: Project, access: Access, claims: Iterable[ClaimTold]) -> list[Entry]:
    """Everything about a visible project on one line, oldest first: facts, promises, events, and each step of its claims.

    Five queries, and one more where it has other units than its own.
    """
    today = clock.today()
    told = {one.claim.id: one for one in claims}
    facts = list(facts_about([project.id]))
    milestones = list(Milestone.objects.filter(project=project))
    events = EventProject.objects.filter(
        project=project, removed_on__isnull=True, event__in=events_visible_to(access)
    ).select_related("event")
    steps = list(ReviewStep.objects.filter(claim_id__in=list(told)).order_by("seq"))
    people = {fact.actor for fact in facts if fact.actor} | {step.by_id for step in steps if step.by_id}
    assignments = _assignments(facts)
    people |= {row.person_id for row in assignments.values()}
    names = story.Names(
        people=names_of_people(people), units=_units(project, story.units_named(facts)),
        milestones={row.id: row.title for row in milestones}, assignments=assignments,
    )
    entries = [
        *story.told_by_facts(facts, names),
        *(story.open_promise(row, lifecycle.light(row, today)) for row in milestones if row.actual_on is None),
        *(story.at_event(row.event) for row in events),
        *(_step(told[step.claim_id], step, names.people) for step in steps),
    ]
    return sorted(entries, key=lambda entry: (_day(entry), entry.state == "planned"))


def _units(project: Project, named: set[UUID]) -> dict[UUID, str]:
    """Names of the units that facts name; asked for only beyond those that came with the project."""
    found = {unit.id: unit.title for unit in (project.unit, project.bringer) if unit is not None}
    others = named - found.keys()
    return found | {unit.id: unit.title for unit in (Unit.objects.filter(id__in=others) if others else ())}


def _day(entry: Entry) -> date:
    return clock.local(entry.when).date() if isinstance(entry.when, datetime) else entry.when


def _assignments(facts: Iterable[Any]) -> dict[UUID, Assignment]:
    """Who was named, read from the facts themselves."""
    rows = [fact for fact in facts if fact.kind == said.PersonAssigned.KIND]
    bodies = {fact.uuid: said.PersonAssigned.read(fact) for fact in rows}
    return {id_: Assignment(id=id_, person_id=body.person, part=body.part) for id_, body in bodies.items()}


def _step(told: ClaimTold, step: ReviewStep, people: dict[UUID, str]) -> Entry:
    title = _("{kind}: {act}").format(kind=told.claim.get_kind_display(), act=step.get_act_display())
    parts = [told.amount, step.reason]
    if step.act == "reported" and told.evidence:
        parts.append(_("papers: {names}").format(names="、".join(paper.name for paper in told.evidence)))
    return Entry(
        when=clock.local(step.at).date(), title=title, text=" · ".join(part for part in parts if part),
        state="stopped" if step.act in STOPPED else "done", url=told.claim.get_absolute_url(),
        by=people.get(step.by_id, "") if step.by_id else "",
    )


def moved_by(project: Project, season: Season) -> list[Moved]:
    """Every figure of the begun rounds in which a claim of the project counts, by round. Five queries at most."""
    file = frozen_scheme(season.competition, season.now_seq)
    if file is None:
        return []
    scheme = parsed(file)
    groups = groups_at([str(project.id)], season.now_seq)
    claims = {id_: claim for group in groups for id_, claim in group.claims.items()}
    found: list[tuple[str, str, str, Fraction, str, str]] = []
    for one in season.months():
        for measure in scheme.measures.values():
            if measure.window != "round" or measure.only_listed:
                continue
            for row in judge_claims(scheme, measure, groups, (one.starts_on, one.ends_on)).credited:
                scale = 10_000 if measure.take == "count" else 10**10
                for unit, value in row.shares:
                    found.append((one.name, measure.name, unit, Fraction(value, scale), row.claim, measure.take))
    units = unit_titles({unit for _r, _m, unit, _v, _c, _t in found}) if found else {}
    return [
        Moved(
            name, _title(scheme, measure), units[unit].title if unit in units else "", _value(value, take),
            _claim_url(claim), str(Kind(claims[claim].kind).label), claims[claim].day,
        )
        for name, measure, unit, value, claim, take in found
    ]


def _title(scheme: Scheme, name: str) -> str:
    measure = scheme.measures[name]
    if language() == "en" and measure.title_en:
        return measure.title_en[:1].upper() + measure.title_en[1:]
    return measure.title


def _value(value: Fraction, take: str) -> str:
    return f"+{short_text(value)}" if take == "count" else f"+{decimal_text(value, 2)} 亿元"


def _claim_url(claim: str) -> str:
    return reverse("claims:claim-detail", args=[claim])
