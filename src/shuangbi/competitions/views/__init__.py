"""Pages: competitions, schemes, rounds, and what is asked."""

from shuangbi.competitions.views.asked import (
    adjustment_set,
    figure_list,
    figure_set,
    participant_list,
    target_list,
    target_set,
    waiver_set,
)
from shuangbi.competitions.views.rules import (
    competition_detail,
    competition_list,
    competition_new,
    round_close,
    round_open,
    round_reopen,
    scheme_detail,
    scheme_freeze,
    scheme_upload,
)

__all__ = [
    "adjustment_set", "competition_detail", "competition_list", "competition_new", "figure_list", "figure_set",
    "participant_list", "round_close", "round_open", "round_reopen", "scheme_detail", "scheme_freeze", "scheme_upload",
    "target_list", "target_set", "waiver_set",
]
