"""The kinds of outcome rules, one file each."""

from shuangbi_engine.outcome import OutcomeKind

from .ahead_behind import AHEAD_BEHIND
from .list_label import LIST

OUTCOMES: dict[str, OutcomeKind] = {kind.name: kind for kind in (AHEAD_BEHIND, LIST)}
