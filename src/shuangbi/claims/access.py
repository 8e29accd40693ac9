"""Who may do what with claims. Scope is a matter of units; the steps of review are read from the chain of the kind."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from shuangbi.claims.choices import REPORT, REPORTERS, Act, State, Step
from shuangbi.claims.lifecycle import ACT_OF_STEP, may_follow, same_person
from shuangbi.claims.models import Claim
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import OFFICE, Role
from shuangbi.projects.models import Project

# Who has taken which step of a claim: step → people.
Taken = Mapping[str, frozenset[UUID]]
UNIT_ROLES = frozenset({Role.REPORTER, Role.UNIT_LEAD})


def may_report(access: Access, unit: UUID) -> bool:
    """A reporter or lead of the unit (or of one above it), and the office."""
    return unit in access.units_as(REPORTERS)


def may_report_somewhere(access: Access) -> bool:
    """Whether there is a unit this person reports for."""
    return bool(access.units_as(REPORTERS))


def may_report_on(access: Access, project: Project) -> bool:
    """Whether the project is owned or was brought by a unit this person reports for."""
    units = access.units_as(REPORTERS)
    return project.unit_id in units or project.bringer_id in units


def units_for_step(access: Access, step: Step, indicator: str) -> frozenset[UUID]:
    """The units whose claims this person may take through a step."""
    return access.units_as(step.roles, indicator if step.for_indicator else None)


def why_not(access: Access, claim: Claim, act: Act, taken: Taken) -> str:
    """Why this person may not do this to the claim now; empty when they may. The claim is one they may see."""
    if access.person is None:
        return _("Log in first.")
    if not may_follow(claim.state, act):
        return _("This claim stands at “{state}”: that is not open now.").format(state=claim.get_state_display())
    match act:
        case Act.CONFIRMED | Act.CHECKED | Act.RECOGNISED:
            return _next_step_denied(access, claim, act, taken)
        case Act.RETURNED | Act.REFUSED:
            step = claim.waiting_for
            return "" if step and not _step_denied(access, claim, step, taken) else _office_denied(access, claim, taken)
        case Act.REVOKED:
            return _office_denied(access, claim, taken)
        case Act.WITHDRAWN:
            return _withdrawal_denied(access, claim)
        case Act.CORRECTED:
            if claim.state in {State.CHECKED, State.RECOGNISED}:
                return _office_denied(access, claim, taken)
            return _unit_denied(access, claim)
        case _:
            step = claim.waiting_for
            reviews = step and claim.unit_id in units_for_step(access, step, claim.rule.indicator)
            return "" if reviews else _unit_denied(access, claim)


def acts_open(access: Access, claim: Claim, taken: Taken) -> list[Act]:
    """Everything this person may do to the claim now."""
    return [act for act in Act if act != Act.REPORTED and not why_not(access, claim, act, taken)]


def _next_step_denied(access: Access, claim: Claim, act: Act, taken: Taken) -> str:
    step = claim.waiting_for
    if step is None or ACT_OF_STEP[step.reaches] != act:
        return _("The next step of this claim is another one: {step}.").format(step=step.title if step else "–")
    return _step_denied(access, claim, step, taken)


def _step_denied(access: Access, claim: Claim, step: Step, taken: Taken) -> str:
    if claim.unit_id not in units_for_step(access, step, claim.rule.indicator):
        return _("This step belongs to others: {step}.").format(step=step.title)
    return _same_person_denied(access, step, taken)


def _same_person_denied(access: Access, step: Step, taken: Taken) -> str:
    earlier = same_person(step, access.person.id, taken) if access.person else ""
    if earlier == REPORT:
        return _("You reported or corrected this claim yourself: the step needs another person.")
    if earlier:
        return _("You took an earlier step of this claim: this one needs another person.")
    return ""


def _office_denied(access: Access, claim: Claim, taken: Taken) -> str:
    if claim.unit_id not in access.units_as(OFFICE):
        return _("Only the competition office may do this.")
    if access.person and access.person.id in taken.get(REPORT, frozenset()):
        return _("You reported or corrected this claim yourself: the step needs another person.")
    return ""


def _unit_denied(access: Access, claim: Claim) -> str:
    own = access.person is not None and access.person.id == claim.reported_by_id
    if claim.unit_id in access.units_as(UNIT_ROLES) or (own and may_report(access, claim.unit_id)):
        return ""
    return _("Only the unit that reported may do this.")


def _withdrawal_denied(access: Access, claim: Claim) -> str:
    own = access.person is not None and access.person.id == claim.reported_by_id
    if claim.unit_id in access.units_as({Role.UNIT_LEAD}) or (own and may_report(access, claim.unit_id)):
        return ""
    return _("Only who reported a claim, or the unit's lead, may withdraw it.")
