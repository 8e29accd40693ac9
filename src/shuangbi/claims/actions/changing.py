"""What happens to a claim beside its review: correction, withdrawal, more evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.claims import facts
from shuangbi.claims.actions.evidence import File, files_that_stand, stored_among
from shuangbi.claims.actions.reporting import NewClaim, check_values, ground_of, tidied
from shuangbi.claims.actions.reviewing import (
    append,
    done_before,
    leave_stage,
    open_claim,
    reach_stage,
    reason_text,
)
from shuangbi.claims.amounts import Foreign
from shuangbi.claims.choices import REPORT, Act, State
from shuangbi.claims.lifecycle import first_step
from shuangbi.claims.models import Claim, Evidence
from shuangbi.claims.queries import last_values_fact
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import Role


@dataclass(frozen=True)
class Correction:
    """What a claim should say instead. Kind, unit and project stay: for another one, withdraw and report anew."""

    effective_on: date
    amount: int = 0
    title: str = ""
    note: str = ""
    due_on: date | None = None
    due_amount: int = 0
    foreign: Foreign | None = None


def correct_claim(*, claim: UUID, new: Correction, by: Access, reason: str, key: str = "") -> None:
    """Give a claim new values; the earlier fact stays and is named.

    Before the check, and when returned, the unit corrects and the review begins anew. Later the office does, and the
    claim keeps its state; a recognised stage moves to the new day. Raises Refused.
    """
    why = reason_text(reason, needed=True)
    with writing():
        if done_before(claim, by, key, facts.Corrected.KIND):
            return
        found = open_claim(claim, Act.CORRECTED, by)
        values = _checked(found, new)
        if found.state != State.RETURNED and not _differs(found, values):
            raise Refused(_("Nothing is different from what the claim says already."))
        if found.state == State.RECOGNISED and values.amount > found.amount:
            raise Refused(_("More than was recognised is not a correction. Revoke the claim and report it anew."), field="amount")
        body = _body(found, values, by, why)
        append(found, body, by, key, on=values.effective_on)
        if found.state == State.RECOGNISED and values.effective_on != found.effective_on:
            leave_stage(found, by, why)
            reach_stage(found, by, values.effective_on)


def _checked(claim: Claim, new: Correction) -> NewClaim:
    row = NewClaim(
        kind=claim.kind, unit=claim.unit_id, project=claim.project_id, bond_batch=claim.bond_batch_id,
        effective_on=new.effective_on, amount=new.amount, title=new.title, note=new.note, due_on=new.due_on,
        due_amount=new.due_amount, foreign=new.foreign,
    )
    row = tidied(row)
    check_values(row, ground_of([row], besides=claim.id))
    return row


def _differs(claim: Claim, new: NewClaim) -> bool:
    said = (claim.effective_on, claim.amount, claim.title, claim.note, claim.due_on, claim.due_amount, claim.currency)
    says = (new.effective_on, new.amount, new.title, new.note, new.due_on, new.due_amount,
            new.foreign.currency if new.foreign else "CNY")
    return said != says


def _body(claim: Claim, new: NewClaim, by: Access, reason: str) -> facts.Corrected:
    state, following, part = claim.state, claim.next_step, REPORT
    if claim.state in {State.REPORTED, State.RETURNED}:
        held = frozenset({Role.UNIT_LEAD} if claim.unit_id in by.units_as({Role.UNIT_LEAD}) else ())
        state, following = State.REPORTED, first_step(claim.rule.chain, held)
    elif claim.state == State.RECOGNISED:
        part = claim.rule.chain[-1].name
    money = new.foreign
    return facts.Corrected(
        replaces=last_values_fact(claim.id), amount=new.amount, reason=reason, state=state, next_step=following,
        step=part, title=new.title, note=new.note, due_on=new.due_on, due_amount=new.due_amount,
        currency=money.currency if money else "CNY", foreign_minor=money.minor if money else None,
        rate=money.rate if money else "", rate_on=money.rate_on if money else None,
        rate_source=money.rate_source if money else "",
    )


def withdraw_claim(*, claim: UUID, by: Access, reason: str = "", key: str = "") -> None:
    """Take a claim back before it is recognised. Raises Refused."""
    why = reason_text(reason, needed=False)
    with writing():
        if done_before(claim, by, key, facts.Withdrawn.KIND):
            return
        found = open_claim(claim, Act.WITHDRAWN, by)
        append(found, facts.Withdrawn(reason=why), by, key)


def add_evidence(*, claim: UUID, files: Sequence[File], by: Access, key: str = "") -> None:
    """Put more papers behind a claim. Raises Refused: none given, the same file again, or not this person's to do."""
    with writing():
        if done_before(claim, by, key, facts.EvidenceAdded.KIND):
            return
        found = open_claim(claim, Act.EVIDENCE_ADDED, by)
        if not files:
            raise Refused(_("Choose a file."), field="evidence")
        named = files_that_stand(files, stored_among(file.sha256 for file in files))
        there = set(Evidence.objects.filter(claim=found).values_list("file_id", flat=True))
        again = next((name for sha256, name, _kind in named if sha256 in there), "")
        if again:
            raise Refused(_("The file {name} is already there.").format(name=again), field="evidence")
        append(found, facts.EvidenceAdded(evidence=named), by, key)
