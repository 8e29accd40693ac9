"""City totals and outcomes as docs/scheme-files.md tells them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shuangbi_engine.tables import Participant, Round

from .assessment import WHOLE, Counting
from .counting import counts_from
from .reading import Known, Tree, members_of, target_of, year_of


@dataclass(frozen=True)
class Standing:
    """An indicator for a participant or the whole."""

    actual: Fraction
    target: Fraction | None
    to_date: Fraction
    year_target: Fraction | None
    expected: Fraction | None

    @property
    def ahead(self) -> Fraction | None:
        """Percentage points ahead of the schedule; None without a year's target."""
        if not self.year_target or self.expected is None:
            return None
        return (self.to_date - self.expected) / self.year_target * 100


def progress(counting: Counting, round_name: str) -> dict[tuple[str, str], Standing]:
    """Every indicator for the whole and for each participant shown."""
    city = counting.rules.get("city")
    if city is None:
        return {}
    rows = members_of(counting.known, round_name)
    shown = {who: row for who, row in rows.items() if row.group == city.get("group", row.group)}
    found = {}
    for measure in city["indicators"]:
        for who, row in [*shown.items(), (WHOLE, None)]:
            found[measure, who] = _standing(counting, measure, who, row, round_name)
    return found


def _standing(
    counting: Counting, measure: str, who: str, row: Participant | None, round_name: str
) -> Standing:
    def done(span: str) -> Fraction:
        if row is None:
            return counting.summed(measure, counting.of_whole(measure, round_name, span))
        return counting.summed(measure, counting.of_participant(measure, row, round_name, span))

    known, asked, schedule = counting.known, counting.known.rounds[round_name], counting.rules["city"]["schedule"]

    def target(of_round: str) -> Fraction | None:
        return _whole_or_own(counting, who, round_name, lambda one: target_of(known, one, measure, of_round))

    return Standing(
        actual=done("round"),
        target=target(round_name),
        to_date=done("to_date"),
        year_target=target(year_of(asked)),
        expected=_whole_or_own(
            counting, who, round_name, lambda one: _expected(known, schedule, asked, measure, one)
        ),
    )


def _whole_or_own(
    counting: Counting, who: str, round_name: str, ask: Callable[[str], Fraction | None]
) -> Fraction | None:
    """What is asked of a participant, or of the whole: its own or the sum over those of the group that have one."""
    city = counting.rules["city"]
    if who != WHOLE or city["target"] == "own":
        return ask(who)
    members = members_of(counting.known, round_name).values()
    asked = [ask(row.participant) for row in members if row.group == city["group"]]
    there_are = [value for value in asked if value is not None]
    return sum(there_are, Fraction(0)) if there_are else None


def _expected(known: Known, schedule: str, asked: Round, measure: str, who: str) -> Fraction | None:
    """What was to be reached by the end of the round, where the year has a target."""
    year = known.rounds.get(year_of(asked))
    years = target_of(known, who, measure, year_of(asked))
    if year is None or years is None:
        return None
    begun = counts_from(known, asked)
    if schedule == "days":
        of_year = _days(begun, year.end)
        return years * min(_days(begun, asked.end), of_year) / of_year if of_year else None
    if asked.round == year.round:
        return years
    targets = [
        target_of(known, who, measure, row.round)
        for row in known.rounds.values()
        if (row.kind, row.year) == (asked.kind, year.round) and row.start >= begun and row.end <= asked.end
    ]
    there_are = [target for target in targets if target is not None]
    return sum(there_are, Fraction(0)) if there_are else None


def _days(first: date, last: date) -> int:
    return max((last - first).days + 1, 0)


@dataclass(frozen=True)
class Place:
    """A participant in one measure of an outcome."""

    who: str
    actual: Fraction
    target: Fraction | None

    @property
    def rate(self) -> Fraction:
        """Done by asked; 0 where nothing is asked."""
        return self.actual / self.target if self.target else Fraction(0)

    @property
    def status(self) -> str:
        """Exceeded, met, missed, zero or no_task."""
        if not self.target:
            return "no_task"
        if self.actual == 0:
            return "zero"
        if self.actual == self.target:
            return "met"
        return "exceeded" if self.actual > self.target else "missed"

    @property
    def order(self) -> tuple[int, Fraction, Fraction, str]:
        """By rate, then actual, highest first, then name; zeros after all others, those without a task last."""
        last = {"zero": 1, "no_task": 2}.get(self.status, 0)
        return last, -self.rate, -self.actual, self.who


def places(counting: Counting, rule: Tree, measure: str, round_name: str) -> list[Place]:
    """The participants of a group in the order of one measure, in the round's own days."""
    found = []
    for who, row in counting.members(rule["group"], round_name).items():
        actual = counting.summed(measure, counting.of_participant(measure, row, round_name, "round"))
        found.append(Place(who, actual, target_of(counting.known, who, measure, round_name)))
    return sorted(found, key=lambda place: place.order)


def listed(counting: Counting, rule: Tree, round_name: str, ranks: dict[str, int]) -> dict[str, str]:
    """Who is on the red or the black list, by the places of the group's ranking."""
    order = [place for place in places(counting, rule, rule["measure"], round_name) if place.target]
    waived = {who for who, _, asked in counting.known.waived if asked == round_name}
    found = {}
    for place in order:
        target = place.target or Fraction(0)
        if place.who not in ranks:
            continue
        after = sum(rank > ranks[place.who] for rank in ranks.values())
        if place.actual > target and ranks[place.who] <= int(rule["top"]):
            found[place.who] = "red"
        if place.actual < target and after <= int(rule["bottom"]) - 1 and place.who not in waived:
            found[place.who] = "black"
    return found
