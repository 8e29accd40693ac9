"""The scoring functions of docs/functions.md: each takes a column (participant → value or nothing) and gives one."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from .counting import Counted, passes
from .reading import Tree, number

Column = dict[str, Fraction | None]
TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "at_least": lambda value, limit: value >= limit,
    "above": lambda value, limit: value > limit,
    "at_most": lambda value, limit: value <= limit,
    "below": lambda value, limit: value < limit,
    "equals": lambda value, limit: value == limit,
}


class Inputs:
    """Where a chain takes its columns from; the assessment of a round is one."""

    everyone: list[str]

    def column(self, source: str, of: str) -> Column:
        """A measure, a figure, a number, or the target of the measure `of`."""
        raise NotImplementedError

    def projects(self, measure: str, who: str) -> list[Counted]:
        """What a measure counted for a participant."""
        raise NotImplementedError


def chain(steps: list[Tree], inputs: Inputs) -> Column:
    """The column that a chain of steps ends in."""
    column: Column = dict.fromkeys(inputs.everyone)
    for step in steps:
        ((name, settings),) = step.items()
        own = inputs.column(settings["of"], "") if "of" in settings else column
        column = FUNCTIONS[name](own, settings, inputs)
        column = {who: column[who] for who in inputs.everyone}
    return column


def both(one: Column, two: Column, combine: Callable[[Fraction, Fraction], Fraction | None]) -> Column:
    """Value by value; nothing where either is nothing."""
    found: Column = {}
    for who, left in one.items():
        right = two[who]
        found[who] = None if left is None or right is None else combine(left, right)
    return found


def each(column: Column, change: Callable[[Fraction], Fraction | None]) -> Column:
    """Every value changed; nothing stays nothing."""
    return {who: None if value is None else change(value) for who, value in column.items()}


def there(column: Column) -> list[Fraction]:
    """The values that are there."""
    return [value for value in column.values() if value is not None]


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def holds(value: Fraction, condition: Tree) -> bool:
    """All tests that a condition names."""
    return all(TESTS[test](value, number(limit)) for test, limit in condition.items())


def _value(column: Column, settings: Tree, inputs: Inputs) -> Column:
    return column


def _ratio(column: Column, settings: Tree, inputs: Inputs) -> Column:
    asked = inputs.column(settings["to"], settings.get("of", ""))
    return both(column, asked, lambda done, target: done / target if target else None)


def _growth(column: Column, settings: Tree, inputs: Inputs) -> Column:
    before = inputs.column(settings["previous"], settings.get("of", ""))
    return both(column, before, lambda now, then: now / then - 1 if then > 0 else None)


def _share(column: Column, settings: Tree, inputs: Inputs) -> Column:
    whole = inputs.column(settings["in"], settings.get("of", ""))
    return both(column, whole, lambda part, all_of_it: part / all_of_it if all_of_it else None)


def _gap(column: Column, settings: Tree, inputs: Inputs) -> Column:
    return both(column, inputs.column(settings["to"], settings.get("of", "")), lambda value, to: value - to)


def _versus_group(column: Column, settings: Tree, inputs: Inputs) -> Column:
    values = there(column)
    if not values:
        return column
    against = {"best": max, "lowest": min, "mean": mean}[settings["against"]](values)
    if settings["how"] == "gap":
        return each(column, lambda value: value - against)
    return each(column, lambda value: value / against if against else None)


def _minmax(column: Column, settings: Tree, inputs: Inputs) -> Column:
    values = there(column)
    floor, ceiling = number(settings["floor"]), number(settings["ceiling"])
    if not values:
        return column
    low, high = min(values), max(values)
    if low == high:
        return each(column, lambda value: number(settings["when_equal"]))
    return each(column, lambda value: floor + (ceiling - floor) * (value - low) / (high - low))


def _rank(column: Column, settings: Tree, inputs: Inputs) -> Column:
    values = there(column)
    if settings["order"] == "highest_first":
        return each(column, lambda value: Fraction(1 + sum(other > value for other in values)))
    return each(column, lambda value: Fraction(1 + sum(other < value for other in values)))


def _table(column: Column, settings: Tree, inputs: Inputs) -> Column:
    columns = [column]
    if "columns" in settings:
        columns = [chain(part["steps"], inputs) for part in settings["columns"]]
    found: Column = {}
    for who in column:
        values = [one[who] for one in columns]
        found[who] = None if None in values else _look_up(values, settings)
    return found


def _look_up(values: list[Fraction | None], settings: Tree) -> Fraction:
    for row in settings["rows"]:
        pairs = zip(values, row["when"], strict=True)
        if all(value is not None and holds(value, condition) for value, condition in pairs):
            return number(row["value"])
    return number(settings["otherwise"])


def _slope(column: Column, settings: Tree, inputs: Inputs) -> Column:
    anchor = number(settings["anchor"])

    def change(value: Fraction) -> Fraction:
        points = number(settings["start"])
        for sign, side in ((1, "up"), (-1, "down")):
            begun = Fraction(0)  # how far from the anchor this band begins
            away = sign * (value - anchor)
            for band in settings.get(side, ()):
                ends = sign * (number(band["to"]) - anchor) if "to" in band else max(away, begun)
                steps = max(Fraction(0), min(away, ends) - begun) / number(band.get("per", settings["per"]))
                if settings["partial"] == "whole":
                    steps = Fraction(steps.__floor__())
                points += sign * number(band["points"]) * steps
                begun = ends
        return points

    return each(column, change)


def _per_item(column: Column, settings: Tree, inputs: Inputs) -> Column:
    found: Column = {}
    for who in inputs.everyone:
        points: dict[str, Fraction] = {}
        for part in settings["parts"]:
            for counted in inputs.projects(part["of"], who):
                paid = sum((_pay(line, counted) for line in part["points"]), Fraction(0))
                points[counted.subject] = points.get(counted.subject, Fraction(0)) + paid
        if "each_at_most" in settings:
            most = number(settings["each_at_most"])
            points = {subject: min(value, most) for subject, value in points.items()}
        found[who] = _roll_up(list(points.values()), settings["roll_up"])
    return found


def _pay(line: Tree, counted: Counted) -> Fraction:
    if not passes(counted, line.get("when", {})):
        return Fraction(0)
    if line.get("pays", "count") == "count":
        return number(line["points"]) * counted.count
    return number(line["points"]) * counted.amount / counted.size if counted.size else Fraction(0)


def _roll_up(values: list[Fraction], how: str) -> Fraction | None:
    if how == "sum":
        return sum(values, Fraction(0))
    if not values:
        return None
    return max(values) if how == "best" else mean(values)


def _blend(column: Column, settings: Tree, inputs: Inputs) -> Column:
    parts = [(number(part["weight"]), chain(part["steps"], inputs)) for part in settings["parts"]]
    return {
        who: _blended([(weight, one[who]) for weight, one in parts], settings["missing_part"])
        for who in column
    }


def _blended(parts: Iterable[tuple[Fraction, Fraction | None]], rule: str) -> Fraction | None:
    parts = list(parts)
    have = [(weight, value) for weight, value in parts if value is not None]
    if not have or (rule == "missing" and len(have) < len(parts)):
        return None
    total = sum((weight * value for weight, value in have), Fraction(0))
    there_is = sum(weight for weight, _ in have)
    if rule == "reweight" and there_is:
        total = total * sum(weight for weight, _ in parts) / there_is
    return total


def _gate(column: Column, settings: Tree, inputs: Inputs) -> Column:
    seen = inputs.column(settings["when"], "") if "when" in settings else column
    otherwise = number(settings["otherwise"])
    return both(column, seen, lambda value, look: value if holds(look, settings["is"]) else otherwise)


def _clamp(column: Column, settings: Tree, inputs: Inputs) -> Column:
    def change(value: Fraction) -> Fraction:
        if "low" in settings:
            value = max(value, number(settings["low"]))
        if "high" in settings:
            value = min(value, number(settings["high"]))
        return value

    return each(column, change)


def _scale(column: Column, settings: Tree, inputs: Inputs) -> Column:
    return each(column, lambda value: value * number(settings["full"]))


def _multiply(column: Column, settings: Tree, inputs: Inputs) -> Column:
    return both(column, inputs.column(settings["by"], ""), lambda value, by: value * by)


def _when_missing(column: Column, settings: Tree, inputs: Inputs) -> Column:
    values = there(column) or [Fraction(0)]
    rules: dict[str, Callable[[], Fraction]] = {
        "zero": lambda: Fraction(0),
        "group_lowest": lambda: min(values),
        "group_mean": lambda: mean(values),
        "fixed": lambda: number(settings["points"]),
    }
    stands_in = rules[settings["as"]]()
    return {who: stands_in if value is None else value for who, value in column.items()}


def _deduction(column: Column, settings: Tree, inputs: Inputs) -> Column:
    parts = [(part, inputs.column(part["of"], "")) for part in settings["each"]]
    found: Column = {}
    for who in column:
        if all(one[who] is None for _, one in parts):
            found[who] = None
            continue
        points = number(settings["from"])
        for part, one in parts:
            points -= number(part["points"]) * _cases(one[who], part)
        found[who] = max(points, number(settings["floor"]))
    return found


def _cases(value: Fraction | None, part: Tree) -> Fraction:
    if value is None:
        return Fraction(0)
    if "below" in part:
        return max(Fraction(0), number(part["below"]) - value)
    if "above" in part:
        return max(Fraction(0), value - number(part["above"]))
    return max(Fraction(0), value)


FUNCTIONS: dict[str, Callable[[Column, Tree, Inputs], Column]] = {
    "value": _value,
    "ratio": _ratio,
    "growth": _growth,
    "share": _share,
    "gap": _gap,
    "versus_group": _versus_group,
    "minmax": _minmax,
    "rank": _rank,
    "table": _table,
    "slope": _slope,
    "per_item": _per_item,
    "blend": _blend,
    "gate": _gate,
    "clamp": _clamp,
    "scale": _scale,
    "multiply": _multiply,
    "when_missing": _when_missing,
    "deduction": _deduction,
}
