"""Writing claims: reporting, reviewing, changing. Each action is one transaction and is done once per key."""

from shuangbi.claims.actions.changing import Correction, add_evidence, correct_claim, withdraw_claim
from shuangbi.claims.actions.evidence import File, keep_evidence
from shuangbi.claims.actions.reporting import NewClaim, report_claim, report_claims, was_reported
from shuangbi.claims.actions.reviewing import (
    Outcome,
    check_claim,
    recognise_claim,
    refuse_claim,
    return_claim,
    review_many,
    was_done,
)

__all__ = [
    "Correction", "File", "NewClaim", "Outcome", "add_evidence", "check_claim", "correct_claim", "keep_evidence",
    "recognise_claim", "refuse_claim", "report_claim", "report_claims", "return_claim", "review_many",
    "was_done", "was_reported", "withdraw_claim",
]
