"""Items, totals and ranks: "How a total is computed" of docs/scheme-files.md."""

from dataclasses import dataclass, field
from fractions import Fraction

from .assessment import Counting, GroupInputs
from .functions import Column, chain, mean, there
from .reading import Tree, half_up, number


class Refused(Exception):
    """A total needs the total of a round that has none, and the scheme says to refuse."""


@dataclass
class Line:
    """A line of a total, in 1/10000 of a point; `absent` marks what is left out of the weights."""

    kind: str
    name: str
    points: int
    absent: bool = False


@dataclass
class Total:
    """A total with its lines and the totals below it."""

    name: str
    lines: list[Line] = field(default_factory=list)
    below: list["Total"] = field(default_factory=list)
    absent: bool = False

    @property
    def points(self) -> int:
        """The sum of the lines."""
        return sum(line.points for line in self.lines)


@dataclass
class Sheet:
    """A group in a round: points of items (None: absent), totals and ranks by participant."""

    items: dict[str, Column]
    totals: dict[str, Total]
    ranks: dict[str, int]


class Scoring:
    """Scores of a world at one seq."""

    def __init__(self, counting: Counting) -> None:
        self.counting = counting
        self.rules = counting.rules
        self.scored: dict[str, dict[str, Sheet]] = {}

    def sheets(self, round_name: str) -> dict[str, Sheet]:
        """The scores of every group that is scored in rounds of this kind."""
        if round_name not in self.scored:
            kind = self.counting.known.rounds[round_name].kind
            rules = self.rules["groups"].items()
            found = {name: self._sheet(name, rule, round_name) for name, rule in rules if kind in rule["totals"]}
            self.scored[round_name] = found
        return self.scored[round_name]

    def _sheet(self, group: str, rule: Tree, round_name: str) -> Sheet:
        node = rule["totals"][self.counting.known.rounds[round_name].kind]
        inputs = GroupInputs(self.counting, group, round_name)
        items = {item["name"]: self._item(item, inputs) for item in self._active(rule, round_name)}
        totals = _Totals(self, group, inputs, items)
        found = {who: totals.of(node, who) for who in inputs.everyone}
        return Sheet(items, found, self._ranks(found))

    def _active(self, rule: Tree, round_name: str) -> list[Tree]:
        names = {round_name, self.counting.known.rounds[round_name].kind}
        return [item for item in rule["items"] if not item.get("rounds") or names & set(item["rounds"])]

    def _item(self, item: Tree, inputs: GroupInputs) -> Column:
        """An item's points; None is absent."""
        column = chain(item["steps"], inputs)
        waived = {who for who in column if (who, item["name"], inputs.round) in inputs.known.waived}
        have = there({who: value for who, value in column.items() if who not in waived})

        def stands_in(rule: str | Tree) -> Fraction | None:
            if isinstance(rule, dict):
                return number(rule["fixed"])
            if rule == "skip_and_reweight":
                return None
            if rule == "full":
                return number(item["full"])
            if rule == "zero" or not have:
                return Fraction(0)
            return min(have) if rule == "group_lowest" else mean(have)

        found: Column = {}
        for who, value in column.items():
            if who in waived:
                found[who] = stands_in(self.rules["waived"])
            else:
                found[who] = stands_in(item["when_missing"]) if value is None else value
        return found

    def _ranks(self, totals: dict[str, Total]) -> dict[str, int]:
        scale = 10 ** int(self.rules["compare_at"])
        keys = {}
        for who, total in totals.items():
            breaks = [_shown(total, name) for name in self.rules.get("tie_break", ())]
            keys[who] = (half_up(Fraction(total.points, 10_000), scale), breaks)
        better = {who: [other for other in keys.values() if other > key] for who, key in keys.items()}
        if self.rules["ties"] == "dense":
            return {who: 1 + len({repr(other) for other in found}) for who, found in better.items()}
        return {who: 1 + len(found) for who, found in better.items()}


def _shown(total: Total, item: str) -> int:
    """The points of an item as its line shows them; 0 where it has none."""
    own = sum(line.points for line in total.lines if (line.kind, line.name) == ("item", item))
    return own + sum(_shown(below, item) for below in total.below)


class _Totals:
    """Totals of one group in one round."""

    def __init__(self, scoring: Scoring, group: str, inputs: GroupInputs, items: dict[str, Column]) -> None:
        self.scoring = scoring
        self.group = group
        self.inputs = inputs
        self.items = items
        self.rule = scoring.rules["groups"][group]

    def of(self, node: Tree, who: str) -> Total:
        total = Total(node["name"])
        self._items_and_children(node, who, total)
        self._earlier(node, who, total)
        total.absent = all(line.absent for line in total.lines)
        self._multiply(node, who, total)
        self._adjustments(node, who, total)
        self._limits(node, total)
        return total

    def _items_and_children(self, node: Tree, who: str, total: Total) -> None:
        """Lines of (kind, name, points of one, weight, marks, absent), each rounded once."""
        parts: list[tuple[str, str, Fraction, Fraction, bool]] = []
        for name in node.get("items", ()):
            if name in self.items:
                points = self.items[name][who]
                parts.append(("item", name, points or Fraction(0), self._full(name), points is None))
        for child in node.get("children", ()):
            inner = self.of(child, who)
            total.below.append(inner)
            weight = number(child.get("weight", "1"))
            marks = weight * self._marks(child)
            parts.append(("total", child["name"], weight * Fraction(inner.points, 10_000), marks, inner.absent))
        all_marks = sum((marks for _, _, _, marks, _ in parts), Fraction(0))
        there_are = sum((marks for _, _, _, marks, absent in parts if not absent), Fraction(0))
        factor = all_marks / there_are if there_are else Fraction(1)
        for kind, name, points, marks, absent in parts:
            own = Fraction(1) if kind == "item" and not marks else factor
            if absent:
                own = Fraction(1)
            total.lines.append(Line(kind, name, half_up(points * own, 10_000), absent))

    def _full(self, name: str) -> Fraction:
        return number(next(item["full"] for item in self.rule["items"] if item["name"] == name))

    def _marks(self, node: Tree) -> Fraction:
        """The full marks of a total: what it says, else what stands below it in this round."""
        if "full" in node:
            return number(node["full"])
        own = sum((self._full(name) for name in node.get("items", ()) if name in self.items), Fraction(0))
        children = node.get("children", ())
        return own + sum((number(one.get("weight", "1")) * self._marks(one) for one in children), Fraction(0))

    def _earlier(self, node: Tree, who: str, total: Total) -> None:
        weights = {name: number(weight) for name, weight in node.get("earlier", {}).items()}
        found = {name: self._earlier_total(name, who) for name in weights}
        if None in found.values() and node.get("missing") == "refuse":
            raise Refused(node["name"])
        factor = Fraction(1)
        skip = node.get("missing") == "skip_and_reweight"
        there_are = sum((weight for name, weight in weights.items() if found[name] is not None), Fraction(0))
        if skip and there_are:
            factor = sum(weights.values(), Fraction(0)) / there_are
        for name, weight in weights.items():
            earlier = found[name]
            points = 0 if earlier is None else half_up(weight * factor * Fraction(earlier.points, 10_000), 10_000)
            total.lines.append(Line("earlier", name, points, skip and earlier is None))

    def _earlier_total(self, name: str, who: str) -> Total | None:
        if name not in self.inputs.known.rounds:
            return None
        found = [sheet.totals[who] for sheet in self.scoring.sheets(name).values() if who in sheet.totals]
        return found[0] if found else None

    def _multiply(self, node: Tree, who: str, total: Total) -> None:
        if "multiply" not in node:
            return
        coefficient = chain(node["multiply"], self.inputs)[who]
        if coefficient is not None:
            points = half_up(coefficient * Fraction(total.points, 10_000), 10_000)
            total.lines.append(Line("multiplier", f"{node['name']}.multiply", points - total.points))

    def _adjustments(self, node: Tree, who: str, total: Total) -> None:
        for kind in node.get("adjustments", ()):
            rule = self.scoring.rules["adjustments"][kind]
            rows = self.inputs.known.adjustments
            own = [row for row in rows if (row.participant, row.round, row.kind) == (who, self.inputs.round, kind)]
            total.lines += [Line("adjustment", row.adjustment, row.points) for row in own]
            entered = sum(row.points for row in own)
            allowed = entered
            if "limit_low" in rule:
                allowed = max(allowed, half_up(number(rule["limit_low"]), 10_000))
            if "limit_high" in rule:
                allowed = min(allowed, half_up(number(rule["limit_high"]), 10_000))
            if own and allowed != entered:
                total.lines.append(Line("limit", f"{kind}.limit", allowed - entered))

    def _limits(self, node: Tree, total: Total) -> None:
        points = total.points
        if "low" in node:
            points = max(points, half_up(number(node["low"]), 10_000))
        if "high" in node:
            points = min(points, half_up(number(node["high"]), 10_000))
        if points != total.points:
            total.lines.append(Line("limit", f"{node['name']}.limit", points - total.points))
