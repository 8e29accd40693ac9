"""Where the query runs. Heavy engines are imported only when asked for."""

from importlib import import_module
from typing import Any

_PLACES = {"sqlite": "sqlite", "duckdb": "duckdb", "postgresql": "postgresql"}


class BackendMissing(RuntimeError):
    """An engine that is unknown, or whose extra is not installed; the text says what to do."""


def backend(name: str) -> Any:
    """The module of an engine by its name on the command line."""
    if name == "spark":
        raise BackendMissing("spark: not built yet; use sqlite or duckdb")
    if name not in _PLACES:
        raise BackendMissing(f"{name}: choose sqlite, duckdb or postgresql")
    try:
        return import_module(f".{_PLACES[name]}", __package__)
    except ModuleNotFoundError as missing:
        extra = {"duckdb": "columnar", "postgresql": "pg"}.get(name, "")
        raise BackendMissing(f"{name}: install shuangbi[{extra}] ({missing.name} is missing)") from missing
