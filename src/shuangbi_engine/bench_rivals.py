"""The same scores by a straight translation into pandas and into plain SQL on SQLite, for the benchmarks to stand beside.

Both start from the rows as they are (no postings) and give what a spreadsheet would: sums per unit, points, places. They use
floating point; the benchmark checks that their sums are the engine's.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import Any

from .bench_city import INDICATORS, City, Indicator
from .tables import Round

try:
    import pandas  # type: ignore[import-untyped]
except ImportError:  # a development dependency: without it there is nothing to stand beside
    pandas = None

PANDAS: ModuleType | None = pandas

Sums = dict[str, dict[str, int]]
"""By indicator and unit; absent is 0."""


class PandasCity:
    """The rows as data frames; `run` is one cutoff of one round."""

    def __init__(self, city: City) -> None:
        claims = [(r.seq, r.claim, r.subject, r.event, r.kind, _ordinal(r.day), r.amount) for r in city.claims]
        projects = [(r.seq, r.project, r.unit, r.bringer, r.total_investment, "key" in r.lists) for r in city.projects]
        targets = [(r.participant, r.measure, r.round, r.value) for r in city.facts.targets]
        self.claims = pandas.DataFrame(claims, columns=["seq", "claim", "subject", "event", "kind", "day", "amount"])
        self.projects = pandas.DataFrame(projects, columns=["seq", "project", "unit", "bringer", "size", "key"])
        self.targets = pandas.DataFrame(targets, columns=["unit", "measure", "round", "target"])

    def run(self, asked: Round, begun: date, seq: int) -> tuple[Sums, Any]:
        """Sums by indicator, and a frame of total and place by unit."""
        known = self.claims[self.claims.seq <= seq]
        said = known[known.day.notna()].groupby("claim")[["day", "amount"]].last()
        status = known[known.event != "corrected"].groupby("claim")["event"].last()
        first = known[known.event == "reported"].set_index("claim")[["subject", "kind"]]
        good = first.join(said).join(status)
        good = good[good.event == "recognised"]
        projects = self.projects[self.projects.seq <= seq].groupby("project").last().drop(columns="seq")
        good = good.join(projects, on="subject", how="inner")
        sums: Sums = {}
        for one in INDICATORS:
            column = self._summed(good, one, (asked.start if one.window == "round" else begun, asked.end))
            sums[one.name] = {str(unit): int(value) for unit, value in column.items() if value}
        return sums, self._placed(sums, asked.round)

    def _summed(self, good: Any, one: Indicator, window: tuple[date, date]) -> Any:
        rows = good[good.kind == one.claims]
        if one.requires:
            reached = good[good.kind == one.requires].groupby("subject")["day"].min().rename("reached")
            rows = rows.join(reached, on="subject", how="inner")
            rows = rows.assign(day=rows[["day", "reached"]].max(axis=1))
        if one.once:
            rows = rows.sort_values("day").drop_duplicates("subject")
        rows = rows[(rows.day >= window[0].toordinal()) & (rows.day <= window[1].toordinal()) & (rows["size"] >= one.size)]
        if one.key:
            rows = rows[rows.key]
        unit = "unit" if one.credit == "owner" else "bringer"
        rows = rows[rows[unit] != ""]
        if one.take == "count":
            return rows.groupby(unit).size()
        return rows.groupby(unit)["size" if one.once else "amount"].sum()

    def _placed(self, sums: Sums, round_name: str) -> Any:
        asked = self.targets[self.targets["round"] == round_name].pivot(index="unit", columns="measure", values="target")
        done = pandas.DataFrame(sums).reindex(asked.index).fillna(0)
        full = pandas.Series({one.name: one.full for one in INDICATORS})
        total = ((done / asked).clip(0, 6 / 5) * full).sum(axis=1)
        return pandas.DataFrame({"total": total, "rank": total.rank(ascending=False, method="min")})


class SqlCity:
    """The rows in SQLite with the indexes a careful hand would make; `run` is one cutoff of one round, one query."""

    def __init__(self, city: City) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.executescript(_TABLES)
        self._fill("claims", ((r.seq, r.claim, r.subject, r.event, r.kind, _ordinal(r.day), r.amount) for r in city.claims))
        rows = ((r.seq, r.project, r.unit, r.bringer, r.total_investment, "key" in r.lists) for r in city.projects)
        self._fill("projects", rows)
        self._fill("targets", ((r.participant, r.measure, r.round, r.value) for r in city.facts.targets))
        self.query = _query()

    def _fill(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        found = list(rows)
        places = ", ".join("?" for _ in found[0])
        self.connection.executemany(f"INSERT INTO {table} VALUES ({places})", found)  # noqa: S608

    def run(self, asked: Round, begun: date, seq: int) -> tuple[Sums, list[tuple[str, Any, int]]]:
        """Sums by indicator, and unit, total and place."""
        given = {
            "seq": seq, "start": asked.start.toordinal(), "begun": begun.toordinal(), "end": asked.end.toordinal(),
            "round": asked.round,
        }  # fmt: skip
        rows = self.connection.execute(self.query, given).fetchall()
        sums: Sums = {
            one.name: {str(row[0]): row[3 + at] for row in rows if row[3 + at]} for at, one in enumerate(INDICATORS)
        }
        return sums, [(row[0], row[1], row[2]) for row in rows]


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


_TABLES = """
CREATE TABLE claims (seq INTEGER PRIMARY KEY, claim TEXT, subject TEXT, event TEXT, kind TEXT, day INTEGER, amount INTEGER);
CREATE TABLE projects (seq INTEGER PRIMARY KEY, project TEXT, unit TEXT, bringer TEXT, size INTEGER, key INTEGER);
CREATE TABLE targets (unit TEXT, measure TEXT, round TEXT, target INTEGER);
CREATE INDEX claims_by_claim ON claims (claim, seq);
CREATE INDEX projects_by_project ON projects (project, seq);
CREATE INDEX targets_by_round ON targets (round, measure, unit);
"""


def _query() -> str:
    """Latest values and status of each claim, counted once where a project counts once, summed and ranked by unit."""
    parts = [_summed(one) for one in INDICATORS]
    columns = ", ".join(f"sum(CASE WHEN measure = '{one.name}' THEN done ELSE 0 END)" for one in INDICATORS)
    full = " ".join(f"WHEN '{one.name}' THEN {one.full}" for one in INDICATORS)
    return f"""
WITH said AS (SELECT claim, day, amount, max(seq) FROM claims WHERE seq <= :seq AND day IS NOT NULL GROUP BY claim),
status AS (SELECT claim, event, max(seq) FROM claims WHERE seq <= :seq AND event <> 'corrected' GROUP BY claim),
project AS MATERIALIZED (
  SELECT project, unit, bringer, size, key, max(seq) FROM projects WHERE seq <= :seq GROUP BY project),
good AS MATERIALIZED (
  SELECT first.subject, first.kind, said.day, said.amount, project.unit, project.bringer, project.size, project.key
  FROM claims first JOIN status USING (claim) JOIN said USING (claim) JOIN project ON project.project = first.subject
  WHERE first.event = 'reported' AND first.seq <= :seq AND status.event = 'recognised'),
sums AS ({" UNION ALL ".join(parts)}),
points AS (
  SELECT targets.unit, targets.measure, coalesce(sums.done, 0) AS done,
    max(0, min(1.2, 1.0 * coalesce(sums.done, 0) / targets.target)) * CASE targets.measure {full} END AS points
  FROM targets LEFT JOIN sums ON sums.measure = targets.measure AND sums.unit = targets.unit WHERE targets.round = :round)
SELECT unit, sum(points), rank() OVER (ORDER BY sum(points) DESC), {columns} FROM points GROUP BY unit
"""  # noqa: S608


def _summed(one: Indicator) -> str:
    day, source = "day", "good"
    if one.requires:
        day = "max(good.day, reached.day)"
        source = (
            f"good JOIN (SELECT subject, min(day) AS day FROM good WHERE kind = '{one.requires}' GROUP BY subject) reached "  # noqa: S608
            "USING (subject)"
        )
    unit = "unit" if one.credit == "owner" else "bringer"
    money = "size" if one.once else "amount"
    columns = f"{unit} AS unit, {day} AS day, size, key, {money} AS money"
    rows = f"SELECT {columns} FROM {source} WHERE good.kind = '{one.claims}'"  # noqa: S608
    if one.once:
        first = f"min({day})"
        rows = f"SELECT {unit} AS unit, {first} AS day, size, key, size AS money FROM {source} WHERE good.kind = '{one.claims}' GROUP BY good.subject"  # noqa: S608
    tests = ["unit <> ''", f"size >= {one.size}", f"day BETWEEN {':start' if one.window == 'round' else ':begun'} AND :end"]
    tests += ["key"] if one.key else []
    taken = "count(*)" if one.take == "count" else "sum(money)"
    return f"SELECT '{one.name}' AS measure, unit, {taken} AS done FROM ({rows}) WHERE {' AND '.join(tests)} GROUP BY unit"  # noqa: S608
