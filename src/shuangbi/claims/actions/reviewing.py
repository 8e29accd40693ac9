"""Reviewing claims: confirm, check, recognise, return, refuse; one or many, each once per key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.claims import facts
from shuangbi.claims.access import why_not
from shuangbi.claims.amounts import amount_text, checked_amount
from shuangbi.claims.choices import Act, State
from shuangbi.claims.lifecycle import ACT_OF_STEP, step_after
from shuangbi.claims.models import Claim
from shuangbi.claims.queries import claims_visible_to, steps_taken
from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.actions import Draft, KeyReused, record
from shuangbi.ledger.body import Body
from shuangbi.ledger.queries import facts_under
from shuangbi.organisations.access import Access
from shuangbi.projects.actions import checks
from shuangbi.projects.actions.stages import stage_reached, stage_withdrawn

LONGEST_REASON = 500


def done_before(claim: UUID, by: Access, key: str, *kinds: str) -> bool:
    """Whether this very click was carried out already. Raises KeyReused when the key stood for something else."""
    earlier = facts_under(key, actor=checks.actor(by)) if key else []
    if earlier and (earlier[0].subject != claim or earlier[0].kind not in kinds):
        raise KeyReused(key)
    return bool(earlier)


def was_done(*, claim: UUID, by: Access, key: str) -> bool:
    """Whether a form with this key was carried out on this claim already."""
    return bool(key) and any(fact.subject == claim for fact in facts_under(key, actor=checks.actor(by)))


def open_claim(claim: UUID, act: Act, by: Access) -> Claim:
    """The claim, when this person may do this to it now. Raises Refused with the reason why not."""
    found = visible_claim(claim, by)
    denied = why_not(by, found, act, steps_taken([claim]).get(claim, {}))
    if denied:
        raise Refused(denied)
    return found


def visible_claim(claim: UUID, by: Access) -> Claim:
    """The claim as it stands. Raises Refused where there is none that this person may see."""
    found = claims_visible_to(by).filter(id=claim).first()
    if found is None:
        raise Refused(_("There is no such claim."))
    return found


def append(claim: Claim, body: Body, by: Access, key: str, on: date | None = None) -> None:
    """Record one fact about a claim; its day is the claim's."""
    draft = Draft(body=body, subject=claim.id, unit=claim.unit_id, effective_on=on or claim.effective_on)
    record(draft=draft, by=checks.actor(by), apply=facts.apply, key=key)


def reason_text(reason: str, *, needed: bool) -> str:
    """A reason, tidied; two characters at least where one is needed. Raises Refused."""
    if needed and not reason.strip():
        raise Refused(_("Give the reason."), field="reason")
    return checks.text(reason, "reason", LONGEST_REASON, least=2 if needed else 0, lines=True)


def check_claim(*, claim: UUID, by: Access, reason: str = "", key: str = "") -> None:
    """Take the next step before recognition: the unit's confirmation, or a check, which makes it a 快报数.

    Raises Refused: not this person's step, their own claim, or the claim stands elsewhere.
    """
    why = reason_text(reason, needed=False)
    with writing():
        if done_before(claim, by, key, facts.Confirmed.KIND, facts.Checked.KIND):
            return
        step = visible_claim(claim, by).waiting_for
        act = ACT_OF_STEP[step.reaches] if step else Act.CHECKED
        found = open_claim(claim, Act.CHECKED if act == Act.RECOGNISED else act, by)
        following = step_after(found.rule.chain, found.next_step)
        body = facts.Confirmed if act == Act.CONFIRMED else facts.Checked
        append(found, body(step=found.next_step, next_step=following, reason=why), by, key)


def recognise_claim(
    *, claim: UUID, by: Access, amount: int | None = None, reason: str = "", recognised_on: date | None = None,
    key: str = "",
) -> None:
    """Recognise a claim: a 认定数 from now on, and its project reaches the stage. `amount` in 分 or 平方米.

    A lower amount needs a reason; a higher one is refused, but where 分 are fixed from foreign money. Raises Refused.
    """
    why = reason_text(reason, needed=False)
    with writing():
        if done_before(claim, by, key, facts.Recognised.KIND):
            return
        found = open_claim(claim, Act.RECOGNISED, by)
        settled = _settled_amount(found, amount, why)
        day = checks.day(recognised_on or clock.today(), "recognised_on", past=True)
        if day < found.effective_on:
            raise Refused(_("It cannot be recognised before it was done."), field="recognised_on")
        body = facts.Recognised(step=found.next_step, amount=settled, recognised_on=day, reason=why)
        append(found, body, by, key)
        reach_stage(found, by, found.effective_on)


def _settled_amount(claim: Claim, amount: int | None, reason: str) -> int:
    if amount is None or amount == claim.amount:
        return claim.amount
    checked_amount(amount, claim.rule.amount)
    if amount > claim.amount and claim.currency == "CNY":
        reported = amount_text(claim.amount, claim.rule.amount)
        raise Refused(
            _("At most {amount} was reported. Return the claim if it is more.").format(amount=reported), field="amount"
        )
    if not reason:
        raise Refused(_("Give the reason why another amount is recognised."), field="reason")
    return amount


def reach_stage(claim: Claim, by: Access, on: date) -> None:
    """Tell the project that a recognised claim reached its stage."""
    if claim.rule.stage and claim.project:
        stage_reached(
            project=claim.project, stage=claim.rule.stage, on=on, claim=claim.id, by=checks.actor(by)
        )


def leave_stage(claim: Claim, by: Access, reason: str) -> None:
    """Tell the project that the claim which reached its stage no longer stands."""
    if claim.rule.stage and claim.project:
        stage_withdrawn(
            project=claim.project, stage=claim.rule.stage, claim=claim.id, by=checks.actor(by), reason=reason[:300]
        )


def return_claim(*, claim: UUID, by: Access, reason: str, key: str = "") -> None:
    """Send a claim back to its unit, to be corrected or withdrawn; it counts no longer. Raises Refused."""
    why = reason_text(reason, needed=True)
    with writing():
        if done_before(claim, by, key, facts.Returned.KIND):
            return
        found = open_claim(claim, Act.RETURNED, by)
        append(found, facts.Returned(reason=why, step=found.next_step), by, key)


def refuse_claim(*, claim: UUID, by: Access, reason: str, key: str = "") -> None:
    """Refuse a claim, or revoke its recognition, which undoes its project's stage. Raises Refused."""
    why = reason_text(reason, needed=True)
    with writing():
        if done_before(claim, by, key, facts.Refused.KIND):
            return
        revokes = visible_claim(claim, by).state == State.RECOGNISED
        found = open_claim(claim, Act.REVOKED if revokes else Act.REFUSED, by)
        append(found, facts.Refused(reason=why, step=found.next_step, revokes=revokes), by, key)
        if revokes:
            leave_stage(found, by, why)


@dataclass(frozen=True)
class Outcome:
    """What became of one claim of a batch: done, or why not."""

    claim: UUID
    done: bool
    message: str = ""


REVIEWS: dict[str, Callable[..., None]] = {
    "check": check_claim, "recognise": recognise_claim, "return": return_claim, "refuse": refuse_claim,
}


def review_many(
    *, claims: Sequence[UUID], decision: str, by: Access, reason: str = "", key: str = ""
) -> list[Outcome]:
    """Decide on many claims, each for itself: what can be done is done, and every other one says why not.

    `decision` is check, recognise, return or refuse; the last two need a reason. Raises Refused when it is none of these.
    """
    if decision not in REVIEWS:
        raise Refused(_("Say what is to be done with the claims."), field="decision")
    if decision in {"return", "refuse"}:
        reason_text(reason, needed=True)
    outcomes = []
    for claim in dict.fromkeys(claims):
        try:
            REVIEWS[decision](claim=claim, by=by, reason=reason, key=f"{key}:{claim}" if key else "")
        except Refused as problem:
            outcomes.append(Outcome(claim, False, problem.message))
        except KeyReused:
            outcomes.append(Outcome(claim, False, _("This form was sent before with another decision.")))
        else:
            outcomes.append(Outcome(claim, True))
    return outcomes
