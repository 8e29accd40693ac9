"""Both implementations asked the same questions: what differs, in words."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

from shuangbi_engine.backends.sqlite import in_memory
from shuangbi_engine.evaluate import EarlierMissing, Line, ScoreSheet, evaluate
from shuangbi_engine.known import known_facts
from shuangbi_engine.measuring import measured_values
from shuangbi_engine.offline import rounds_taken
from shuangbi_engine.postings import fold
from shuangbi_engine.scheme import Scheme
from shuangbi_engine.scheme_file import parse_scheme
from shuangbi_engine.tables import GroupHistory
from shuangbi_engine.values import MeasuredValues

from .assessment import Counting
from .labels import listed, places, progress
from .random_scheme import dumped
from .random_world import LAST, ROUNDS, world
from .reading import World
from .scoring import Refused, Scoring, Sheet, Total

QUESTIONS = 12
"""How many pairs of round and seq are asked of one world."""


class Engine:
    """The engine on a world: folded once, asked many times."""

    def __init__(self, found: World) -> None:
        self.scheme: Scheme = parse_scheme(dumped(found.rules))
        self.facts = found.facts
        postings = [row for history in histories(found) for row in fold(history, self.scheme.policy)]
        self.place = in_memory(postings)

    def values(self, round_name: str, seq: int | None, above: tuple[str, ...] = ()) -> MeasuredValues:
        """The measured values of a round, with the totals of the rounds that it takes."""
        known = known_facts(self.facts, seq)
        earlier: dict[str, Any] = {}
        for taken in rounds_taken(self.scheme, known.round(round_name).kind):
            if taken in known.rounds and taken not in (round_name, *above):
                earlier[taken] = self.sheet(taken, seq, (*above, round_name)).totals()
        return measured_values(self.place, self.scheme, self.facts, round_name, seq, earlier)

    def sheet(self, round_name: str, seq: int | None, above: tuple[str, ...] = ()) -> ScoreSheet:
        """The score sheet of a round."""
        return evaluate(self.scheme, self.values(round_name, seq, above))


def histories(found: World) -> list[GroupHistory]:
    """The rows of a world by subject, each part in the order in which it became known."""
    names = sorted({row.project for row in (*found.projects, *found.credits)} | {row.subject for row in found.claims})
    return [
        GroupHistory(
            name,
            tuple(sorted((row for row in found.projects if row.project == name), key=lambda row: row.seq)),
            tuple(sorted((row for row in found.claims if row.subject == name), key=lambda row: row.seq)),
            tuple(sorted((row for row in found.credits if row.project == name), key=lambda row: row.seq)),
        )
        for name in names
    ]


def compare(seed: str, counts: Counter[str]) -> list[str]:
    """What differs in the world of a seed; `counts` learns how much was compared."""
    found = world(seed)
    engine = Engine(found)
    random = Random(f"{seed} questions")
    counts["worlds"] += 1
    differences: list[str] = []
    for _ in range(QUESTIONS):
        seq = random.choice((None, random.randint(0, LAST)))
        counting = Counting(found, LAST if seq is None else seq)
        round_name = random.choice([name for name in ROUNDS if name in counting.known.rounds])
        counts["sheets"] += 1
        differences += [f"{seed} {round_name} at {seq}: {text}" for text in _ask(engine, counting, (round_name, seq), counts)]
    return differences


def _ask(engine: Engine, counting: Counting, asked: tuple[str, int | None], counts: Counter[str]) -> Iterator[str]:
    round_name, seq = asked
    scoring = Scoring(counting)
    try:
        sheets = scoring.sheets(round_name)
    except Refused:
        sheets = None
    try:
        values = engine.values(round_name, seq)
        sheet = evaluate(engine.scheme, values)
    except EarlierMissing:
        counts["refused"] += 1
        if sheets is not None:
            yield "only the engine refuses"
        return
    if sheets is None:
        yield "only the oracle refuses"
        return
    if [group.group for group in sheet.groups] != list(sheets):
        yield f"groups {[group.group for group in sheet.groups]} != {list(sheets)}"
        return
    yield from _measures(values, counting, round_name, counts)
    for group in sheet.groups:
        own = sheets[group.group]
        if {one.participant: one.rank for one in group.sheets} != own.ranks:
            yield f"ranks {group.group} {[(one.participant, one.rank) for one in group.sheets]} != {own.ranks}"
        counts["ranks"] += len(own.ranks)
        for one in group.sheets:
            yield from _items(one.items(), own, one.participant, counts)
            for text in _lines(one.total, own.totals[one.participant], counts):
                yield f"{group.group} {one.participant}: {text}"
    yield from _progress(sheet, counting, round_name, counts)
    yield from _labels(sheet, counting, sheets, round_name, counts)


def _measures(
    values: MeasuredValues, counting: Counting, round_name: str, counts: Counter[str]
) -> Iterator[str]:
    members = {row.participant: row for rows in values.participants.values() for row in rows}
    for (measure, window), column in values.measured.items():
        for name, value in column.items():
            counts["measures"] += 1
            parts = counting.of_participant(measure, members[name], round_name, window)
            if counting.summed(measure, parts) != value:
                yield f"{measure} {window} {name}: {value} != {counting.summed(measure, parts)}"
        whole = counting.summed(measure, counting.of_whole(measure, round_name, window))
        if values.city[measure, window] != whole:
            yield f"{measure} {window} city: {values.city[measure, window]} != {whole}"


def _items(lines: list[Line], own: Sheet, name: str, counts: Counter[str]) -> Iterator[str]:
    """The exact points of each item, before they are rounded."""
    for line in lines:
        counts["cells"] += 1
        if line.note:
            continue
        if line.exact != own.items[line.name][name]:
            yield f"item {line.name} {name}: {line.exact} != {own.items[line.name][name]}"


def _lines(line: Line, own: Total, counts: Counter[str]) -> Iterator[str]:
    """A total and its lines, down to the last."""
    if line.total != own.points:
        yield f"total {own.name}: {line.total} != {own.points}"
    mine = [(part.kind, part.name, part.points) for part in own.lines if part.points or part.kind in _PARTS]
    theirs = [
        (part.kind, part.name, part.points) for part in line.lines if part.points or part.kind in _PARTS
    ]
    counts["lines"] += len(theirs)
    if sorted(mine) != sorted(theirs):
        yield f"lines of {own.name}: {theirs} != {mine}"
    below = [part for part in line.lines if part.kind == "total"]
    for theirs_below, mine_below in zip(below, own.below, strict=True):
        yield from _lines(theirs_below, mine_below, counts)


_PARTS = ("item", "total", "earlier")


def _progress(sheet: ScoreSheet, counting: Counting, round_name: str, counts: Counter[str]) -> Iterator[str]:
    mine = progress(counting, round_name)
    counts["progress"] += len(mine)
    theirs = {(row.indicator, row.participant): row for row in sheet.progress}
    if set(theirs) != set(mine):
        yield f"progress of {set(theirs) ^ set(mine)}"
        return
    for key, own in mine.items():
        row = theirs[key]
        one = (row.actual, row.target, row.to_date, row.year_target, row.expected)
        two = (own.actual, own.target, own.to_date, own.year_target, own.expected)
        if one != two:
            yield f"progress {key}: {one} != {two}"
        ahead = None if row.ahead is None else row.ahead * 100
        if ahead != own.ahead:
            yield f"ahead {key}: {ahead} != {own.ahead}"


def _labels(
    sheet: ScoreSheet, counting: Counting, sheets: dict[str, Sheet], round_name: str, counts: Counter[str]
) -> Iterator[str]:
    for rule in counting.rules.get("outcomes", ()):
        labels = sheet.labels[rule["name"]]
        theirs: object = {label.participant: label.label for label in labels}
        mine: object
        if rule["rule"] == "list":
            ranks = sheets[rule["group"]].ranks if rule["group"] in sheets else {}
            mine = listed(counting, rule, round_name, ranks)
        else:
            theirs = [(label.measure, label.participant, label.label, label.actual) for label in labels]
            mine = [
                (measure, place.who, place.status, place.actual)
                for measure in rule["measures"]
                for place in places(counting, rule, measure, round_name)
            ]
        counts["labels"] += len(labels)
        if theirs != mine:
            yield f"outcome {rule}: {theirs} != {mine}"
