"""A YAML document as nodes that know their lines; every scalar is text until a reader types it."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import yaml

from .numbers import NotANumber, Unit, parse_number, parse_quantity
from .scheme_errors import TYPES, SchemeError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LARGEST = 1_000_000
_DEEPEST = 20


class Findings:
    """The errors found so far."""

    def __init__(self) -> None:
        self.errors: list[SchemeError] = []

    def add(self, code: str, at: "Part", **params: str) -> None:
        """Record an error at a place."""
        self.errors.append(SchemeError(code, at.line, at.path, params))

    def warn(self, code: str, at: "Part", **params: str) -> None:
        """Record a warning at a place."""
        self.errors.append(SchemeError(code, at.line, at.path, params, "warning"))


class Part:
    """A node of the document with its path; reading the wrong kind records an error and gives something harmless."""

    def __init__(self, node: yaml.Node | None, path: str, findings: Findings, line: int = 0) -> None:
        self.node = node
        self.path = path
        self.findings = findings
        self.line = node.start_mark.line + 1 if node is not None else line

    def wrong(self, expected: str) -> None:
        """Record that something else belongs here."""
        zh, en = TYPES[expected]
        self.findings.add("wrong_type", self, expected=zh, expected_en=en)

    def map(self) -> "Map":
        """The node as a map; duplicate keys are refused."""
        entries: dict[str, Part] = {}
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("map")
            return Map(self, entries)
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                Part(key, self.path, self.findings).wrong("text")
                continue
            inner = Part(value, f"{self.path}.{key.value}".lstrip("."), self.findings)
            inner.line = key.start_mark.line + 1
            if key.value in entries:
                at = Part(key, inner.path, self.findings)
                self.findings.add("duplicate_key", at, key=str(key.value))
            else:
                entries[str(key.value)] = inner
        return Map(self, entries)

    def list(self) -> "list[Part]":
        """The node as a list of parts."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("list")
            return []
        return [Part(node, f"{self.path}[{at}]", self.findings) for at, node in enumerate(self.node.value, 1)]

    def text(self) -> str:
        """The node as text."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.wrong("text")
            return ""
        return str(self.node.value).strip()

    def is_text(self) -> bool:
        """Whether it is a plain text, not a map or list."""
        return isinstance(self.node, yaml.ScalarNode)

    def number(self) -> Fraction:
        """The node as an exact number."""
        return Fraction(self._typed(parse_number, Fraction(0)))

    def quantity(self, unit: Unit) -> int:
        """The node as a quantity in base units."""
        return int(self._typed(lambda text: parse_quantity(text, unit), 0))

    def _typed(self, parse: Callable[[str], Any], otherwise: Any) -> Any:
        if not self.is_text():
            self.wrong("number")
            return otherwise
        try:
            return parse(self.text())
        except NotANumber as bad:
            self.findings.add("not_a_number", self, value=str(bad))
            return otherwise

    def names(self) -> tuple[str, ...]:
        """The node as names; a single text is a list of one."""
        if self.is_text():
            return (self.text(),)
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("names")
            return ()
        return tuple(part.text() for part in self.list())

    def choice(self, choices: Iterable[str]) -> str:
        """One of the choices; the first where the text is none of them."""
        known, value = tuple(choices), self.text()
        if value in known:
            return value
        key = self.path.rpartition(".")[2]
        self.findings.add("wrong_choice", self, key=key, value=value, choices=" | ".join(known))
        return known[0]


class Map:
    """A map whose keys are taken one by one; `done` refuses those nobody asked for."""

    def __init__(self, part: Part, entries: dict[str, Part]) -> None:
        self.part = part
        self.entries = entries
        self.asked: list[str] = []

    def get(self, key: str) -> Part | None:
        """An optional entry."""
        self.asked.append(key)
        return self.entries.get(key)

    def need(self, key: str) -> Part | None:
        """A required entry; its absence is recorded."""
        part = self.get(key)
        if part is None:
            self.part.findings.add("missing_key", self.part, key=key)
        return part

    def text(self, key: str, required: bool = False) -> str:
        """A text, '' where absent."""
        part = self.need(key) if required else self.get(key)
        return part.text() if part is not None else ""

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names, empty where absent."""
        part = self.get(key)
        return part.names() if part is not None else ()

    def number(self, key: str) -> Fraction | None:
        """An optional number."""
        part = self.get(key)
        return part.number() if part is not None else None

    def needed_number(self, key: str) -> Fraction:
        """A required number."""
        part = self.need(key)
        return part.number() if part is not None else Fraction(0)

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """A choice that must be made: nothing is assumed."""
        known = tuple(choices)
        part = self.get(key)
        if part is None:
            self.part.findings.add("missing_choice", self.part, key=key, choices=" | ".join(known))
            return known[0]
        return part.choice(known)

    def yes(self, key: str) -> bool:
        """A switch that is off unless it says yes."""
        part = self.get(key)
        if part is None:
            return False
        value = part.text().lower()
        if value not in {"yes", "no", "true", "false"}:
            part.wrong("yes_no")
        return value in {"yes", "true"}

    def maps(self, key: str, required: bool = False) -> "list[tuple[str, Part, Map]]":
        """The entries of a map of maps, in order."""
        part = self.need(key) if required else self.get(key)
        if part is None:
            return []
        return [(name, inner, inner.map()) for name, inner in part.map().entries.items()]

    def done(self) -> None:
        """Refuse the keys that nobody asked for, naming a near one."""
        for key, part in self.entries.items():
            if key in self.asked:
                continue
            near = get_close_matches(key, self.asked, 1, 0.7)
            if near:
                part.findings.add("near_key", part, key=key, near=near[0])
            else:
                part.findings.add("unknown_key", part, key=key, known="、".join(dict.fromkeys(self.asked)))


def near_name(name: str, known: Iterable[str]) -> str:
    """A note on a similar name, for an error about an unknown one."""
    near = get_close_matches(name, list(known), 1, 0.6)
    return f" (→ {near[0]}?)" if near else ""


def read_document(text: str) -> tuple[Part, Findings]:
    """The document as nodes. Anchors, aliases, depth and size beyond reason are refused."""
    findings = Findings()
    empty = Part(None, "", findings, 1)
    if len(text) > _LARGEST:
        findings.add("too_large", empty)
        return empty, findings
    try:
        if _anchored(text, findings):
            return empty, findings
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as bad:
        mark = getattr(bad, "problem_mark", None)
        at = Part(None, "", findings, mark.line + 1 if mark is not None else 1)
        findings.add("not_yaml", at, detail=str(getattr(bad, "problem", None) or bad))
        return empty, findings
    return Part(node, "", findings, 1), findings


def _anchored(text: str, findings: Findings) -> bool:
    """Whether anchors or aliases are used, or nesting is too deep: looked for before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        mark = event.start_mark
        at = Part(None, "", findings, mark.line + 1 if mark is not None else 1)
        if getattr(event, "anchor", None):
            findings.add("alias", at)
            return True
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                findings.add("too_deep", at)
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def plain(node: yaml.Node | None) -> Any:
    """The document as maps, lists and texts: what its digest is made of. Comments and layout are not part of it."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else None
