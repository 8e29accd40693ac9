"""A unit's score sheet: lines that add up, and under each item its inputs, its steps, and the claims behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from shuangbi.cockpit.queries.explaining import (
    ClaimLine,
    Teller,
    by_weight,
    claims_named,
    teller_for,
    units_named,
)
from shuangbi.cockpit.queries.groups import claims_reported, groups_of_units
from shuangbi.cockpit.queries.progress import unit_name
from shuangbi.cockpit.queries.ranking import group_title, item_title, part_title
from shuangbi.cockpit.queries.shown import NothingShown, Shown, language
from shuangbi.foundation.formats import NOTHING, money_text
from shuangbi.organisations.access import Access
from shuangbi_engine.explain import (
    Counted,
    Excluded,
    counted_and_excluded,
    exact_text,
    judge_claims,
    sentences,
    step_rows,
    words_for,
)
from shuangbi_engine.known import fed_by
from shuangbi_engine.measuring import span_of
from shuangbi_engine.numbers import quantity_text, short_text
from shuangbi_engine.scheme import Group, Item, Measure, Source
from shuangbi_engine.scheme_steps import sources_of
from shuangbi_engine.tables import Participant


@dataclass(frozen=True)
class Input:
    """What a step reads: a measure, a target, or a figure that its owner gave."""

    label: str
    text: str
    kind: str
    owner: str = ""


@dataclass(frozen=True)
class StepLine:
    """A step in words and what it gave."""

    title: str
    text: str
    result: str
    depth: int


@dataclass(frozen=True)
class MeasureLines:
    """The claims of one measure for one unit. Counted, excluded and those of other units are together all there are."""

    title: str
    unit: str
    first: date
    last: date
    total: str
    counted: tuple[ClaimLine, ...]
    excluded: tuple[ClaimLine, ...]
    outside: tuple[ClaimLine, ...]
    counted_count: int
    excluded_count: int
    others: int
    all_count: int
    adds_up: bool

    @property
    def head_unit(self) -> str:
        """The unit of the column of what each claim adds."""
        return {"fen": "万元", "square_metres": "亩"}.get(self.unit, "")


@dataclass(frozen=True)
class ItemLines:
    """An item of one unit with everything behind it."""

    name: str
    title: str
    owner: str
    full: str
    points: str
    note: str
    about: str
    absent: bool
    inputs: tuple[Input, ...]
    steps: tuple[StepLine, ...]
    measures: tuple[MeasureLines, ...]


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet as printed. `total` stands where a weight lies between it and the points above."""

    depth: int
    kind: str
    name: str
    title: str
    full: str
    points: str
    total: str
    about: str
    note: str
    absent: bool


@dataclass(frozen=True)
class UnitSheetShown:
    """One unit's sheet. `may_open`: whether the person may see the claims behind it."""

    unit: str
    unit_id: str
    group: str
    group_name: str
    rank: int
    of: int
    score: str
    lines: tuple[SheetLine, ...]
    items: tuple[ItemLines, ...]
    sentences: tuple[str, ...]
    adds_up: bool
    may_open: bool


def unit_sheet(shown: Shown, access: Access, unit_id: str, *, item: str = "") -> UnitSheetShown:
    """The sheet of a unit; with `item`, only that item is opened, and with all its excluded claims. Raises NothingShown."""
    for group in shown.sheet["groups"]:
        for row in group["ranking"]:
            if row["id"] == unit_id:
                return _Sheet(shown, access, group, row).made(item)
    raise NothingShown(unit_id)


class _Sheet:
    """Makes one unit's sheet."""

    def __init__(self, shown: Shown, access: Access, group: dict[str, Any], row: dict[str, Any]) -> None:
        self.shown, self.access, self.row = shown, access, row
        self.rule: Group = shown.scheme.groups[group["group"]]
        self.of = len(group["ranking"])
        self.live = next(one for one in shown.scored.sheet.groups if one.group == self.rule.name)
        members = shown.scored.values.participants[self.rule.name]
        self.participant: Participant = next(one for one in members if one.participant == row["id"])
        self.units = frozenset(fed_by(self.participant))
        self.may_open = bool(self.units & {str(unit) for unit in access.unit_ids})
        self.words = words_for(shown.scheme, language())

    def made(self, only: str) -> UnitSheetShown:
        lines = tuple(self._line(line) for line in self.row["lines"])
        names = [item["item"] for item in self.row["items"]]
        if only and only not in names:
            raise NothingShown(only)
        behind = _Behind(self.shown, self.participant, [self.rule.item(name) for name in ([only] if only else names)])
        teller = behind.teller(self.access, whole=bool(only)) if self.may_open else None
        live = self.live.sheet(self.row["id"])
        return UnitSheetShown(
            unit=unit_name(self.row), unit_id=self.row["id"], group=group_title(self.rule), group_name=self.rule.name,
            rank=self.row["rank"], of=self.of, score=self.row["score"], lines=lines,
            items=tuple(self._item(name, behind, teller, bool(only)) for name in ([only] if only else names)),
            sentences=tuple(sentences(self.shown.scheme, self.live, live, language())),
            adds_up=_adds_up(self.row["lines"]), may_open=self.may_open,
        )

    def _line(self, line: dict[str, Any]) -> SheetLine:
        kind, name = line["kind"], line["line"]
        title, full = line["title"], ""
        if kind == "item":
            title, full = item_title(self.rule, name), short_text(self.rule.item(name).full)
        elif kind == "total":
            node = _node(self.rule.totals[self.shown.round.kind], name)
            title, full = part_title(name, title), short_text(node.full) if node and node.full is not None else ""
        elif kind == "limit":
            title = _("Limit")
        elif kind == "multiplier":
            title = _("Coefficient")
        elif kind == "adjustment" and language() == "en":
            title = {"通报批评": _("Criticism by circular"), "表彰奖励": _("Commendation")}.get(title, title)
        weighted = line["total"] != line["points"]
        return SheetLine(
            line["depth"], kind, name, str(title), full, line["points"], line["total"] if weighted else "", line["about"],
            line["note"], line["absent"],
        )

    def _item(self, name: str, behind: "_Behind", teller: Teller | None, whole: bool) -> ItemLines:
        rule = self.rule.item(name)
        line = next(one for one in self.row["lines"] if one["kind"] == "item" and one["line"] == name)
        steps = tuple(
            StepLine(row.title, row.text, exact_text(row.after, language()), row.depth)
            for row in step_rows(self.live, name, self.row["id"], self.words)
        )
        return ItemLines(
            name=name, title=item_title(self.rule, name), owner=rule.owner, full=short_text(rule.full),
            points=line["points"], note=line["note"], about=line["about"], absent=line["absent"],
            inputs=tuple(self._inputs(rule)), steps=steps,
            measures=tuple(behind.lines(measure, teller, whole) for measure in behind.measures_of(rule)),
        )

    def _inputs(self, rule: Item) -> list[Input]:
        found: dict[tuple[str, str], Input] = {}
        for source in (one for step in rule.steps for one in sources_of(step)):
            if source.kind != "number":
                found.setdefault((source.kind, source.name), self._input(source))
        return list(found.values())

    def _input(self, source: Source) -> Input:
        values, scheme, id_ = self.shown.scored.values, self.shown.scheme, self.row["id"]
        label = self.words.titles.get(source.name, source.name)
        label = label[:1].upper() + label[1:] if language() == "en" else label
        if source.kind == "figure":
            figure = scheme.figures[source.name]
            return Input(label, _text(values.figures.get(source.name, {}).get(id_), figure.unit), "figure", figure.owner)
        measure = scheme.measures[source.name]
        if source.kind == "measure":
            value = values.measured.get((source.name, measure.window), {}).get(id_)
            return Input(label, _text(value, measure.unit), "measure")
        name = self.shown.round.name if source.kind == "target" else self.shown.round.year or self.shown.round.name
        value = values.targets.get((source.name, name), {}).get(id_)
        label = (_("Target: {name}") if source.kind == "target" else _("Target of the year: {name}")).format(name=label)
        return Input(label, _text(value, measure.unit), "target")


class _Behind:
    """The claims behind some items of one participant: rows of each measure, divided once."""

    def __init__(self, shown: Shown, participant: Participant, items: Iterable[Item]) -> None:
        self.shown, self.participant = shown, participant
        scored = shown.scored
        self.groups = groups_of_units(frozenset(fed_by(participant)), shown.seq)
        self.known = {id_: claim for group in self.groups for id_, claim in group.claims.items()}
        self.counted: dict[str, list[Counted]] = {}
        self.excluded: dict[str, list[Excluded]] = {}
        self.spans: dict[str, tuple[date, date]] = {}
        for measure in (one for item in items for one in self.measures_of(item)):
            span = span_of(scored.known, scored.values.round, measure.window)
            if span is None or measure.name in self.spans:
                continue
            self.spans[measure.name] = (date.fromordinal(span[0]), date.fromordinal(span[1]))
            judged = judge_claims(scored.scheme, measure, self.groups, self.spans[measure.name])
            target = scored.known.targets.get((participant.participant, measure.name, scored.round_name))
            named = frozenset(target.subjects if target else ())
            self.counted[measure.name], self.excluded[measure.name] = counted_and_excluded(
                judged, participant, named
            )
        kinds = {kind for name in self.spans for kind in scored.scheme.state_of(name).claims}
        self.reported = claims_reported(kinds, shown.seq) if kinds else {}

    def measures_of(self, item: Item) -> list[Measure]:
        """The measures an item reads, once each."""
        names = dict.fromkeys(
            source.name for step in item.steps for source in sources_of(step) if source.kind == "measure"
        )
        return [self.shown.scheme.measures[name] for name in names]

    def teller(self, access: Access, *, whole: bool) -> Teller:
        """Names and papers: of the counted claims; of the excluded too where the page shows them."""
        counted = [row for rows in self.counted.values() for row in rows]
        excluded = [row for rows in self.excluded.values() for row in rows] if whole else []
        return teller_for(access, self.groups, claims_named(counted, excluded), units_named(excluded))

    def lines(self, measure: Measure, teller: Teller | None, whole: bool) -> MeasureLines:
        """One measure's lines."""
        first, last = self.spans.get(measure.name, (date.min, date.min))
        counted, excluded = self.counted.get(measure.name, []), self.excluded.get(measure.name, [])
        total = sum((row.value for row in counted), Fraction(0))
        measured = self.shown.scored.values.measured.get((measure.name, measure.window), {})
        everything = sum(self.reported.get(kind, 0) for kind in self.shown.scheme.state_of(measure.name).claims)
        told = by_weight(teller.excluded(row) for row in excluded) if teller and whole else []
        own = len(counted) + len(excluded)
        title = self.shown.scheme.measures[measure.name].title
        if language() == "en" and measure.title_en:
            title = measure.title_en[:1].upper() + measure.title_en[1:]
        return MeasureLines(
            title=title, unit=measure.unit, first=first, last=last, total=_text(total, measure.unit),
            counted=tuple(sorted((teller.counted(row, measure.unit) for row in counted), key=_newest)) if teller else (),
            excluded=tuple(line for line in told if line.code != "window"),
            outside=tuple(line for line in told if line.code == "window"),
            counted_count=len(counted), excluded_count=len(excluded), others=everything - own, all_count=everything,
            adds_up=total == measured.get(self.participant.participant, Fraction(0)),
        )


def _newest(line: ClaimLine) -> tuple[int, str]:
    return (-(line.day or date.min).toordinal(), line.claim)


def _text(value: Fraction | None, unit: str) -> str:
    """A quantity with its unit; counts plain."""
    if value is None:
        return NOTHING
    if unit == "fen":
        return f"{money_text(int(value), '万元')} 万元"
    return quantity_text(value, unit)  # type: ignore[arg-type]


def _node(node: Any, name: str) -> Any:
    if node.name == name:
        return node
    return next((found for child in node.children if (found := _node(child, name))), None)


def _adds_up(lines: list[dict[str, Any]]) -> bool:
    """Whether each total is the sum of the lines below it."""
    for at, line in enumerate(lines):
        if line["kind"] != "total":
            continue
        below = []
        for other in lines[at + 1 :]:
            if other["depth"] <= line["depth"]:
                break
            if other["depth"] == line["depth"] + 1:
                below.append(Fraction(other["points"]))
        if sum(below, Fraction(0)) != Fraction(line["total"]):
            return False
    return True
