"""Runs a chain of functions over a group and keeps every step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .function import Column
from .functions import FUNCTIONS
from .scheme import Scheme, Source, Step
from .values import MeasuredValues, SubjectRow, year_of


@dataclass(frozen=True, slots=True)
class Traced:
    """A step as it ran: `depth` 0 in the item's own chain, deeper inside a blend or table."""

    step: Step
    depth: int
    before: Column
    after: Column


@dataclass(slots=True)
class Chain:
    """The inputs of one group in one round, and the steps that have run."""

    scheme: Scheme
    values: MeasuredValues
    participants: Sequence[str]
    trace: list[Traced] = field(default_factory=list)
    depth: int = 0

    def column(self, source: Source) -> Column:
        """The values of an input for everyone in the group.

        A counted measure is 0 where nothing counts; a target of 0 is no duty and so nothing.
        """
        if source.kind == "number":
            return dict.fromkeys(self.participants, source.number)
        found = self._found(source)
        return {name: found.get(name) for name in self.participants}

    def _found(self, source: Source) -> Mapping[str, Fraction]:
        if source.kind == "measure":
            return self.values.measured.get((source.name, self.scheme.measures[source.name].window), {})
        if source.kind == "figure":
            return self.values.figures.get(source.name, {})
        asked = self.values.round
        of_round = asked.round if source.kind == "target" else year_of(asked)
        targets = self.values.targets.get((source.name, of_round), {})
        return {name: target for name, target in targets.items() if target}

    def rows(self, measure: str) -> Mapping[str, tuple[SubjectRow, ...]]:
        """The counted subjects of a measure for everyone in the group."""
        found = self.values.subjects.get(measure, {})
        return {name: found.get(name, ()) for name in self.participants}

    def chain(self, steps: tuple[Step, ...]) -> Column:
        """Run a chain inside a step; its steps are kept one level deeper."""
        self.depth += 1
        column = self.run(steps)
        self.depth -= 1
        return column

    def run(self, steps: tuple[Step, ...]) -> Column:
        """Run a chain to its end."""
        column: Column = dict.fromkeys(self.participants)
        for step in steps:
            after = FUNCTIONS[step.function].apply(column, step.settings, self)
            self.trace.append(Traced(step, self.depth, column, after))
            column = after
        return column
