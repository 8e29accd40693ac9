"""Reading the demo's own input tables."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from shuangbi.foundation.uploads import read_table

INPUT = Path(__file__).resolve().parent / "input"


def content(name: str) -> bytes:
    """The bytes of an input file."""
    return (INPUT / name).read_bytes()


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of an input table by head, days as days, empty cells as empty text."""
    table = read_table(content(f"{name}.xlsx"), name=f"{name}.xlsx")
    for row in table.rows:
        yield {head: "" if cell is None else cell for head, cell in zip(table.head, row.cells, strict=False)}


def day(value: Any) -> date | None:
    """A cell as a day."""
    if value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
