"""Every address of the site: its name, its view, who may, by which methods, and what it asks for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address. `params` are the names in its pattern, in order."""

    name: str
    room: str
    view: Callable[..., Any]
    pattern: str
    params: tuple[str, ...]

    @property
    def who(self) -> frozenset[str] | None:
        """The roles that may open it; None where the view does not say."""
        return getattr(self.view, "who", None)

    @property
    def methods(self) -> frozenset[str]:
        return getattr(self.view, "methods", frozenset())

    @property
    def view_name(self) -> str:
        return str(self.view.__name__)

    def __str__(self) -> str:
        return f"{self.name} (/{self.pattern})"


def routes() -> list[Route]:
    """All addresses, in the order of the URL conf."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        text = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, text, entry.namespace or namespace)
        elif isinstance(entry, URLPattern):
            view = entry.callback
            module = getattr(view, "__module__", "")
            room = module.split(".")[1] if module.startswith("shuangbi.") else namespace
            params = tuple(re.findall(r"<(?:\w+:)?(\w+)>", text))
            yield Route(f"{namespace}:{entry.name}" if namespace else str(entry.name), room, view, text, params)
