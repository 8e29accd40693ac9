"""What an outcome rule is: a label that follows from results and targets. It never gives points."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .function import Parameter
from .scheme import OutcomeRule, Scheme
from .values import MeasuredValues


@dataclass(frozen=True, slots=True)
class Label:
    """A label for one participant; `order` is the place in the list that is read out, from 1."""

    participant: str
    label: str
    order: int
    measure: str = ""
    target: Fraction | None = None
    actual: Fraction | None = None
    rate: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a rule may look at: measured values and, per group, ranks and compared scores."""

    scheme: Scheme
    values: MeasuredValues
    ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """A kind of outcome rule: its settings and what it says of everyone in a group."""

    name: str
    title: str
    title_en: str
    labels: Mapping[str, tuple[str, str]]
    parameters: tuple[Parameter, ...]
    apply: Callable[[OutcomeRule, Results], tuple[Label, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A participant's target and actual in one measure for the round."""

    participant: str
    target: Fraction | None
    actual: Fraction

    @property
    def rate(self) -> Fraction | None:
        """Actual ÷ target; None without a target or with a target of 0."""
        return self.actual / self.target if self.target else None


def compared(results: Results, group: str, measure: str) -> list[Comparison]:
    """Targets and actuals of a group in a measure, over the round."""
    values = results.values
    targets = values.targets.get((measure, values.round.round), {})
    actuals = values.measured.get((measure, "round"), {})
    return [
        Comparison(one.participant, targets.get(one.participant), actuals.get(one.participant, Fraction(0)))
        for one in values.participants[group]
    ]
