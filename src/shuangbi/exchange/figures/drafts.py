"""A fact while it is being put together, and how it ends as a figure: the specification's rule "Which kind"."""

from dataclasses import dataclass, field

from shuangbi.exchange.figures.quantities import Quantity


@dataclass(slots=True)
class Draft:
    """Numbers found so far. `form` is count, money, project or parcel; the kind is settled when the text is read."""

    form: str
    stage: str | None = None
    subject: str | None = None
    size: Quantity | None = None
    """A plain number of projects, which may turn out to be an actual."""
    pool: Quantity | None = None
    target: Quantity | None = None
    actual: Quantity | None = None
    rate: Quantity | None = None
    amount: Quantity | None = None
    area: Quantity | None = None
    area_of: str | None = None
    price: Quantity | None = None
    price_role: str | None = None
    period: str | None = None
    place: str | None = None
    planned: bool = False
    wish: bool = False
    """The target is only striven for (力争, 计划)."""
    occasion: bool = False
    cumulative: bool = False
    slice: bool = False
    stock: bool = False
    funds: bool = False
    """The amount is funds in place, so the number of projects is a performance."""
    lonely: bool = False
    """Money done with neither target nor rate: `amount_wan` states it too."""
    is_date: bool = False
    marks: list[int] = field(default_factory=list)
    """Absolute places in the squeezed text that belong to the fact: its span reaches over them."""
    parent: "Draft | None" = None
    repeats: "Draft | None" = None
    """The event that this is only a second mention of; it says something only with a number of its own."""

    def mark(self, base: int, *quantities: Quantity) -> None:
        """Let the span reach over these numbers."""
        for quantity in quantities:
            self.marks += [base + quantity.start, base + quantity.end - 1]

    @property
    def kind(self) -> str:
        """Indicator with a target, rate, pool or running total; breakdown as a slice; event otherwise."""
        if self.form in ("project", "parcel"):
            return self.form
        if self.target or self.actual or self.rate or self.pool or self.funds:
            return "indicator"
        if self.slice:
            return "breakdown"
        if self.cumulative and not self.occasion:
            return "indicator"
        return "indicator" if self.stock and not self.occasion else "event"

    @property
    def measure(self) -> str | None:
        """What target and actual are numbers of."""
        if self.kind != "indicator":
            return None
        return "money" if self.form == "money" else "count"

    def settle(self) -> None:
        """A running total's plain number is its actual; a slice takes its parent's stage."""
        if self.kind == "indicator":
            if self.size and self.form == "count" and self.actual is None and not (self.target and self.pool):
                self.actual, self.size = self.size, None
            elif self.size and self.pool is None:
                self.pool, self.size = self.size, None
        if self.slice and self.parent is not None and self.stage is None:
            self.stage = self.parent.stage
