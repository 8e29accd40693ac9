"""Reading the ledger out of a plain pg_dump, so that a backup is proved before anything is replaced by it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from shuangbi.ledger.verify import COLUMNS, Fixed, verify_rows

ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def verify_dump(path: Path) -> dict[str, Any]:
    """As `ledger.verify.verify`, for a dump. Raises ValueError when it is none."""
    # A dump keeps no order.
    rows = sorted((_fact(row) for row in _rows(path, "ledger_fact")), key=lambda row: int(row[0]))
    fixed = [Fixed(str(r["site"]), int(r["seq"] or 0), str(r["head"])) for r in _rows(path, "ledger_checkpoint")]
    return verify_rows(rows, fixed)


def dumped_migrations(path: Path) -> set[tuple[str, str]]:
    """The migrations that had been applied."""
    return {(str(row["app"]), str(row["name"])) for row in _rows(path, "django_migrations")}


def dumped_files(path: Path) -> list[tuple[str, int]]:
    """Hash and size of every stored file, by hash."""
    return sorted((str(row["sha256"]), int(row["size"] or 0)) for row in _rows(path, "ledger_storedfile"))


def _fact(row: dict[str, str | None]) -> tuple[Any, ...]:
    read: dict[str, Callable[[str], Any]] = {
        "seq": int, "uuid": UUID, "version": int, "subject": UUID, "unit": UUID, "effective_on": date.fromisoformat,
        "recorded_at": datetime.fromisoformat, "actor": UUID, "body": lambda text: bytes.fromhex(text[2:]),
    }
    cells = ((read.get(name, str), row[name]) for name in COLUMNS)
    return tuple(None if text is None else value(text) for value, text in cells)


def _rows(path: Path, table: str) -> Iterator[dict[str, str | None]]:
    head = re.compile(rf"COPY public\.{table} \((.*)\) FROM stdin;")
    names: list[str] | None = None
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if names is None:
                if found := head.match(line):
                    names = [name.strip('" ') for name in found[1].split(",")]
            elif line == "\\.\n":
                return
            else:
                yield dict(zip(names, map(_cell, line.rstrip("\n").split("\t")), strict=True))
    raise ValueError(f"no {table}")


def _cell(text: str) -> str | None:
    return None if text == "\\N" else re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), text)
