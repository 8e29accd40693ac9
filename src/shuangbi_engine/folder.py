"""Reads a folder of fact tables (CSV or Parquet); what does not fit is refused with file, row, column and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .fact_cells import Row, TableReader
from .fact_checks import check_tables
from .fact_errors import FactError, FactsRefused
from .scheme import Scheme
from .tables import REQUIRED_TABLES, TABLES, ClaimEvent, Credit, Facts, GroupHistory, Project

__all__ = ["FactsRefused", "FolderFacts", "histories", "read_folder"]


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """All the tables of a folder, and when each seq was recorded."""

    facts: Facts
    histories: tuple[GroupHistory, ...]
    recorded: tuple[tuple[datetime, int], ...] = ()

    def seq_at(self, moment: datetime) -> int:
        """The last seq recorded by a time; LookupError where no row says when it was recorded."""
        if not self.recorded:
            raise LookupError("recorded_at")
        return max((seq for recorded, seq in self.recorded if recorded <= moment), default=-1)


def read_folder(folder: str | Path, scheme: Scheme) -> FolderFacts:
    """All fact tables of a folder. FactsRefused lists what is wrong; nothing is half loaded."""
    reader, place = TableReader(scheme), Path(folder)
    tables: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for name in TABLES:
        files = [file for suffix in (".csv", ".parquet") if (file := place / f"{name}{suffix}").is_file()]
        names[name] = files[0].name if files else f"{name}.csv"
        tables[name] = reader.table(name, files[0]) if files else []
        if not files and name in REQUIRED_TABLES:
            reader.errors.append(FactError("no_table", names[name]))
        if len(files) > 1:
            reader.errors.append(FactError("two_files", files[1].name))
    for file in [*sorted(place.glob("*.csv")), *sorted(place.glob("*.parquet"))]:
        if file.stem not in TABLES:
            reader.errors.append(FactError("unknown_table", file.name))
    errors = reader.errors or check_tables(scheme, tables, names)
    if errors:
        raise FactsRefused(errors)
    facts = Facts(
        rounds=tuple(row for _, row in tables["rounds"]),
        participants=tuple(row for _, row in tables["participants"]),
        targets=tuple(row for _, row in tables["targets"]),
        figures=tuple(row for _, row in tables["figures"]),
        adjustments=tuple(row for _, row in tables["adjustments"]),
        waivers=tuple(row for _, row in tables["waivers"]),
    )
    found = histories(
        [row for _, row in tables["projects"]],
        [row for _, row in tables["claims"]],
        [row for _, row in tables["credits"]],
    )
    return FolderFacts(facts, found, tuple(reader.recorded))


def histories(
    projects: Iterable[Project], claims: Iterable[ClaimEvent], shares: Iterable[Credit]
) -> tuple[GroupHistory, ...]:
    """The rows of each once-group together, in the order of subjects."""
    grouped: dict[str, tuple[list[Project], list[ClaimEvent], list[Credit]]] = {}
    for project in projects:
        grouped.setdefault(project.project, ([], [], []))[0].append(project)
    for claim in claims:
        grouped.setdefault(claim.subject, ([], [], []))[1].append(claim)
    for credit in shares:
        grouped.setdefault(credit.project, ([], [], []))[2].append(credit)
    return tuple(
        GroupHistory(subject, tuple(parts[0]), tuple(parts[1]), tuple(parts[2]))
        for subject, parts in sorted(grouped.items())
    )
