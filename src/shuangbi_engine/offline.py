"""Scores a folder of fact tables without any site: fold → database in memory → measure → evaluate → plain data.

Only one cutoff is asked for, so the fold is taken at that cutoff alone.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from .backends import backend
from .evaluate import GroupSheet, ScoreSheet, UnitSheet, evaluate
from .explain import counted_and_excluded, judge_claims, known_groups, sentences, step_rows, words_for
from .fact_cells import moment
from .folder import FolderFacts, read_folder
from .function import Language
from .history import Known
from .known import KnownFacts, known_facts
from .measuring import measured_values, span_of
from .numbers import percent_text, points_text, short_text
from .outcome import Label
from .outcomes import OUTCOMES
from .postings import snapshot
from .progress import ProgressRow
from .scheme import Item, Scheme
from .scheme_file import load_scheme
from .scheme_steps import sources_of
from .values import CITY

LARGE = 100_000
"""From so many postings on, DuckDB is the default engine."""
_LEVELS = {1: "reported", 2: "recognised"}


def evaluate_folder(
    scheme_path: str | Path,
    folder: str | Path,
    round_name: str,
    as_of: str | int | None = None,
    engine: str | None = None,
    explain: str | None = None,
    language: Language = "zh",
) -> dict[str, Any]:
    """Score one round of a folder; plain data in the shape of `shuangbi evaluate --json`.

    `as_of` is a seq or a time. Without an engine it is SQLite, or DuckDB beyond 100,000 postings. Raises
    SchemeRefused, FactsRefused, BackendMissing, EarlierMissing and LookupError (unknown round or participant, what is
    no time, or a time where no row says when it was recorded).
    """
    scheme = load_scheme(scheme_path)
    with _without_collection():
        read = read_folder(folder, scheme)
        seq = _seq(read, as_of)
        sheet = score(scheme, read, round_name, seq, engine)
        data = sheet_as_dict(scheme, sheet)
        data["as_of"] = as_of
        if explain is not None:
            _Explanation(scheme, read, round_name, seq, language).add(data, sheet, explain)
    return data


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing here makes cycles, and looking for them among so many rows takes a quarter of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _seq(read: FolderFacts, as_of: str | int | None) -> int | None:
    """The seq that is meant: a number as it is, a time as the last seq recorded by then."""
    if not isinstance(as_of, str):
        return as_of
    if as_of.isdecimal() and len(as_of) < len("20201019"):
        return int(as_of)
    try:
        asked = moment(as_of)
    except ValueError:
        raise LookupError(as_of) from None
    return read.seq_at(asked)


def score(
    scheme: Scheme, read: FolderFacts, round_name: str, seq: int | None = None, engine: str | None = None
) -> ScoreSheet:
    """The score sheet of a round of a folder, with the rounds that its composites take."""
    postings = [row for history in read.histories for row in snapshot(history, scheme.policy, seq)]
    chosen = engine or ("sqlite" if len(postings) < LARGE else "duckdb")
    place = backend(chosen).in_memory(postings)
    return _score(scheme, read, (round_name, ()), seq, place)


def _score(
    scheme: Scheme, read: FolderFacts, asked: tuple[str, tuple[str, ...]], seq: int | None, place: Any
) -> ScoreSheet:
    """A round after the rounds before it; `asked` names it and those that are being scored, which it may not take."""
    name, above = asked
    known = known_facts(read.facts, seq)
    kind = known.round(name).kind
    earlier: dict[str, Mapping[str, int]] = {}
    for taken in rounds_taken(scheme, kind):
        if taken in known.rounds and taken not in (name, *above):
            earlier[taken] = _score(scheme, read, (taken, (*above, name)), seq, place).totals()
    return evaluate(scheme, measured_values(place, scheme, read.facts, name, seq, earlier))


def rounds_taken(scheme: Scheme, kind: str) -> list[str]:
    """The rounds that composites of a kind of round take."""
    found: dict[str, None] = {}
    nodes = [group.totals[kind] for group in scheme.groups.values() if kind in group.totals]
    while nodes:
        node = nodes.pop()
        found |= dict.fromkeys(name for name, _ in node.earlier)
        nodes += node.children
    return list(found)


def sheet_as_dict(scheme: Scheme, sheet: ScoreSheet) -> dict[str, Any]:
    """A score sheet as plain data: strings where decimals, integers in base units, keys only ever added."""
    return {
        "round": sheet.round,
        "as_of": None,
        "published": None,
        "scheme": sheet.scheme,
        "digest": sheet.digest,
        "city": [_progress(row) for row in sheet.progress if row.participant == CITY],
        "groups": [
            {
                "group": group.group,
                "title": group.title,
                "ranking": [_unit(one, sheet.compare_at) for one in group.sheets],
            }
            for group in sheet.groups
        ],
        "progress": [
            {"participant": row.participant, **_progress(row)}
            for row in sheet.progress
            if row.participant != CITY
        ],
        "outcomes": [
            {"outcome": rule.name, "title": rule.title, "labels": [_label(one, rule.rule) for one in labels]}
            for rule in scheme.outcomes
            for labels in (sheet.labels[rule.name],)
        ],
    }


def _whole(value: Fraction | None) -> int | str | None:
    """An integer in base units; a shared count keeps its decimals as text."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else short_text(value)


def _rate(value: Fraction | None) -> str | None:
    return None if value is None else percent_text(value)


def _progress(row: ProgressRow) -> dict[str, Any]:
    return {
        "indicator": row.indicator,
        "title": row.title,
        "unit": row.unit,
        "level": _LEVELS[row.level],
        "target": _whole(row.target),
        "actual": _whole(row.actual),
        "rate": _rate(row.rate),
        "year_target": _whole(row.year_target),
        "to_date": _whole(row.to_date),
        "year_rate": _rate(row.year_rate),
        "expected": None if row.expected is None else short_text(row.expected),
        "ahead": _rate(row.ahead),
    }


def _unit(one: UnitSheet, decimals: int) -> dict[str, Any]:
    return {
        "unit": one.participant,
        "name": one.name,
        "rank": one.rank,
        "score": points_text(one.points, decimals),
        "total": points_text(one.points),
        "items": [
            {"item": line.name, "title": line.title, "points": points_text(line.points)}
            for line in one.items()
        ],
        "lines": [
            {
                "depth": depth,
                "kind": line.kind,
                "line": line.name,
                "title": line.title,
                "points": points_text(line.points),
                "total": points_text(line.total if line.kind in ("total", "earlier") else line.points),
                "note": line.note,
                "about": line.about,
                "absent": line.absent,
            }
            for depth, line in one.total.walk()
        ],
    }


def _label(label: Label, rule: str) -> dict[str, Any]:
    return {
        "unit": label.participant,
        "label": label.label,
        "title": OUTCOMES[rule].labels[label.label][0],
        "measure": label.measure,
        "order": label.order,
        "target": _whole(label.target),
        "actual": _whole(label.actual),
        "rate": _rate(label.rate),
    }


class _Explanation:
    """What `--explain` adds: under each item its steps and the claims that count and do not."""

    def __init__(
        self, scheme: Scheme, read: FolderFacts, round_name: str, seq: int | None, language: Language
    ) -> None:
        self.scheme, self.language, self.round_name = scheme, language, round_name
        self.known: KnownFacts = known_facts(read.facts, seq)
        self.groups: list[Known] = known_groups(read.histories, seq)

    def add(self, data: dict[str, Any], sheet: ScoreSheet, unit: str) -> None:
        """Explain one participant in every group it is ranked in; LookupError where there is none."""
        found = False
        for group, shown in zip(sheet.groups, data["groups"], strict=True):
            for one, row in zip(group.sheets, shown["ranking"], strict=True):
                if one.participant == unit:
                    found = True
                    self._unit(group, one, row)
        if not found:
            raise LookupError(unit)

    def _unit(self, group: GroupSheet, one: UnitSheet, row: dict[str, Any]) -> None:
        words = words_for(self.scheme, self.language)
        row["sentences"] = sentences(self.scheme, group, one, self.language)
        for item in row["items"]:
            item["steps"] = [
                {
                    "function": step.function,
                    "text": step.text,
                    "depth": step.depth,
                    "in": None if step.before is None else short_text(step.before),
                    "out": None if step.after is None else short_text(step.after),
                    "exact": None if step.after is None else str(step.after),
                }
                for step in step_rows(group, item["item"], one.participant, words)
            ]
            rule = self.scheme.groups[group.group].item(item["item"])
            item["counted"], item["excluded"] = self._claims(group.group, one.participant, rule)

    def _claims(self, group: str, name: str, item: Item) -> tuple[list[Any], list[Any]]:
        members = self.known.in_group(group, self.round_name)
        participant = next(one for one in members if one.participant == name)
        counted: list[Any] = []
        excluded: list[Any] = []
        names = dict.fromkeys(
            source.name for step in item.steps for source in sources_of(step) if source.kind == "measure"
        )
        for measure in (self.scheme.measures[measure] for measure in names):
            window = span_of(self.known, self.known.round(self.round_name), measure.window)
            if window is None:
                continue
            days = (date.fromordinal(window[0]), date.fromordinal(window[1]))
            judged = judge_claims(self.scheme, measure, self.groups, days)
            target = self.known.targets.get((name, measure.name, self.round_name))
            named = frozenset(target.subjects if target is not None else ())
            yes, no = counted_and_excluded(judged, participant, named)
            counted += [
                {
                    "id": row.claim,
                    "subject": row.subject,
                    "measure": measure.name,
                    "day": row.day.isoformat(),
                    "value": _whole(row.value),
                }
                for row in yes
            ]
            excluded += [
                {
                    "id": row.claim,
                    "subject": row.subject,
                    "measure": measure.name,
                    "reason": row.text(self.language),
                    "code": row.reason,
                    "about": row.about,
                }
                for row in no
            ]
        return counted, excluded
