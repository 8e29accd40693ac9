"""Pages of claims."""

from shuangbi.claims.views.detail import claim_correct, claim_detail, claim_review, claim_withdraw
from shuangbi.claims.views.evidence import evidence_file, evidence_new
from shuangbi.claims.views.lists import claim_list, claim_queue
from shuangbi.claims.views.report import claim_new

__all__ = [
    "claim_correct", "claim_detail", "claim_list", "claim_new", "claim_queue", "claim_review", "claim_withdraw",
    "evidence_file", "evidence_new",
]
