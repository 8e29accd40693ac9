"""The columns of one group in one round at one seq: measures, figures and targets, computed when asked."""

from datetime import date
from fractions import Fraction

from shuangbi_engine.tables import Participant

from .counting import Counted, counted, passes, window
from .functions import Column, Inputs
from .reading import Known, Tree, World, known_at, members_of, named_in, number, target_of, units_of, year_of

WHOLE = "city"


class Counting:
    """What the claims of a world come to at a seq; every measure's parts are found once."""

    def __init__(self, world: World, seq: int) -> None:
        self.rules: Tree = world.rules
        self.known: Known = known_at(world, seq)
        self._parts: dict[str, list[Counted]] = {}

    def parts(self, measure: str) -> list[Counted]:
        """Everything that passes a measure's filter, on whatever day and for whatever unit."""
        if measure not in self._parts:
            rule = self.rules["measures"][measure]
            found = counted(self.known, self.rules, rule)
            self._parts[measure] = [part for part in found if passes(part, rule.get("where", {}))]
        return self._parts[measure]

    def inside(self, measure: str, round_name: str, span: str = "") -> list[Counted]:
        """The parts in a measure's own window of a round, or in another."""
        days = window(self.known, self.known.rounds[round_name], span or self.rules["measures"][measure]["window"])
        return [part for part in self.parts(measure) if days is not None and _within(part.day, days)]

    def of_participant(self, measure: str, row: Participant, round_name: str, span: str = "") -> list[Counted]:
        """What a measure counts for a participant: what its units have, of the named projects only where it says so."""
        found = [part for part in self.inside(measure, round_name, span) if part.unit in units_of(row)]
        if self.listed(measure):
            named = named_in(self.known, row.participant, measure, round_name)
            found = [part for part in found if part.subject in named]
        return found

    def of_whole(self, measure: str, round_name: str, span: str = "") -> list[Counted]:
        """What a measure counts over all units; named projects are those that the targets of the whole name."""
        found = self.inside(measure, round_name, span)
        if self.listed(measure):
            named = self.named_of_whole(measure, round_name)
            found = [part for part in found if part.subject in named]
        return found

    def named_of_whole(self, measure: str, round_name: str) -> set[str]:
        """The projects named for the whole: in its own target or in that of anyone who is scored."""
        everyone = [who for who, row in members_of(self.known, round_name).items() if self.scored(row)]
        return set().union(*(named_in(self.known, who, measure, round_name) for who in (*everyone, WHOLE)))

    def scored(self, row: Participant) -> bool:
        """Whether a participant is in a group of the scheme."""
        return row.group in self.rules["groups"]

    def listed(self, measure: str) -> bool:
        """Whether only named projects count."""
        return self.rules["measures"][measure].get("only_listed") == "yes"

    def summed(self, measure: str, parts: list[Counted]) -> Fraction:
        """The sum that the measure takes."""
        if self.rules["measures"][measure]["take"] == "count":
            return sum((part.count for part in parts), Fraction(0))
        return Fraction(sum(part.amount for part in parts))

    def members(self, group: str, round_name: str) -> dict[str, Participant]:
        """Who is scored in a group in a round."""
        rows = members_of(self.known, round_name)
        return {who: row for who, row in sorted(rows.items()) if row.group == group}


def _within(day: date, days: tuple[date, date]) -> bool:
    return days[0] <= day <= days[1]


class GroupInputs(Inputs):
    """Where the chains of a group take their columns from, in a round."""

    def __init__(self, counting: Counting, group: str, round_name: str) -> None:
        self.counting = counting
        self.known = counting.known
        self.round = round_name
        self.rows = counting.members(group, round_name)
        self.everyone = list(self.rows)

    def column(self, source: str, of: str) -> Column:
        """A measure, a figure, a target or a number for everyone."""
        if source in self.counting.rules["measures"]:
            span = self.counting.rules["measures"][source]["window"]
            if window(self.known, self.known.rounds[self.round], span) is None:
                return dict.fromkeys(self.everyone)
            return {who: self.counting.summed(source, self.projects(source, who)) for who in self.everyone}
        if source in self.counting.rules.get("figures", {}):
            return {who: self.known.figures.get((who, source, self.round)) for who in self.everyone}
        if source in ("target", "year_target"):
            asked = self.round if source == "target" else year_of(self.known.rounds[self.round])
            found = {who: target_of(self.known, who, of, asked) for who in self.everyone}
            return {who: value or None for who, value in found.items()}
        return dict.fromkeys(self.everyone, number(source))

    def projects(self, measure: str, who: str) -> list[Counted]:
        """What a measure counted for a participant."""
        return self.counting.of_participant(measure, self.rows[who], self.round)
