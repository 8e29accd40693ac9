"""The vocabulary of scoring functions, one file each."""

from shuangbi_engine.function import Function

from .blend import BLEND
from .clamp import CLAMP
from .deduction import DEDUCTION
from .gap import GAP
from .gate import GATE
from .growth import GROWTH
from .minmax import MINMAX
from .multiply import MULTIPLY
from .per_item import PER_ITEM
from .rank import RANK
from .ratio import RATIO
from .scale import SCALE
from .share import SHARE_OF
from .slope import SLOPE
from .table import TABLE
from .value import VALUE
from .versus_group import VERSUS_GROUP
from .when_missing import WHEN_MISSING

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        VALUE,
        RATIO,
        GROWTH,
        SHARE_OF,
        GAP,
        VERSUS_GROUP,
        MINMAX,
        RANK,
        TABLE,
        SLOPE,
        PER_ITEM,
        BLEND,
        GATE,
        CLAMP,
        SCALE,
        MULTIPLY,
        WHEN_MISSING,
        DEDUCTION,
    )
}
