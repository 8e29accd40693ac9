"""Scheme + measured values → score sheet, every step kept.

Each line's contribution is the exact rational rounded once, half up, to 1/10000; a total is the sum of its lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .chain import Chain, Traced
from .function import Column, fill
from .functions.clamp import limited
from .numbers import to_points
from .outcome import Label, Results
from .outcomes import OUTCOMES
from .progress import ProgressRow, progress_rows
from .ranking import places
from .scheme import Group, Item, Node, Scheme
from .values import MeasuredValues

_SKIP = "skip_and_reweight"


class EarlierMissing(LookupError):
    """A composite takes a round that has no total for a participant, and the scheme refuses to go on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a score sheet.

    `points` (1/10000) is what it adds to the line above; `total` is the sum of the lines below it, which differs
    from `points` where a weight stands between. `exact` is an item's value before missing duties and rounding.
    """

    kind: str
    name: str
    title: str
    points: int
    total: int = 0
    full: Fraction | None = None
    exact: Fraction | None = None
    factor: Fraction = Fraction(1)
    note: str = ""
    about: str = ""
    absent: bool = False
    lines: tuple["Line", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Line"]]:
        """This line and all below it, with their depth."""
        yield depth, self
        for line in self.lines:
            yield from line.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The score of one participant."""

    participant: str
    name: str
    total: Line
    rank: int

    @property
    def points(self) -> int:
        """The total in 1/10000."""
        return self.total.total

    def items(self) -> list[Line]:
        """The item lines, in the order of the sheet."""
        return [line for _, line in self.total.walk() if line.kind == "item"]


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """A group ranked apart: sheets in order of place, and each item's steps for the whole group."""

    group: str
    title: str
    sheets: tuple[UnitSheet, ...]
    traces: Mapping[str, tuple[Traced, ...]]

    def sheet(self, participant: str) -> UnitSheet:
        """The sheet of one participant; LookupError where it is not in the group."""
        for sheet in self.sheets:
            if sheet.participant == participant:
                return sheet
        raise LookupError(participant)


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The result of a round."""

    scheme: str
    digest: str
    round: str
    compare_at: int
    groups: tuple[GroupSheet, ...]
    progress: tuple[ProgressRow, ...]
    labels: Mapping[str, tuple[Label, ...]]

    def totals(self) -> dict[str, int]:
        """Totals (1/10000) of everyone scored, as a later composite takes them."""
        return {sheet.participant: sheet.points for group in self.groups for sheet in group.sheets}


def evaluate(scheme: Scheme, values: MeasuredValues, round_name: str | None = None) -> ScoreSheet:
    """Score a round: every group that has totals for this kind of round, ranked apart.

    Raises EarlierMissing where a composite lacks a round, ValueError where the values belong to another round.
    """
    if round_name is not None and round_name != values.round.round:
        raise ValueError(round_name)
    groups = tuple(
        _group(scheme, values, group, group.totals[values.round.kind])
        for group in scheme.groups.values()
        if values.round.kind in group.totals
    )
    ranks = {group.group: {sheet.participant: sheet.rank for sheet in group.sheets} for group in groups}
    results = Results(scheme, values, ranks)
    return ScoreSheet(
        scheme=scheme.name,
        digest=scheme.digest,
        round=values.round.round,
        compare_at=scheme.ranking.compare_at,
        groups=groups,
        progress=progress_rows(scheme, values),
        labels={rule.name: OUTCOMES[rule.rule].apply(rule, results) for rule in scheme.outcomes},
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """A group while it is being scored."""

    scheme: Scheme
    values: MeasuredValues
    group: Group
    exact: Mapping[str, Column]
    filled: Mapping[str, Column]
    coefficients: Mapping[str, Column]


def _group(scheme: Scheme, values: MeasuredValues, group: Group, root: Node) -> GroupSheet:
    members = values.participants.get(group.name, ())
    names = [one.participant for one in members]
    exact: dict[str, Column] = {}
    filled: dict[str, Column] = {}
    traces: dict[str, tuple[Traced, ...]] = {}
    for item in group.items:
        if item.active(values.round.round, values.round.kind):
            chain = Chain(scheme, values, names)
            exact[item.name] = chain.run(item.steps)
            filled[item.name] = _filled(scheme, values, item, exact[item.name])
            traces[item.name] = tuple(chain.trace)
    coefficients: dict[str, Column] = {}
    for node in _nodes(root):
        if node.multiply:
            chain = Chain(scheme, values, names)
            coefficients[node.name] = chain.run(node.multiply)
            traces[f"{node.name}.multiply"] = tuple(chain.trace)
    scoring = _Group(scheme, values, group, exact, filled, coefficients)
    lines = {name: _node(scoring, root, name, Fraction(1)) for name in names}
    totals = {name: line.total for name, line in lines.items()}
    items = {
        name: {line.name: line.points for _, line in total.walk() if line.kind == "item"}
        for name, total in lines.items()
    }
    ranks = places(totals, scheme.ranking, items)
    sheets = [
        UnitSheet(one.participant, one.name, lines[one.participant], ranks[one.participant])
        for one in members
    ]
    ordered = tuple(sorted(sheets, key=lambda sheet: sheet.rank))  # equals stay in the order of the group
    return GroupSheet(group.name, group.title, ordered, traces)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _filled(scheme: Scheme, values: MeasuredValues, item: Item, column: Column) -> Column:
    """The column with something standing in for missing and waived duties; None where the item is skipped."""
    there = {name: None if (name, item.name) in values.waivers else value for name, value in column.items()}
    missing, waived = (
        there if rule == _SKIP else fill(there, rule, item.full if rule == "full" else item.missing.points)
        for rule in (item.missing.rule, scheme.waived)
    )
    return {name: (waived if (name, item.name) in values.waivers else missing)[name] for name in column}


def _node(scoring: _Group, node: Node, name: str, factor: Fraction) -> Line:
    """A total with its lines: parts, then the multiplier, then adjustments, then limits."""
    lines = _parts(scoring, node, name)
    absent = all(line.absent for line in lines)
    lines += _multiplier(scoring, node, name, lines)
    lines += _adjustments(scoring, node, name)
    total = sum(line.points for line in lines)
    within = _limited(node, total)
    if within != total:
        lines.append(Line("limit", f"{node.name}.limit", "limit", within - total))
    return Line(
        kind="total",
        name=node.name,
        title=node.title,
        points=to_points(node.weight * factor * Fraction(within, 10_000)),
        total=within,
        full=node.full,
        factor=node.weight * factor,
        absent=absent,
        lines=tuple(lines),
    )


def _limited(node: Node, total: int) -> int:
    low = None if node.low is None else Fraction(to_points(node.low))
    high = None if node.high is None else Fraction(to_points(node.high))
    return int(limited(Fraction(total), low, high))


def _parts(scoring: _Group, node: Node, name: str) -> list[Line]:
    """Items, children and earlier rounds; weights of absent ones are shared out among the others of this node."""
    if node.earlier:
        return _earlier(scoring, node, name)
    items = [scoring.group.item(item) for item in node.items if item in scoring.filled]
    children = [(child, _node(scoring, child, name, Fraction(1))) for child in node.children]
    weights = [(item.full, scoring.filled[item.name][name] is None) for item in items]
    weights += [(child.weight * _full(scoring, child), line.absent) for child, line in children]
    factor = _factor(weights)
    lines = [_item(scoring, item, name, factor) for item in items]
    return lines + [
        line if factor == 1 or line.absent else _node(scoring, child, name, factor)
        for child, line in children
    ]


def _factor(weights: list[tuple[Fraction, bool]]) -> Fraction:
    whole = sum((weight for weight, _ in weights), Fraction(0))
    there = sum((weight for weight, absent in weights if not absent), Fraction(0))
    return whole / there if there else Fraction(1)


def _full(scoring: _Group, node: Node) -> Fraction:
    """Full marks of what is active below a node."""
    if node.earlier:
        return node.full or Fraction(0)
    own = sum((scoring.group.item(item).full for item in node.items if item in scoring.filled), Fraction(0))
    return own + sum((child.weight * _full(scoring, child) for child in node.children), Fraction(0))


def _item(scoring: _Group, item: Item, name: str, factor: Fraction) -> Line:
    exact, filled = scoring.exact[item.name][name], scoring.filled[item.name][name]
    reason = scoring.values.waivers.get((name, item.name), "")
    note = "waived" if reason else "missing" if exact is None else ""
    points = Fraction(0) if filled is None else filled * (factor if item.full else 1)
    return Line(
        kind="item",
        name=item.name,
        title=item.title,
        points=to_points(points),
        full=item.full,
        exact=exact,
        factor=factor if item.full else Fraction(1),
        note=note,
        about=reason,
        absent=filled is None,
    )


def _earlier(scoring: _Group, node: Node, name: str) -> list[Line]:
    there: list[tuple[str, Fraction, int | None]] = []
    for round_name, weight in node.earlier:
        points = scoring.values.earlier.get(round_name, {}).get(name)
        if points is None and node.earlier_missing == "refuse":
            raise EarlierMissing(f"{round_name}: {name}")
        there.append((round_name, weight, points))
    skip = node.earlier_missing == _SKIP
    factor = _factor([(weight, skip and points is None) for _, weight, points in there])
    return [
        Line(
            kind="earlier",
            name=round_name,
            title=round_name,
            points=to_points(weight * factor * Fraction(points or 0, 10_000)),
            total=points or 0,
            factor=weight * factor,
            note="missing" if points is None else "",
            absent=skip and points is None,
        )
        for round_name, weight, points in there
    ]


def _multiplier(scoring: _Group, node: Node, name: str, lines: list[Line]) -> list[Line]:
    """The difference that a coefficient on the sum of the parts makes; without a coefficient nothing changes."""
    if node.name not in scoring.coefficients:
        return []
    total = sum(line.points for line in lines)
    coefficient = scoring.coefficients[node.name][name]
    factor = Fraction(1) if coefficient is None else coefficient
    points = to_points(factor * Fraction(total, 10_000)) - total
    return [Line("multiplier", f"{node.name}.multiply", "multiply", points, exact=coefficient, factor=factor)]


def _adjustments(scoring: _Group, node: Node, name: str) -> list[Line]:
    """Points by document, by kind, each kind within its limits of the round."""
    lines: list[Line] = []
    for kind in node.adjustments:
        rule = scoring.scheme.adjustments[kind]
        rows = sorted(
            (row for row in scoring.values.adjustments if row.participant == name and row.kind == kind),
            key=lambda row: row.adjustment,
        )
        lines += [
            Line("adjustment", row.adjustment, rule.title, row.points, about=row.document) for row in rows
        ]
        total = sum(row.points for row in rows)
        low = None if rule.limit_low is None else Fraction(to_points(rule.limit_low))
        high = None if rule.limit_high is None else Fraction(to_points(rule.limit_high))
        within = int(limited(Fraction(total), low, high))
        if within != total:
            lines.append(Line("limit", f"{kind}.limit", rule.title, within - total))
    return lines
