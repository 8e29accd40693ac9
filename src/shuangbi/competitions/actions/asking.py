"""Saying what is asked: participants, targets, owners' figures, points by documents, waivers. Whole tables or nothing."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.competitions import facts
from shuangbi.competitions.access import may_give_figure
from shuangbi.competitions.actions.checks import actor, earlier, office_only, scheme_in_force
from shuangbi.competitions.models import Adjustment, Competition, OwnersFigure, Participant, Round, Target
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Problem, Refused, RowsRefused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record, record_many
from shuangbi.organisations.access import Access
from shuangbi.organisations.models import Unit
from shuangbi_engine.numbers import LIMIT
from shuangbi_engine.scheme import Scheme

LONGEST_FIGURE = 40


@dataclass(frozen=True)
class NewParticipant:
    """A unit in a group (none: taken out), for one round or all, fed by itself or by the units named."""

    unit: Unit
    group: str
    round: str = ""
    feeds: tuple[UUID, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class NewTarget:
    """One target: a number in base units, or named projects by their ids. The owner's own row is the whole's target."""

    unit: Unit
    measure: str
    round: str
    value: int | None = None
    subjects: tuple[str, ...] | None = None
    reason: str = ""


@dataclass(frozen=True)
class NewFigure:
    """A figure that only its owner holds, as an exact number in text; an empty one takes it back."""

    unit: Unit
    figure: str
    round: str
    value: str
    reason: str = ""


def set_participants(
    *, competition: Competition, participants: Sequence[NewParticipant], by: Access, key: str = ""
) -> None:
    """Put units into peer groups, or take them out; what stands so already is left alone. Raises RowsRefused."""
    office_only(by, competition)
    scheme, rounds = scheme_in_force(competition), _rounds(competition)
    _none_wrong(problem for at, row in enumerate(participants) for problem in _participant(at, row, scheme, rounds))
    with writing():
        if earlier(by, key):
            return
        rows = Participant.objects.filter(competition=competition).order_by("seq")
        stands = {(p.unit_id, p.round): (p.group, tuple(p.feeds)) for p in rows}
        drafts = [
            _draft(competition, row.unit, facts.ParticipantSet(
                unit=row.unit.id, group=row.group, round=row.round, feeds=row.feeds, reason=row.reason
            ))
            for row in participants
            if stands.get((row.unit.id, row.round)) != (row.group, tuple(str(unit) for unit in row.feeds))
        ]
        record_many(drafts=drafts, by=actor(by), apply=facts.apply, key=key)


def _participant(at: int, row: NewParticipant, scheme: Scheme, rounds: Collection[str]) -> Iterator[Problem]:
    if row.group and row.group not in scheme.groups:
        known = "、".join(scheme.groups)
        words = _("The scheme has no group {group}; it has {known}.").format(group=row.group, known=known)
        yield Problem(at, "group", words)
    if row.round:
        yield from _round(at, row.round, rounds)


def set_targets(*, competition: Competition, targets: Sequence[NewTarget], by: Access, key: str = "") -> None:
    """Set or revise targets; a revision of one that stands needs its reason; one that stands so is left alone.

    All or none. Raises RowsRefused.
    """
    office_only(by, competition)
    scheme, rounds, units = scheme_in_force(competition), _rounds(competition), participating(competition)
    units |= {competition.owner_id}
    with writing():
        if earlier(by, key):
            return
        rows = Target.objects.filter(competition=competition).order_by("seq")
        stands = {
            (t.unit_id, t.measure, t.round): (t.value, None if t.subjects is None else tuple(t.subjects)) for t in rows
        }
        found, drafts = [], []
        seen: set[tuple[UUID, str, str]] = set()
        for at, row in enumerate(targets):
            place = (row.unit.id, row.measure, row.round)
            found += [*_takes_part(at, row.unit, units), *_round(at, row.round, rounds), *_target(at, row, scheme)]
            if place in seen:
                found.append(Problem(at, "measure", _("This target stands in the table twice.")))
            seen.add(place)
            if stands.get(place) == (row.value, row.subjects):
                continue
            if place in stands and not row.reason.strip():
                found.append(Problem(at, "reason", _("A target stands here already. Say why it changes.")))
            drafts.append(_draft(competition, row.unit, facts.TargetSet(
                unit=row.unit.id, measure=row.measure, round=row.round, value=row.value, subjects=row.subjects,
                reason=row.reason,
            )))
        _none_wrong(found)
        record_many(drafts=drafts, by=actor(by), apply=facts.apply, key=key)


def _target(at: int, row: NewTarget, scheme: Scheme) -> Iterator[Problem]:
    measure = scheme.measures.get(row.measure)
    if measure is None:
        yield Problem(at, "measure", _("The scheme has no measure {name}.").format(name=row.measure))
    if (row.value is None) == (row.subjects is None):
        yield Problem(at, "value", _("Give either a number or named projects."))
    if row.value is not None and row.value < 0:
        yield Problem(at, "value", _("A target cannot be negative."))
    if row.value is not None and row.value > LIMIT:
        yield Problem(at, "value", _("This number is too large."))
    if measure is not None and measure.only_listed and row.subjects is None and row.value is not None:
        words = _("{measure} counts named projects only. Name them.").format(measure=measure.title)
        yield Problem(at, "projects", words)


def set_figures(*, competition: Competition, figures: Sequence[NewFigure], by: Access, key: str = "") -> None:
    """Give figures that only their owner holds; an empty value takes one back. All or none. Raises RowsRefused."""
    scheme, rounds, units = scheme_in_force(competition), _rounds(competition), participating(competition)
    found: list[Problem] = []
    for at, row in enumerate(figures):
        found += [*_takes_part(at, row.unit, units), *_round(at, row.round, rounds)]
        if row.figure not in scheme.figures:
            found.append(Problem(at, "figure", _("The scheme has no figure {name}.").format(name=row.figure)))
        elif not may_give_figure(by, competition, row.figure):
            found.append(Problem(at, "figure", _("Only the owner of this figure or the office may give it.")))
        if row.value and not _is_number(row.value):
            found.append(Problem(at, "value", _("{value} is no number.").format(value=row.value[:LONGEST_FIGURE])))
    _none_wrong(found)
    with writing():
        if earlier(by, key):
            return
        rows = OwnersFigure.objects.filter(competition=competition).order_by("seq")
        stands = {(f.unit_id, f.figure, f.round): f.value for f in rows}
        drafts = [
            _draft(competition, row.unit, facts.FigureSet(
                unit=row.unit.id, figure=row.figure, round=row.round, value=row.value, reason=row.reason
            ))
            for row in figures if stands.get((row.unit.id, row.figure, row.round), "") != row.value
        ]
        record_many(drafts=drafts, by=actor(by), apply=facts.apply, key=key)


def _is_number(text: str) -> bool:
    try:
        Fraction(text)
    except (ValueError, ZeroDivisionError):
        return False
    return len(text) <= LONGEST_FIGURE


def set_adjustment(
    *, competition: Competition, unit: Unit, round_name: str, kind: str, points: int, document: str, by: Access,
    adjustment: UUID | None = None, key: str = "",
) -> UUID:
    """Give or take points (1/10000) by a document, within the range the scheme allows; or change the `adjustment` named
    (0 points cancel it). Answers its id. Raises Refused.
    """
    office_only(by, competition)
    rule = scheme_in_force(competition).adjustments.get(kind)
    if rule is None:
        raise Refused(_("The scheme has no adjustment {name}.").format(name=kind), field="kind")
    if not points and adjustment is None:
        raise Refused(_("No points were given or taken."), field="points")
    if points and not rule.low * 10000 <= points <= rule.high * 10000:
        raise Refused(
            _("The scheme allows {low} to {high} points here.").format(low=rule.low, high=rule.high), field="points"
        )
    if not document.strip():
        raise Refused(_("Name the document these points rest on."), field="document")
    if adjustment and not Adjustment.objects.filter(competition=competition, adjustment=adjustment).exists():
        raise Refused(_("There are no such points."), field="adjustment")
    _one(_takes_part(0, unit, participating(competition)), _round(0, round_name, _rounds(competition)))
    # The same click must say the same, so its id comes from its key.
    id_ = adjustment or (uuid.uuid5(competition.id, f"{actor(by)}:{key}") if key else uuid.uuid4())
    body = facts.AdjustmentSet(
        adjustment=id_, unit=unit.id, round=round_name, kind=kind, points=points, reason=document
    )
    record(draft=_draft(competition, unit, body), by=actor(by), apply=facts.apply, key=key)
    return id_


def set_waiver(
    *, competition: Competition, unit: Unit, item: str, round_name: str, reason: str, by: Access, key: str = ""
) -> None:
    """Excuse a unit from an item (force majeure, no such duty); an empty reason ends it. Raises Refused."""
    office_only(by, competition)
    scheme = scheme_in_force(competition)
    if all(item not in {i.name for i in group.items} for group in scheme.groups.values()):
        raise Refused(_("The scheme has no item {name}.").format(name=item), field="item")
    _one(_takes_part(0, unit, participating(competition)), _round(0, round_name, _rounds(competition)))
    body = facts.WaiverSet(unit=unit.id, item=item, round=round_name, reason=reason)
    record(draft=_draft(competition, unit, body), by=actor(by), apply=facts.apply, key=key)


def participating(competition: Competition) -> set[UUID]:
    """The units that stand in a group, in any round."""
    rows = Participant.objects.filter(competition=competition).order_by("seq")
    last = {(unit, name): group for unit, name, group in rows.values_list("unit_id", "round", "group")}
    return {unit for (unit, _name), group in last.items() if group}


def _rounds(competition: Competition) -> set[str]:
    return set(Round.objects.filter(competition=competition).values_list("name", flat=True))


def _takes_part(at: int, unit: Unit, units: Collection[UUID]) -> Iterator[Problem]:
    if unit.id not in units:
        yield Problem(at, "unit", _("{unit} takes no part in this competition.").format(unit=unit.short_name))


def _round(at: int, name: str, rounds: Collection[str]) -> Iterator[Problem]:
    if name not in rounds:
        yield Problem(at, "round", _("There is no round {name}.").format(name=name))


def _none_wrong(problems: Iterator[Problem] | list[Problem]) -> None:
    found = list(problems)
    if found:
        raise RowsRefused(found)


def _one(*checks: Iterator[Problem]) -> None:
    for check in checks:
        for problem in check:
            raise Refused(problem.message, problem.field)


def _draft(competition: Competition, unit: Unit, body: facts.Asked) -> Draft:
    return Draft(body=body, subject=competition.id, unit=unit.id, effective_on=clock.today())
