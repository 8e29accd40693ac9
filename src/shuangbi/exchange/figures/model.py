"""What one figure read from a text is: the fields of the specification, exact numbers, one JSON line."""

import json
from dataclasses import MISSING, asdict, dataclass, fields

Number = int | str
"""A whole number, or a decimal kept as text; never a float."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact. Money is in 万 of `currency`, area in whole square metres, `rate` in per cent as text with at least
    one decimal; `span` is the exact substring of the text that begins at `span_start`. What is not said is None."""

    kind: str
    subject: str | None
    stage: str
    count: int | None
    target: Number | None
    actual: Number | None
    rate: str | None
    amount_wan: Number | None
    amount_qualifier: str | None
    currency: str | None
    area_m2: int | None
    unit_price: Number | None
    unit_price_unit: str | None
    price_role: str | None
    period: str | None
    place: str | None
    span: str
    span_start: int
    measure: str | None = None
    """count or money: what target and actual are numbers of (indicators only)."""
    area_of: str | None = None
    """land or building."""
    count_qualifier: str | None = None
    target_qualifier: str | None = None
    actual_qualifier: str | None = None
    count_max: int | None = None
    target_max: Number | None = None
    actual_max: Number | None = None
    amount_wan_max: Number | None = None
    area_m2_max: int | None = None
    unit_price_max: Number | None = None
    planned: bool = False
    """True for an occasion that is only announced."""

    def to_json(self) -> str:
        """One line: the eighteen fields always, the optional ones only where they say something."""
        values = {
            key: value for key, value in asdict(self).items() if key in CORE or value not in (None, False)
        }
        return json.dumps(values, ensure_ascii=False)


CORE = frozenset(field.name for field in fields(Figure) if field.default is MISSING)
