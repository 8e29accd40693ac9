"""A project's facts as sentences of one time line. Reads nothing: whoever calls brings facts and names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.foundation.clock import local
from shuangbi.foundation.formats import day_text, rate_text
from shuangbi.foundation.parts import Entry
from shuangbi.ledger.models import Fact
from shuangbi.projects import facts as said
from shuangbi.projects.choices import MARKER_NAMES, CodeSystem, EventKind, Money, Part, Stage, TaggingKind
from shuangbi.projects.lifecycle import Light
from shuangbi.projects.models import Assignment, Event, Milestone, Project
from shuangbi_engine.numbers import quantity_text

UNIT_FIELDS = ("unit", "bringer", "park")


@dataclass(frozen=True)
class Names:
    """Names for the ids that stand in facts."""

    people: dict[UUID, str]
    units: dict[UUID, str]
    milestones: dict[UUID, str]
    assignments: dict[UUID, Assignment]


def units_named(facts: Iterable[Fact]) -> set[UUID]:
    """The units that these facts name in their bodies."""
    found: set[str | None] = set()
    for fact in facts:
        if fact.kind == said.CreditSet.KIND:
            found.add(fact.data["unit"])
        elif fact.kind == said.Registered.KIND:
            found |= {fact.data.get(field) for field in UNIT_FIELDS}
        elif fact.kind == said.AttributeChanged.KIND:
            found |= {fact.data["changes"].get(field) for field in UNIT_FIELDS}
    return {UUID(text) for text in found if text}


def told_by_facts(facts: Iterable[Fact], names: Names) -> list[Entry]:
    """One entry a fact; when it was learned later than it was true, that is said."""
    entries = []
    values: dict[str, Any] = {}
    for fact in facts:
        teller = TELLERS.get(fact.kind)
        if teller is None:
            continue
        if fact.kind == said.AttributeChanged.KIND:
            title, text, state = _changed(fact, names, values)
        else:
            title, text, state = teller(fact, names)
        if fact.kind == said.Registered.KIND:
            values.update(fact.data)
        learned = local(fact.recorded_at).date()
        if learned != fact.effective_on:
            late = _("entered on %(day)s") % {"day": day_text(learned)}
            text = f"{text} · {late}" if text else late
        entries.append(Entry(fact.effective_on, title, text, state, by=names.people.get(fact.actor, "") if fact.actor else ""))
    return entries


def open_promise(milestone: Milestone, light: Light) -> Entry:
    """A milestone that is still to come, at its planned day."""
    text = light.text
    if milestone.forecast_on != milestone.planned_on:
        text += " · " + _("expected on %(day)s") % {"day": day_text(milestone.forecast_on)}
    return Entry(milestone.planned_on, milestone.title, text, "overdue" if light.state == "overdue" else "planned")


def at_event(event: Event) -> Entry:
    """The project stood on the list of an event."""
    return Entry(event.held_on, EventKind(event.kind).label, event.name)


def value_text(field: str, value: Any, names: Names) -> str:
    """A field's value as people read it."""
    if value in (None, "", 0):
        return _("nothing")
    if field in Money.values:
        return quantity_text(Fraction(int(value)), "fen")
    if field in UNIT_FIELDS:
        return names.units.get(UUID(str(value)), str(value))
    return str(value)


Told = tuple[Any, str, str]


def _changed(fact: Fact, names: Names, values: dict[str, Any]) -> Told:
    body = said.AttributeChanged.read(fact)
    labels = {field: str(getattr(Project._meta.get_field(field), "verbose_name", field)) for field in body.changes}
    texts = [
        f"{labels[field]}: {value_text(field, values.get(field), names)} → {value_text(field, value, names)}"
        for field, value in body.changes.items()
    ]
    values.update(body.changes)
    return _("Changed"), " · ".join([*texts, body.reason]), "done"


def _registered(fact: Fact, names: Names) -> Told:
    body = said.Registered.read(fact)
    reason = body.not_duplicate_because
    other = _("another project than those alike: %(reason)s") % {"reason": reason} if reason else ""
    return _("Registered"), " · ".join(filter(None, [body.code, other])), "done"


def _listed(fact: Fact, names: Names) -> Told:
    body = said.Listed.read(fact)
    name = MARKER_NAMES.get(body.code, body.code)
    if body.marker == TaggingKind.LIST:
        return _("Added to the list %(name)s") % {"name": name}, body.reason, "done"
    return _("Tagged %(name)s") % {"name": name}, body.reason, "done"


def _unlisted(fact: Fact, names: Names) -> Told:
    body = said.Unlisted.read(fact)
    name = MARKER_NAMES.get(body.code, body.code)
    if body.marker == TaggingKind.LIST:
        return _("Taken from the list %(name)s") % {"name": name}, body.reason, "stopped"
    return _("Tag %(name)s removed") % {"name": name}, body.reason, "stopped"


def _code_given(fact: Fact, names: Names) -> Told:
    body = said.CodeGiven.read(fact)
    return CodeSystem(body.system).label, body.code, "done"


def _credit_set(fact: Fact, names: Names) -> Told:
    body = said.CreditSet.read(fact)
    title = _("Share of %(unit)s: %(share)s") % {
        "unit": names.units.get(body.unit, str(body.unit)), "share": rate_text(body.share, 2),
    }
    span = f"{day_text(body.starts_on) if body.starts_on else ''}–{day_text(body.ends_on) if body.ends_on else ''}"
    return title, f"{body.contract} {span.strip('–') and span}".strip(), "done"


def _milestone_set(fact: Fact, names: Names) -> Told:
    body = said.MilestoneSet.read(fact)
    return _("Promised: %(name)s") % {"name": body.title}, _("by %(day)s") % {"day": day_text(body.planned_on)}, "done"


def _milestone_moved(fact: Fact, names: Names) -> Told:
    body = said.MilestoneMoved.read(fact)
    name = names.milestones.get(body.milestone, "")
    if body.planned_on is not None:
        title = _("New plan for %(name)s: %(day)s") % {"name": name, "day": day_text(body.planned_on)}
    else:
        title = _("%(name)s is now expected on %(day)s") % {"name": name, "day": day_text(body.forecast_on)}
    return title, body.reason, "done"


def _milestone_reached(fact: Fact, names: Names) -> Told:
    body = said.MilestoneReached.read(fact)
    return _("Milestone reached: %(name)s") % {"name": names.milestones.get(body.milestone, "")}, body.note, "done"


def _stage_reached(fact: Fact, names: Names) -> Told:
    body = said.StageReached.read(fact)
    text = _("by a recognised claim") if body.claim else body.reason
    return _("Stage: %(stage)s") % {"stage": Stage(body.stage).label}, text, "done"


def _stage_withdrawn(fact: Fact, names: Names) -> Told:
    body = said.StageWithdrawn.read(fact)
    text = body.reason or (_("the claim no longer stands") if body.claim else "")
    return _("No longer at the stage: %(stage)s") % {"stage": Stage(body.stage).label}, text, "stopped"


def _person_assigned(fact: Fact, names: Names) -> Told:
    body = said.PersonAssigned.read(fact)
    text = names.people.get(body.person, "")
    if body.stage:
        text += f" ({Stage(body.stage).label})"
    return Part(body.part).label, text, "done"


def _person_released(fact: Fact, names: Names) -> Told:
    row = names.assignments.get(said.PersonReleased.read(fact).assignment)
    name = names.people.get(row.person_id, "") if row else ""
    part = Part(row.part).label if row else ""
    return _("No longer: %(part)s") % {"part": part}, name, "stopped"


def _bond_batch(fact: Fact, names: Names) -> Told:
    body = said.BondBatchGranted.read(fact)
    text = _("%(amount)s, to be spent by %(day)s") % {
        "amount": quantity_text(Fraction(body.amount), "fen"), "day": day_text(body.spend_by),
    }
    return _("Special bond issued: %(batch)s") % {"batch": body.batch}, text, "done"


def _funding_plan(fact: Fact, names: Names) -> Told:
    body = said.FundingPlanned.read(fact)
    title = _("Funding planned for %(year)s") % {"year": str(body.year)}
    return title, f"{body.source} {quantity_text(Fraction(body.amount), 'fen')}", "done"


def _agreement(fact: Fact, names: Names) -> Told:
    body = said.AgreementSigned.read(fact)
    amount = quantity_text(Fraction(body.amount), "fen") if body.amount else ""
    return _("Contract signed: %(reference)s") % {"reference": body.reference}, amount, "done"


TELLERS: dict[str, Callable[[Fact, Names], Told]] = {
    said.Registered.KIND: _registered,
    said.AttributeChanged.KIND: lambda fact, names: _changed(fact, names, {}),
    said.Listed.KIND: _listed,
    said.Unlisted.KIND: _unlisted,
    said.CodeGiven.KIND: _code_given,
    said.CreditSet.KIND: _credit_set,
    said.MilestoneSet.KIND: _milestone_set,
    said.MilestoneMoved.KIND: _milestone_moved,
    said.MilestoneReached.KIND: _milestone_reached,
    said.StageReached.KIND: _stage_reached,
    said.StageWithdrawn.KIND: _stage_withdrawn,
    said.PersonAssigned.KIND: _person_assigned,
    said.PersonReleased.KIND: _person_released,
    said.BondBatchGranted.KIND: _bond_batch,
    said.FundingPlanned.KIND: _funding_plan,
    said.AgreementSigned.KIND: _agreement,
}
