"""City totals and outcomes as docs/scheme-files.md tells them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shuangbi_engine.tables import Participant

from .assessment import WHOLE, Counting
from .counting import counts_from
from .reading import Tree, members_of, target_of


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

    return Standing(
        actual=done("round"),
        target=_asked(counting, measure, who, round_name),
        to_date=done("to_date"),
        year_target=_asked(counting, measure, who, _year(counting, round_name)),
        expected=_expected(counting, measure, who, round_name),
    )


def _year(counting: Counting, round_name: str) -> str:
    return counting.known.rounds[round_name].year


def _asked(counting: Counting, measure: str, who: str, round_name: str) -> Fraction | None:
    """The target of a participant, or of the whole: its own or the sum of those that have one."""
    city = counting.rules["city"]
    if who != WHOLE or city["target"] == "own":
        return target_of(counting.known, who, measure, round_name)
    members = [
        row.participant
        for row in members_of(counting.known, round_name).values()
        if row.group == city["group"]
    ]
    targets = [target_of(counting.known, member, measure, round_name) for member in members]
    there_are = [target for target in targets if target is not None]
    return sum(there_are, Fraction(0)) if there_are else None


def _expected(counting: Counting, measure: str, who: str, round_name: str) -> Fraction | None:
    """What was to be reached by the end of the round."""
    known = counting.known
    asked = known.rounds[round_name]
    year = known.rounds.get(asked.year)
    years = _asked(counting, measure, who, asked.year)
    begun = counts_from(known, asked)
    if counting.rules["city"]["schedule"] == "days":
        if year is None or years is None:
            return None
        return years * _days(begun, asked.end) / _days(begun, year.end)
    if asked.round == asked.year:
        return years
    passed = [
        row.round
        for row in known.rounds.values()
        if (row.kind, row.year) == (asked.kind, asked.year) and row.start >= begun and row.end <= asked.end
    ]
    targets = [_asked(counting, measure, who, name) for name in passed]
    return sum((target for target in targets if target is not None), Fraction(0))


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


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


def listed(counting: Counting, rule: Tree, round_name: str) -> dict[str, str]:
    """Who is on the red or the black list."""
    order = [place for place in places(counting, rule, rule["measure"], round_name) if place.target]
    waived = {who for who, _, asked in counting.known.waived if asked == round_name}
    found = {}
    for place in order:
        target = place.target or Fraction(0)
        before = sum(other.order[:2] < place.order[:2] for other in order)
        after = sum(other.order[:2] > place.order[:2] for other in order)
        if place.actual > target and 1 + before <= int(rule["top"]):
            found[place.who] = "red"
        if place.actual < target and after <= int(rule["bottom"]) - 1 and place.who not in waived:
            found[place.who] = "black"
    return found
