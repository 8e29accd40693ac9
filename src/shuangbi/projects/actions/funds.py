"""What pays for a project as promised: bond batches, plans by year and source, agreements. What came in are claims."""

from datetime import date

from django.utils.translation import gettext as _

from shuangbi.foundation import clock
from shuangbi.foundation.periods import month_end
from shuangbi.ledger.actions import Draft, record
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.projects import access, facts
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.checks import must
from shuangbi.projects.models import Project

BOND_MONTHS = 6


def grant_bond_batch(
    *, project: Project, batch: str, amount: int, issued_on: date, by: Access, spend_by: date | None = None,
    key: str = "",
) -> Fact:
    """Record special-bond money (分) issued on a day, to be spent within six months unless told otherwise.

    The same batch again corrects it. The claims that draw on it are a later room's.
    """
    last = spend_by or six_months_after(issued_on)
    checks.ordered(issued_on, last, "spend_by")
    body = facts.BondBatchGranted(
        batch=checks.text(batch, "batch", 60, least=1), amount=checks.money(amount, "amount", least=1),
        issued_on=checks.day(issued_on, "issued_on", past=True), spend_by=checks.day(last, "spend_by"),
    )
    return _record(project, body, issued_on, by, key)


def six_months_after(day: date) -> date:
    """The same day six months later, or the last of that month."""
    month = day.month - 1 + BOND_MONTHS
    year, month = day.year + month // 12, month % 12 + 1
    return min(month_end(year, month), date(year, month, min(day.day, month_end(year, month).day)))


def plan_funding(
    *, project: Project, year: int, source: str, amount: int, by: Access, key: str = ""
) -> Fact:
    """What a source is to give in a year, 分; the same year and source again replaces it, 0 takes it back."""
    must(2000 <= year <= 2100, _("This year lies too far away."), "year")
    body = facts.FundingPlanned(
        year=year, source=checks.text(source, "source", 60, least=1), amount=checks.money(amount, "amount")
    )
    return _record(project, body, clock.today(), by, key)


def sign_agreement(
    *, project: Project, reference: str, signed_on: date, by: Access, amount: int = 0, investment: int = 0,
    start_by: date | None = None, completion_by: date | None = None, production_by: date | None = None, key: str = "",
) -> Fact:
    """Record a contract and its promises (分, days); the same reference again corrects it."""
    promised = {"start_by": start_by, "completion_by": completion_by, "production_by": production_by}
    before: date = signed_on
    for field, day in promised.items():
        if day is not None:
            checks.ordered(before, checks.day(day, field), field)
            before = day
    body = facts.AgreementSigned(
        reference=checks.text(reference, "reference", 120, least=1),
        signed_on=checks.day(signed_on, "signed_on", past=True), amount=checks.money(amount, "amount"),
        investment=checks.money(investment, "investment"), **promised,
    )
    return _record(project, body, signed_on, by, key)


def _record(project: Project, body: Body, on: date, by: Access, key: str) -> Fact:
    person = checks.actor(by)
    must(access.may_edit(by, project.unit_id), _("You may not change projects of this unit."))
    draft = Draft(body=body, subject=project.id, unit=project.unit_id, effective_on=on)
    return record(draft=draft, by=person, apply=facts.apply, key=key)
