"""Running a competition: open it, upload and freeze its scheme, open and close rounds, say what is asked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.competitions import facts
from shuangbi.competitions.access import may_give_figure, may_run
from shuangbi.competitions.choices import RoundKind, RoundState
from shuangbi.competitions.models import Competition, Round, SchemeFile
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record, record_many
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.models import Unit
from shuangbi_engine import scheme_file
from shuangbi_engine.scheme import Scheme


@dataclass(frozen=True)
class NewCompetition:
    """What is entered of a competition."""

    slug: str
    name: str
    owner: Unit
    office: str
    basis: str
    starts_on: date
    ends_on: date
    name_en: str = ""


@dataclass(frozen=True)
class NewRound:
    """What is entered of a round; a year to date counts from the competition's first day unless said otherwise."""

    name: str
    kind: str
    starts_on: date
    ends_on: date
    counts_from: date | None = None
    year: str = ""
    previous: str = ""
    cutoff_on: date | None = None


@dataclass(frozen=True)
class NewTarget:
    """One target: a number in base units, or named projects."""

    unit: Unit
    measure: str
    round: str
    value: int | None = None
    subjects: tuple[str, ...] | None = None
    reason: str = ""


def _by(access: Access) -> UUID:
    if access.person is None:
        raise Refused(_("Log in first."))
    return access.person.id


def _office_only(access: Access, competition: Competition) -> None:
    if not may_run(access, competition):
        raise Refused(_("Only the competition's office may do this."))


def open_competition(*, new: NewCompetition, by: Access, key: str = "") -> Competition:
    """Open a competition of a unit; only that unit's office may. Raises Refused."""
    if not by.has(*OFFICE, unit=new.owner.id):
        raise Refused(_("Only the office of this unit may open a competition for it."), field="owner")
    if new.ends_on < new.starts_on:
        raise Refused(_("The last day lies before the first."), field="ends_on")
    with writing():
        existing = Competition.objects.filter(slug=new.slug).first()
        if existing and not key:
            raise Refused(_("The address {slug} is taken.").format(slug=new.slug), field="slug")
        body = facts.CompetitionOpened(
            slug=new.slug, name=new.name, name_en=new.name_en, owner=new.owner.id, office=new.office,
            basis=new.basis, starts_on=new.starts_on, ends_on=new.ends_on,
        )
        draft = Draft(body=body, subject=uuid.uuid4(), unit=new.owner.id, effective_on=new.starts_on)
        fact = record(draft=draft, by=_by(by), apply=facts.apply, key=key)
    return Competition.objects.get(id=fact.subject)


def upload_scheme(*, competition: Competition, text: str, by: Access) -> SchemeFile:
    """Keep a scheme file as a draft. Raises scheme_file.SchemeRefused with line, reason and remedy when it is wrong."""
    _office_only(by, competition)
    scheme = scheme_file.parse_scheme(text)
    with writing():
        return SchemeFile.objects.create(
            competition=competition, title=scheme.title, digest=scheme.digest, text=text, uploaded_by=by.person,
            uploaded_at=clock.now(),
        )


def freeze_scheme(*, file: SchemeFile, by: Access, key: str = "") -> SchemeFile:
    """Make a draft the rule, by a second person of the office. Raises Refused for the uploader and for a frozen one."""
    _office_only(by, file.competition)
    person = _by(by)
    if file.uploaded_by_id == person:
        raise Refused(_("A scheme is frozen by another person than the one who uploaded it."))
    with writing():
        file.refresh_from_db()
        if file.frozen_seq is not None:
            if key:
                return file
            raise Refused(_("This scheme is frozen already."))
        body = facts.SchemeFrozen(
            competition=file.competition_id, title=file.title, digest=file.digest, text=file.text,
            uploaded_by=file.uploaded_by_id,
        )
        draft = Draft(body=body, subject=file.id, unit=file.competition.owner_id, effective_on=clock.today())
        record(draft=draft, by=person, apply=facts.apply, key=key)
        file.refresh_from_db()
    return file


def open_round(*, competition: Competition, new: NewRound, by: Access, key: str = "") -> Round:
    """Open a round. Raises Refused when its name is taken or its dates are impossible."""
    _office_only(by, competition)
    if new.kind not in RoundKind.values:
        raise Refused(_("{kind} is no kind of round.").format(kind=new.kind), field="kind")
    if new.ends_on < new.starts_on:
        raise Refused(_("The last day lies before the first."), field="ends_on")
    with writing():
        if not key and Round.objects.filter(competition=competition, name=new.name).exists():
            raise Refused(_("There is a round {name} already.").format(name=new.name), field="name")
        body = facts.RoundOpened(
            competition=competition.id, name=new.name, kind=new.kind, starts_on=new.starts_on, ends_on=new.ends_on,
            counts_from=new.counts_from or competition.starts_on, year=new.year, previous=new.previous,
            cutoff_on=new.cutoff_on,
        )
        draft = Draft(body=body, subject=uuid.uuid4(), unit=competition.owner_id, effective_on=new.starts_on)
        fact = record(draft=draft, by=_by(by), apply=facts.apply, key=key)
    return Round.objects.get(id=fact.subject)


def close_round(*, round_: Round, by: Access, reason: str = "", key: str = "") -> None:
    """Close a round to further claims."""
    _office_only(by, round_.competition)
    if round_.state == RoundState.CLOSED and not key:
        raise Refused(_("This round is closed already."))
    draft = Draft(
        body=facts.RoundClosed(reason=reason), subject=round_.id, unit=round_.competition.owner_id,
        effective_on=clock.today(),
    )
    record(draft=draft, by=_by(by), apply=facts.apply, key=key)


def reopen_round(*, round_: Round, by: Access, reason: str, key: str = "") -> None:
    """Open a closed round again, for a reason that is kept."""
    _office_only(by, round_.competition)
    if not reason.strip():
        raise Refused(_("Say why the round is opened again."), field="reason")
    draft = Draft(
        body=facts.RoundReopened(reason=reason), subject=round_.id, unit=round_.competition.owner_id,
        effective_on=clock.today(),
    )
    record(draft=draft, by=_by(by), apply=facts.apply, key=key)


def set_participants(
    *, competition: Competition, groups: Sequence[tuple[Unit, str]], by: Access, round_name: str = "", reason: str = "",
    key: str = "",
) -> None:
    """Put units into peer groups; an empty group takes a unit out. Raises Refused for a group the scheme lacks."""
    _office_only(by, competition)
    scheme = _scheme(competition)
    for unit, group in groups:
        if group and group not in scheme.groups:
            raise Refused(
                _("The scheme has no group {group}; it has {known}.").format(
                    group=group, known="、".join(scheme.groups)
                ),
                field="group",
            )
    drafts = [
        Draft(
            body=facts.ParticipantSet(unit=unit.id, group=group, round=round_name, reason=reason),
            subject=competition.id, unit=unit.id, effective_on=clock.today(),
        )
        for unit, group in groups
    ]
    record_many(drafts=drafts, by=_by(by), apply=facts.apply, key=key)


def set_targets(*, competition: Competition, targets: Sequence[NewTarget], by: Access, key: str = "") -> None:
    """Set or revise targets; a revision of one that stands needs its reason. All or none. Raises Refused."""
    _office_only(by, competition)
    scheme = _scheme(competition)
    rounds = set(Round.objects.filter(competition=competition).values_list("name", flat=True))
    for target in targets:
        if target.measure not in scheme.measures:
            raise Refused(_("The scheme has no measure {name}.").format(name=target.measure), field="measure")
        if target.round not in rounds:
            raise Refused(_("There is no round {name}.").format(name=target.round), field="round")
        if target.value is not None and target.value < 0:
            raise Refused(_("A target cannot be negative."), field="value")
    drafts = [
        Draft(
            body=facts.TargetSet(
                unit=t.unit.id, measure=t.measure, round=t.round, value=t.value, subjects=t.subjects, reason=t.reason
            ),
            subject=competition.id, unit=t.unit.id, effective_on=clock.today(),
        )
        for t in targets
    ]
    record_many(drafts=drafts, by=_by(by), apply=facts.apply, key=key)


def set_figure(
    *, competition: Competition, unit: Unit, figure: str, round_name: str, value: str, by: Access, reason: str = "",
    key: str = "",
) -> None:
    """Give a figure that only its owner holds; an empty value takes it back. Raises Refused."""
    if not may_give_figure(by, competition, figure):
        raise Refused(_("Only the owner of this figure or the office may give it."))
    scheme = _scheme(competition)
    if figure not in scheme.figures:
        raise Refused(_("The scheme has no figure {name}.").format(name=figure), field="figure")
    if value:
        try:
            Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise Refused(_("{value} is no number.").format(value=value), field="value") from None
    body = facts.FigureSet(unit=unit.id, figure=figure, round=round_name, value=value, reason=reason)
    draft = Draft(body=body, subject=competition.id, unit=unit.id, effective_on=clock.today())
    record(draft=draft, by=_by(by), apply=facts.apply, key=key)


def set_adjustment(
    *, competition: Competition, unit: Unit, round_name: str, kind: str, points: int, document: str, by: Access,
    adjustment: UUID | None = None, key: str = "",
) -> UUID:
    """Give or take points (1/10000) by a document, within the range the scheme allows. Raises Refused."""
    _office_only(by, competition)
    rule = _scheme(competition).adjustments.get(kind)
    if rule is None:
        raise Refused(_("The scheme has no adjustment {name}.").format(name=kind), field="kind")
    if points and not rule.low * 10000 <= points <= rule.high * 10000:
        raise Refused(
            _("The scheme allows {low} to {high} points here.").format(low=rule.low, high=rule.high), field="points"
        )
    if not document.strip():
        raise Refused(_("Name the document these points rest on."), field="document")
    id_ = adjustment or uuid.uuid4()
    body = facts.AdjustmentSet(
        adjustment=id_, unit=unit.id, round=round_name, kind=kind, points=points, reason=document
    )
    draft = Draft(body=body, subject=competition.id, unit=unit.id, effective_on=clock.today())
    record(draft=draft, by=_by(by), apply=facts.apply, key=key)
    return id_


def set_waiver(
    *, competition: Competition, unit: Unit, item: str, round_name: str, reason: str, by: Access, key: str = ""
) -> None:
    """Excuse a unit from an item (force majeure, no such duty); an empty reason ends it. Raises Refused."""
    _office_only(by, competition)
    scheme = _scheme(competition)
    if all(item not in {i.name for i in group.items} for group in scheme.groups.values()):
        raise Refused(_("The scheme has no item {name}.").format(name=item), field="item")
    body = facts.WaiverSet(unit=unit.id, item=item, round=round_name, reason=reason)
    draft = Draft(body=body, subject=competition.id, unit=unit.id, effective_on=clock.today())
    record(draft=draft, by=_by(by), apply=facts.apply, key=key)


def _scheme(competition: Competition) -> Scheme:
    file = frozen_scheme(competition)
    if file is None:
        raise Refused(_("Freeze a scheme first."))
    return parsed(file)
