"""Running a competition: open it, upload and freeze its scheme, open and close rounds, say what is asked."""

from shuangbi.competitions.actions.asking import (
    NewFigure,
    NewParticipant,
    NewTarget,
    set_adjustment,
    set_figures,
    set_participants,
    set_targets,
    set_waiver,
)
from shuangbi.competitions.actions.rules import (
    NewCompetition,
    NewRound,
    close_round,
    freeze_scheme,
    open_competition,
    open_round,
    reopen_round,
    upload_scheme,
)

__all__ = [
    "NewCompetition", "NewFigure", "NewParticipant", "NewRound", "NewTarget", "close_round", "freeze_scheme",
    "open_competition", "open_round", "reopen_round", "set_adjustment", "set_figures", "set_participants",
    "set_targets", "set_waiver", "upload_scheme",
]
