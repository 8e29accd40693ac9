"""Reporting claims, one or many: all or none, every problem named by row and field."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from shuangbi.claims import access, facts, lifecycle
from shuangbi.claims.actions.evidence import File, files_that_stand, stored_among
from shuangbi.claims.amounts import Foreign, checked_amount, fen_of
from shuangbi.claims.choices import LIVE, RULES, Kind, Rule
from shuangbi.claims.models import Claim
from shuangbi.claims.queries import floors
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Problem, Refused, RowsRefused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, record_many
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Unit
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.registry import needed
from shuangbi.projects.lifecycle import missing
from shuangbi.projects.models import Agreement, BondBatch, Project

MOST_ROWS = 5000


@dataclass(frozen=True)
class NewClaim:
    """What is entered of a claim. `amount` and `due_amount` in 分 or 平方米 by kind; with `foreign` the amount follows."""

    kind: str
    unit: UUID
    effective_on: date
    project: UUID | None = None
    title: str = ""
    amount: int = 0
    note: str = ""
    due_on: date | None = None
    due_amount: int = 0
    bond_batch: UUID | None = None
    foreign: Foreign | None = None
    evidence: tuple[File, ...] = ()

    @property
    def once_key(self) -> tuple[object, ...]:
        """What no two claims that stand may share."""
        return (self.unit, self.project, "" if self.project else self.title, self.kind, self.effective_on)


@dataclass(frozen=True)
class Ground:
    """What the checks of a batch stand on, read once: units, projects, batches, files, claims that stand, lower bounds."""

    units: dict[UUID, Unit]
    projects: dict[UUID, Project]
    batches: dict[UUID, UUID]
    kept: set[str]
    standing: set[tuple[object, ...]]
    floors: dict[UUID, list[tuple[int, date, str]]]
    contracts: dict[UUID, date]


def report_claim(*, new: NewClaim, by: Access, key: str = "") -> UUID:
    """Report one claim; its id. Raises RowsRefused with what is wrong."""
    return report_claims(rows=[new], by=by, key=key)[0]


def report_claims(*, rows: Sequence[NewClaim], by: Access, key: str = "") -> list[UUID]:
    """Report claims, all or none; their ids in order. Raises RowsRefused naming row, field and reason of each problem."""
    person = checks.actor(by)
    if len(rows) > MOST_ROWS:
        raise Refused(_("At most {most} claims at once.").format(most=MOST_ROWS))
    with writing():
        ids = [_claim_id(person, key, place) for place in range(len(rows))]
        again = bool(key) and Claim.objects.filter(id__in=ids).exists()
        clean, problems = _tidied(rows)
        ground = ground_of(list(clean.values()))
        drafts = []
        for place, row in clean.items():
            try:
                if not again:
                    _check(row, by, ground)
                drafts.append(_draft(row, ids[place], by, ground))
            except Refused as problem:
                problems.append(Problem(place, problem.field, problem.message))
        if problems:
            raise RowsRefused(sorted(problems, key=lambda problem: problem.row))
        record_many(drafts=drafts, by=person, apply=facts.apply, key=key)
    return ids


def _claim_id(person: UUID, key: str, place: int) -> UUID:
    return uuid.uuid5(person, f"claim {key}#{place}") if key else uuid.uuid4()


def was_reported(*, by: Access, key: str) -> bool:
    """Whether a form with this key has reported its claim already."""
    return bool(key) and Claim.objects.filter(id=_claim_id(checks.actor(by), key, 0)).exists()


def ground_of(rows: Sequence[NewClaim], besides: UUID | None = None) -> Ground:
    """Read what the checks of these rows need; `besides` is a claim that is being corrected."""
    project_ids = {row.project for row in rows if row.project}
    titles = {row.title for row in rows if not row.project}
    live = Claim.objects.filter(state__in=LIVE).exclude(id__in=[besides] if besides else []).order_by()
    live = live.filter(Q(project_id__in=project_ids) | Q(project__isnull=True, title__in=titles))
    keys = ("unit_id", "project_id", "title", "kind", "effective_on")
    standing: set[tuple[object, ...]] = {
        (unit, project, "" if project else title, kind, day)
        for unit, project, title, kind, day in live.values_list(*keys)
    }
    return Ground(
        units=Unit.objects.in_bulk({row.unit for row in rows}),
        projects=Project.objects.in_bulk(project_ids),
        batches=dict(
            BondBatch.objects.filter(id__in={r.bond_batch for r in rows if r.bond_batch}).values_list("id", "project_id")
        ),
        kept=stored_among(file.sha256 for row in rows for file in row.evidence),
        standing=standing,
        floors=floors(project_ids),
        contracts=dict(
            Agreement.objects.filter(project_id__in=project_ids).order_by()
            .values_list("project_id").annotate(first=Min("signed_on"))
        ),
    )


def tidied(row: NewClaim) -> NewClaim:
    """The row with its texts tidied and foreign money made 分; the same input gives the same row. Raises Refused."""
    if row.kind not in RULES:
        raise Refused(_("{kind} is no kind of claim.").format(kind=row.kind), field="kind")
    if row.foreign and RULES[row.kind].amount != "fen":
        raise Refused(_("Only money has a currency."), field="currency")
    return replace(
        row,
        title=checks.text(row.title, "title", 160, least=0 if row.project or RULES[row.kind].needs_project else 2),
        note=checks.text(row.note, "note", 500, lines=True),
        amount=fen_of(row.foreign) if row.foreign else row.amount,
        foreign=row.foreign and row.foreign.tidy(),
    )


def _tidied(rows: Sequence[NewClaim]) -> tuple[dict[int, NewClaim], list[Problem]]:
    """The rows that can be read at all, by place, and what is wrong with the others."""
    clean: dict[int, NewClaim] = {}
    problems = []
    for place, row in enumerate(rows):
        try:
            clean[place] = tidied(row)
        except Refused as problem:
            problems.append(Problem(place, problem.field, problem.message))
    return clean, problems


def _check(row: NewClaim, by: Access, ground: Ground) -> None:
    """Raise Refused for the first thing that is wrong with a row; a good one joins the claims that stand."""
    if row.unit not in ground.units or not access.may_report(by, row.unit):
        raise Refused(_("You do not report for this unit."), field="unit")
    _check_project(row, RULES[row.kind], by, ground)
    check_values(row, ground)
    ground.standing.add(row.once_key)
    files_that_stand(row.evidence, ground.kept)


def _check_project(row: NewClaim, rule: Rule, by: Access, ground: Ground) -> None:
    if row.project is None:
        if rule.needs_project:
            raise Refused(_("Say which project this is about."), field="project")
        return
    project = ground.projects.get(row.project)
    if project is None or not access.may_report_on(by, project):
        raise Refused(_("There is no such project of your unit."), field="project")
    if rule.stage and missing(project, rule.stage):
        raise Refused(needed(missing(project, rule.stage)[0]), field="project")


def check_values(row: NewClaim, ground: Ground) -> None:
    """What a tidied claim says is possible, and is not said already; shared by reporting and correcting. Raises Refused."""
    unit = RULES[row.kind].amount
    check_day(row, ground)
    if row.foreign and row.foreign.rate_on > clock.today():
        raise Refused(_("This day is still to come."), field="rate_on")
    checked_amount(row.amount, unit)
    if row.due_amount:
        checked_amount(row.due_amount, unit, field="due_amount")
    if row.bond_batch and (row.kind != Kind.BOND_DRAWN or ground.batches.get(row.bond_batch) != row.project):
        raise Refused(_("This bond batch is not one of the project's."), field="bond_batch")
    if row.once_key in ground.standing:
        raise Refused(
            _("The same claim stands already: same unit, project, kind and day."), field="effective_on"
        )


def check_day(row: NewClaim, ground: Ground) -> None:
    """The day has come, the unit stood on it, and nothing that must come first lies after it. Raises Refused."""
    checks.day(row.effective_on, "effective_on", past=True)
    unit = ground.units[row.unit]
    if not unit.stands_on(row.effective_on):
        raise Refused(_("{unit} did not exist on this day.").format(unit=unit), field="effective_on")
    rank = RULES[row.kind].rank
    if not rank or row.project is None:
        return
    contract = ground.contracts.get(row.project)
    if contract and row.effective_on < contract:
        raise Refused(
            _("The project's first contract is of {day}: nothing can be reached before it.").format(day=contract),
            field="effective_on",
        )
    for earlier, day, kind in ground.floors.get(row.project, ()):
        if earlier < rank and row.effective_on < day:
            raise Refused(
                _("“{kind}” is recognised for {day}: this cannot lie before it.").format(kind=Kind(kind).label, day=day),
                field="effective_on",
            )


def _draft(row: NewClaim, id_: UUID, by: Access, ground: Ground) -> Draft:
    chain = RULES[row.kind].chain
    held = frozenset({Role.UNIT_LEAD} if row.unit in by.units_as({Role.UNIT_LEAD}) else ())
    money = row.foreign
    body = facts.Reported(
        kind=row.kind, unit=row.unit, amount=row.amount, next_step=lifecycle.first_step(chain, held),
        project=row.project, title=row.title, note=row.note, due_on=row.due_on, due_amount=row.due_amount,
        bond_batch=row.bond_batch, evidence=files_that_stand(row.evidence, ground.kept),
        currency=money.currency if money else "CNY", foreign_minor=money.minor if money else None,
        rate=money.rate if money else "", rate_on=money.rate_on if money else None,
        rate_source=money.rate_source if money else "",
    )
    return Draft(body=body, subject=id_, effective_on=row.effective_on, unit=row.unit)
