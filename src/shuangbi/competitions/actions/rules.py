"""The rules of a competition: open it, upload and freeze its scheme, open and close its rounds."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shuangbi.competitions import facts
from shuangbi.competitions.actions.checks import actor, earlier, office_only
from shuangbi.competitions.choices import MONTH_NAME, ROUND_NAME, RoundKind, RoundState
from shuangbi.competitions.models import Competition, Round, SchemeFile
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.models import Unit
from shuangbi_engine import scheme_file


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


def open_competition(*, new: NewCompetition, by: Access, key: str = "") -> Competition:
    """Open a competition of a unit; only that unit's office may. Raises Refused."""
    if not by.has(*OFFICE, unit=new.owner.id):
        raise Refused(_("Only the office of this unit may open a competition for it."), field="owner")
    if new.ends_on < new.starts_on:
        raise Refused(_("The last day lies before the first."), field="ends_on")
    with writing():
        if not earlier(by, key) and Competition.objects.filter(slug=new.slug).exists():
            raise Refused(_("The address {slug} is taken.").format(slug=new.slug), field="slug")
        body = facts.CompetitionOpened(
            slug=new.slug, name=new.name, name_en=new.name_en, owner=new.owner.id, office=new.office,
            basis=new.basis, starts_on=new.starts_on, ends_on=new.ends_on,
        )
        draft = Draft(body=body, subject=uuid.uuid4(), unit=new.owner.id, effective_on=new.starts_on)
        fact = record(draft=draft, by=actor(by), apply=facts.apply, key=key)
    return Competition.objects.get(id=fact.subject)


def upload_scheme(*, competition: Competition, text: str, by: Access, key: str = "") -> SchemeFile:
    """Keep a scheme file as a draft. Raises scheme_file.SchemeRefused with line, reason and remedy when it is wrong."""
    office_only(by, competition)
    scheme = scheme_file.parse_scheme(text)
    with writing():
        id_ = uuid.uuid5(competition.id, f"{actor(by)}:{key}") if key else uuid.uuid4()
        file, _new = SchemeFile.objects.get_or_create(
            id=id_,
            defaults={
                "competition": competition, "title": scheme.title, "digest": scheme.digest, "text": text,
                "uploaded_by": by.person, "uploaded_at": clock.now(),
            },
        )
    return file


def freeze_scheme(*, file: SchemeFile, by: Access, key: str = "") -> SchemeFile:
    """Make a draft the rule, by a second person of the office. Raises Refused for the uploader and for a frozen one."""
    office_only(by, file.competition)
    if file.uploaded_by_id == actor(by):
        raise Refused(_("A scheme is frozen by another person than the one who uploaded it."))
    with writing():
        file.refresh_from_db()
        if file.frozen_seq is not None:
            if earlier(by, key):
                return file
            raise Refused(_("This scheme is frozen already."))
        body = facts.SchemeFrozen(
            competition=file.competition_id, title=file.title, digest=file.digest, text=file.text,
            uploaded_by=file.uploaded_by_id,
        )
        draft = Draft(body=body, subject=file.id, unit=file.competition.owner_id, effective_on=clock.today())
        record(draft=draft, by=actor(by), apply=facts.apply, key=key)
        file.refresh_from_db()
    return file


def open_round(*, competition: Competition, new: NewRound, by: Access, key: str = "") -> Round:
    """Open a round. Raises Refused when its name is taken, its dates are impossible or a round it names is unknown."""
    office_only(by, competition)
    if new.kind not in RoundKind.values:
        raise Refused(_("{kind} is no kind of round.").format(kind=new.kind), field="kind")
    if new.ends_on < new.starts_on:
        raise Refused(_("The last day lies before the first."), field="ends_on")
    if not ROUND_NAME.fullmatch(new.name) or (new.kind == RoundKind.MONTH and not MONTH_NAME.fullmatch(new.name)):
        raise Refused(_("Name a round like 2020-09 (a month), 2020-Q3, 2020-W40 or 2020."), field="name")
    counts_from = new.counts_from or competition.starts_on
    if counts_from > new.ends_on:
        raise Refused(_("The year to date cannot begin after the round."), field="counts_from")
    with writing():
        known = set(Round.objects.filter(competition=competition).values_list("name", flat=True))
        if not earlier(by, key) and new.name in known:
            raise Refused(_("There is a round {name} already.").format(name=new.name), field="name")
        for field, named in (("year", new.year), ("previous", new.previous)):
            if named and named not in known:
                raise Refused(_("There is no round {name}.").format(name=named), field=field)
        body = facts.RoundOpened(
            competition=competition.id, name=new.name, kind=new.kind, starts_on=new.starts_on, ends_on=new.ends_on,
            counts_from=counts_from, year=new.year, previous=new.previous, cutoff_on=new.cutoff_on,
        )
        draft = Draft(body=body, subject=uuid.uuid4(), unit=competition.owner_id, effective_on=new.starts_on)
        fact = record(draft=draft, by=actor(by), apply=facts.apply, key=key)
    return Round.objects.get(id=fact.subject)


def close_round(*, round_: Round, by: Access, reason: str = "", key: str = "") -> None:
    """Close a round to further claims. Raises Refused when it is closed."""
    office_only(by, round_.competition)
    with writing():
        round_.refresh_from_db()
        if not earlier(by, key) and round_.state == RoundState.CLOSED:
            raise Refused(_("This round is closed already."))
        _change(round_, facts.RoundClosed(reason=reason), by, key)


def reopen_round(*, round_: Round, by: Access, reason: str, key: str = "") -> None:
    """Open a closed round again, for a reason that is kept. Raises Refused without one and for an open round."""
    office_only(by, round_.competition)
    if not reason.strip():
        raise Refused(_("Say why the round is opened again."), field="reason")
    with writing():
        round_.refresh_from_db()
        if not earlier(by, key) and round_.state == RoundState.OPEN:
            raise Refused(_("This round is open."))
        _change(round_, facts.RoundReopened(reason=reason), by, key)


def _change(round_: Round, body: facts.RoundClosed | facts.RoundReopened, by: Access, key: str) -> None:
    draft = Draft(body=body, subject=round_.id, unit=round_.competition.owner_id, effective_on=clock.today())
    record(draft=draft, by=actor(by), apply=facts.apply, key=key)
    round_.refresh_from_db()
