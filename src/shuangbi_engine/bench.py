"""How fast the engine is on a synthetic city, beside pandas and plain SQL: rows for `shuangbi bench`, medians of several runs."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from .backends import BackendMissing, backend
from .bench_city import MONTH, City, make_city, write_folder
from .bench_rivals import PANDAS, PandasCity, SqlCity, Sums
from .evaluate import ScoreSheet, evaluate
from .explain import counted_and_excluded, judge_claims, known_groups, sentences, step_rows, words_for
from .history import Known
from .known import known_facts
from .measuring import measured_at, measured_values, span_of
from .postings import Posting, difference, fold
from .scheme import Scheme
from .tables import ClaimEvent
from .values import MeasuredValues

OURS = "sqlite"
RUNS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """A piece of work on an engine: median seconds, and how many times those of another piece (`ratio_to`) they are."""

    work: str
    engine: str
    seconds: Any
    ratio_to: str | None = None
    ratio: Any = None

    def as_dict(self, size: str) -> dict[str, Any]:
        """The row as `shuangbi bench --json` prints it."""
        return {
            "work": self.work,
            "size": size,
            "engine": self.engine,
            "seconds": self.seconds,
            "ratio_to": self.ratio_to,
            "ratio": self.ratio,
        }


def seconds_of(work: Callable[[], object], runs: int = RUNS) -> Any:
    """The median of some runs, in seconds to a hundredth of a millisecond; one run before them is not counted."""
    if runs > 1:
        work()
    found = []
    for _ in range(runs):
        begun = time.perf_counter_ns()
        work()
        found.append(time.perf_counter_ns() - begun)
    return _short(median(found) / 10**9)


def _short(value: Any) -> Any:
    return int(value * 10**5) / 10**5


def ratio_of(one: Any, other: Any) -> Any:
    """How many times the other, to two decimals."""
    return int(one / other * 100) / 100 if other else None


def engine_timings(city: City | None = None, runs: int = RUNS) -> tuple[list[Timing], list[str]]:
    """All rows of the engine, and what was left out and why."""
    city = city or make_city()
    with tempfile.TemporaryDirectory(prefix="shuangbi-bench-") as name:
        bench = _Bench(city, runs, Path(name))
        found = [*bench.folding(), *bench.cutoffs(), *bench.explaining(), *bench.correcting(), *bench.cold()]
    return found, bench.left_out


class _Bench:
    def __init__(self, city: City, runs: int, folder: Path) -> None:
        self.city, self.runs, self.folder = city, runs, folder
        self.scheme: Scheme = city.scheme
        self.histories = city.histories
        self.round = known_facts(city.facts).round(MONTH)
        self.begun = date(2020, 1, 1)
        self.left_out: list[str] = []
        self.postings: list[Posting] = []
        self.seconds: dict[str, Any] = {}

    def folding(self) -> Iterable[Timing]:
        """All postings from the facts."""

        def all_of_them() -> None:
            self.postings = [row for history in self.histories for row in fold(history, self.scheme.policy)]

        self.seconds["postings"] = seconds_of(all_of_them, min(self.runs, 3))
        yield Timing("postings from scratch", "python", self.seconds["postings"])

    def cutoffs(self) -> Iterable[Timing]:
        """One cutoff and the 52 weeks of the year, on each engine and beside it."""
        weeks = self.city.weeks
        places = {OURS: backend(OURS).in_memory(self.postings), **self._columnar()}
        for name, place in places.items():
            one = seconds_of(lambda place=place: self._sheets(place, [self.city.last]), self.runs)  # type: ignore[misc]
            many = seconds_of(lambda place=place: self._sheets(place, weeks), min(self.runs, 3))  # type: ignore[misc]
            self.seconds[f"{name} one"], self.seconds[f"{name} many"] = one, many
            beside = None if name == OURS else self.seconds[f"{OURS} one"]
            yield Timing("one cutoff", name, one, beside and OURS, beside and ratio_of(one, beside))
            yield Timing("52 cutoffs", name, many, "one cutoff", ratio_of(many, one))
        self.place = places[OURS]
        expected = self._sums(measured_values(self.place, self.scheme, self.city.facts, MONTH, self.city.last))
        for name, rival in self._rivals():
            if rival.run(self.round, self.begun, self.city.last)[0] != expected:
                raise ArithmeticError(name)
            one = seconds_of(lambda rival=rival: rival.run(self.round, self.begun, self.city.last), self.runs)  # type: ignore[misc]
            many = seconds_of(lambda rival=rival: self._each_week(rival), 1)  # type: ignore[misc]
            yield Timing("one cutoff", name, one, OURS, ratio_of(one, self.seconds[f"{OURS} one"]))
            yield Timing("52 cutoffs", name, many, OURS, ratio_of(many, self.seconds[f"{OURS} many"]))

    def _columnar(self) -> dict[str, Any]:
        """DuckDB in memory and on a Parquet file, where the extra is installed."""
        try:
            place = backend("duckdb")
        except BackendMissing as missing:
            self.left_out.append(str(missing))
            return {}
        file = self.folder / "postings.parquet"
        place.write_parquet(self.postings, file)
        return {"duckdb": place.in_memory(self.postings), "parquet": place.on_parquet(str(file))}

    def _rivals(self) -> Iterable[tuple[str, Any]]:
        yield "plain sql", SqlCity(self.city)
        if PANDAS is None:
            self.left_out.append("pandas: not installed")
        else:
            yield "pandas", PandasCity(self.city)

    def _sheets(self, place: Any, seqs: Sequence[int]) -> list[ScoreSheet]:
        found = measured_at(place, self.scheme, self.city.facts, MONTH, seqs)
        return [evaluate(self.scheme, values) for values in found]

    def _each_week(self, rival: Any) -> None:
        for seq in self.city.weeks:
            rival.run(self.round, self.begun, seq)

    def _sums(self, values: MeasuredValues) -> Sums:
        return {
            name: {unit: int(value) for unit, value in values.measured[name, measure.window].items() if value}
            for name, measure in self.scheme.measures.items()
        }

    def explaining(self) -> Iterable[Timing]:
        """The month with every explanation: each unit's sentences and steps, each claim counted or excluded."""
        seconds = seconds_of(self._explained, min(self.runs, 3))
        one = self.seconds[f"{OURS} one"]
        yield Timing("the month with every explanation", OURS, seconds, "one cutoff", ratio_of(seconds, one))

    def _explained(self) -> int:
        (sheet,) = self._sheets(self.place, [self.city.last])
        known = known_facts(self.city.facts, self.city.last)
        groups: list[Known] = known_groups(self.histories, self.city.last)
        words, said = words_for(self.scheme, "zh"), 0
        judged = {}
        for measure in self.scheme.measures.values():
            first, last = span_of(known, self.round, measure.window) or (1, 1)
            days = date.fromordinal(first), date.fromordinal(last)
            judged[measure.name] = judge_claims(self.scheme, measure, groups, days)
        for group in sheet.groups:
            members = {one.participant: one for one in known.in_group(group.group, MONTH)}
            for one in group.sheets:
                said += len(sentences(self.scheme, group, one))
                for line in one.items():
                    said += len(step_rows(group, line.name, one.participant, words))
                for rows in judged.values():
                    counted, excluded = counted_and_excluded(rows, members[one.participant])
                    said += len(counted) + len(excluded)
        return said

    def correcting(self) -> Iterable[Timing]:
        """One corrected claim: its project folded again, the difference appended, the group scored and ranked anew."""
        claim = next(row for row in self.city.claims if row.event == "recognised" and row.day is None)
        at = next(number for number, one in enumerate(self.histories) if one.subject == claim.subject)
        kept, seq = self.histories[at], self.city.last
        old = fold(kept, self.scheme.policy)
        before = measured_values(self.place, self.scheme, self.city.facts, MONTH, seq)

        def corrected() -> ScoreSheet:
            event = ClaimEvent(seq, claim.claim, claim.subject, "corrected", day=date(2020, 9, 9))
            later = replace(kept, claims=(*kept.claims, event))
            return self._after(before, difference(old, fold(later, self.scheme.policy)))

        one = seconds_of(corrected, self.runs)
        full = self.seconds["postings"] + self.seconds[f"{OURS} one"]
        yield Timing("full run", OURS, _short(full))
        yield Timing("one corrected claim, its group re-ranked", OURS, one, "full run", int(one / full * 10**4) / 10**4)

    def _after(self, before: MeasuredValues, new: list[Posting]) -> ScoreSheet:
        """Measures are sums, so that the values of the new postings alone are added to what was measured."""
        added = measured_values(backend(OURS).in_memory(new), self.scheme, self.city.facts, MONTH)
        measured = {
            key: {name: value + added.measured[key][name] for name, value in column.items()}
            for key, column in before.measured.items()
        }
        city = {key: value + added.city[key] for key, value in before.city.items()}
        return evaluate(self.scheme, replace(before, measured=measured, city=city))

    def cold(self) -> Iterable[Timing]:
        """The command on a folder of the city's tables, from the start of the process to its end."""
        facts = self.folder / "facts"
        facts.mkdir()
        scheme = write_folder(self.city, facts)
        command = [sys.executable, "-m", "shuangbi.cli", "evaluate", str(scheme), str(facts), "--round", MONTH, "--json"]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}

        def from_cold() -> None:
            subprocess.run(command, check=True, capture_output=True, env=environment)

        yield Timing("evaluate a folder, from cold", OURS, seconds_of(from_cold, min(self.runs, 3)))


