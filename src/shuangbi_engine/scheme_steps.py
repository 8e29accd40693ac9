"""Reads chains of functions out of a scheme file, typed by what each function declares, and checks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .function import Function, Parameter
from .functions import FUNCTIONS
from .scheme import Filter, Source, Step
from .scheme_nodes import Findings, Map, Part, near_name

RESERVED = ("target", "year_target", "city")


@dataclass(frozen=True, slots=True)
class Names:
    """What a chain may speak of."""

    measures: tuple[str, ...]
    figures: tuple[str, ...]
    groups: tuple[str, ...]
    findings: Findings


def read_steps(part: Part | None, names: Names) -> tuple[Step, ...]:
    """A chain; its first step must bring its own input."""
    if part is None:
        return ()
    steps: list[Step] = []
    for place in part.list():
        entries = place.map().entries
        if len(entries) != 1:
            place.wrong("step")
            continue
        name, inner = next(iter(entries.items()))
        function = FUNCTIONS.get(name)
        if function is None:
            known = "、".join(FUNCTIONS)
            names.findings.add(
                "unknown_function", place, name=name, near=near_name(name, FUNCTIONS), known=known
            )
            continue
        settings = read_settings(inner.map(), function.parameters, names)
        _check_settings(function, settings, inner, names.findings)
        _check_place(function, settings, not steps, inner)
        steps.append(Step(name, settings, place.line))
    _check_caps(steps, part, names.findings)
    if not steps:
        names.findings.add("not_empty", part, key="steps")
    return tuple(steps)


def _check_place(function: Function, settings: Mapping[str, Any], first: bool, at: Part) -> None:
    own = function.starts == "always" or (
        function.starts == "with_of" and ("of" in settings or "columns" in settings)
    )
    if first and not own:
        at.findings.add("no_start", at, name=function.name)
    if not first and own:
        at.findings.add("late_start", at, name=function.name)


def read_settings(entries: Map, parameters: Iterable[Parameter], names: Names) -> dict[str, Any]:
    """The settings that a function or outcome declares; whatever else stands there is refused."""
    settings: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.type == "choice" and parameter.required:
            settings[parameter.name] = entries.choice(parameter.name, parameter.choices)
            continue
        part = entries.need(parameter.name) if parameter.required else entries.get(parameter.name)
        if part is not None:
            settings[parameter.name] = _read(part, parameter, names)
    for name, value in settings.items():
        if isinstance(value, Source) and not value.name and value.kind in RESERVED:
            settings[name] = _belonging(value, settings.get("of"), entries.entries[name])
    entries.done()
    return settings


def _belonging(value: Source, of: object, at: Part) -> Source:
    """`target` means the target of the measure in `of`."""
    if isinstance(of, Source) and of.kind == "measure":
        return Source(value.kind, of.name)
    at.findings.add("no_target_here", at, name=value.kind)
    return value


def _read(part: Part, parameter: Parameter, names: Names) -> Any:
    kind = parameter.type
    if kind == "number":
        return part.number()
    if kind == "choice":
        return part.choice(parameter.choices)
    if kind == "source":
        return read_source(part, names)
    if kind == "steps":
        return read_steps(part, names)
    if kind == "filter":
        return read_filter(part.map())
    if kind in ("limits", "row"):
        return _read_row(part, parameter, names)
    if kind == "rows":
        found = tuple(_read_row(inner, parameter, names) for inner in part.list())
        if not found:
            part.findings.add("not_empty", part, key=parameter.name)
        return found
    return _read_names(part, parameter, names)


def _read_row(part: Part, parameter: Parameter, names: Names) -> dict[str, Any]:
    row = read_settings(part.map(), parameter.fields, names)
    if not row:
        part.findings.add("not_empty", part, key=parameter.name)
    return row


def _read_names(part: Part, parameter: Parameter, names: Names) -> Any:
    """Names of measures or of one group, which must exist."""
    if parameter.type == "group":
        _known(part.text(), names.groups, "unknown_group", part)
        return part.text()
    found = part.names()
    for name in found:
        _known(name, names.measures, "unknown_measure", part)
    return found[0] if parameter.type == "measure" and found else found


def _known(name: str, known: tuple[str, ...], code: str, at: Part) -> None:
    if name not in known:
        at.findings.add(code, at, name=name, near=near_name(name, known))


def read_source(part: Part, names: Names) -> Source:
    """A measure, a figure, `target`, `year_target` or a number."""
    text = part.text()
    if text in names.measures:
        return Source("measure", text)
    if text in names.figures:
        return Source("figure", text)
    if text == "target":
        return Source("target")
    if text == "year_target":
        return Source("year_target")
    if text[:1].isdigit() or text[:1] in ("-", "+"):
        return Source("number", number=part.number())
    known = (*names.measures, *names.figures)
    part.findings.add("unknown_source", part, name=text, near=near_name(text, known))
    return Source("number")


def read_filter(entries: Map) -> Filter:
    """A filter: size limits, lists, tags and industries taken or left out."""
    sizes: dict[str, int | None] = {}
    for key in ("size_at_least", "size_below"):
        part = entries.get(key)
        sizes[key] = part.quantity("fen") if part is not None else None
    has = [
        tuple(_marker(kind, name) for name in names) for kind in _MARKERS if (names := entries.names(kind))
    ]
    lacks = [_marker(kind, name) for kind in _MARKERS for name in entries.names(f"without_{kind}")]
    entries.done()
    return Filter(sizes["size_at_least"], sizes["size_below"], tuple(has), tuple(lacks))


_MARKERS = {"lists": "list", "tags": "tag", "industries": "industry"}


def _marker(kind: str, name: str) -> str:
    """The text looked for among a posting's tags; an industry also takes the codes below it."""
    return f"|{_MARKERS[kind]}:{name}" + ("" if kind == "industries" else "|")


def _check_settings(function: Function, settings: Mapping[str, Any], at: Part, findings: Findings) -> None:
    if function.name == "clamp":
        check_limits(settings.get("low"), settings.get("high"), at)
        if not settings:
            findings.add("clamp_empty", at)
    if function.name == "slope":
        _check_bands(settings, at)
    if function.name == "table":
        wanted = len(settings.get("columns", ())) or 1
        for row in settings.get("rows", ()):
            if len(row.get("when", ())) != wanted:
                findings.add("columns_number", at, found=str(len(row.get("when", ()))), wanted=str(wanted))
    if function.name == "per_item":
        for part in settings.get("parts", ()):
            if "of" in part and part["of"].kind != "measure":
                findings.add("unknown_measure", at, name=part["of"].name or "of", near="")


def check_limits(low: Fraction | None, high: Fraction | None, at: Part) -> None:
    """A lower limit above the upper one is refused."""
    if low is not None and high is not None and low > high:
        at.findings.add("clamp_order", at)


def _check_bands(settings: Mapping[str, Any], at: Part) -> None:
    if settings.get("per", Fraction(1)) <= 0:
        at.findings.add("not_positive", at, key="per")
    for side, sign in (("up", 1), ("down", -1)):
        bands = settings.get(side, ())
        if any(band.get("per", Fraction(1)) <= 0 for band in bands):
            at.findings.add("not_positive", at, key="per")
        ends = [sign * band["to"] for band in bands if "to" in band]
        in_order = all(
            left < right for left, right in zip([sign * settings["anchor"], *ends], ends, strict=False)
        )
        if not in_order or any("to" not in band for band in bands[:-1]):
            at.findings.add("bands_order", at)


def _check_caps(steps: list[Step], at: Part, findings: Findings) -> None:
    """A blend says where its cap stands, and a clamp stands there."""
    for place, step in enumerate(steps):
        if step.function != "blend":
            continue
        where = Part(None, f"{at.path}[{place + 1}].blend", findings, step.line)
        following = steps[place + 1].function if place + 1 < len(steps) else ""
        if step.settings["cap"] == "on_sum" and following != "clamp":
            findings.add("cap_on_sum", where)
        if step.settings["cap"] == "on_parts":
            for number, part in enumerate(step.settings.get("parts", ()), start=1):
                if not any(inner.function == "clamp" for inner in part.get("steps", ())):
                    findings.add("cap_on_parts", where, part=str(number))


def is_uncapped_count(steps: tuple[Step, ...], counted: frozenset[str]) -> bool:
    """Whether a chain pays for a count without any limit."""
    inputs = [source for step in steps for source in sources_of(step) if source.kind == "measure"]
    if not any(source.name in counted for source in inputs):
        return False
    return not any(_limits(step) for step in steps)


def _limits(step: Step) -> bool:
    if step.function in ("clamp", "table", "rank", "minmax", "deduction", "share"):
        return True
    parts = (*step.settings.get("parts", ()), *step.settings.get("columns", ()))
    chains = [part["steps"] for part in parts if "steps" in part]
    return bool(chains) and all(any(_limits(inner) for inner in chain) for chain in chains)


def sources_of(step: Step) -> list[Source]:
    """Every input that a step names, also in the chains inside it."""
    found = [value for value in step.settings.values() if isinstance(value, Source)]
    for key in ("parts", "columns", "each"):
        for part in step.settings.get(key, ()):
            found += [value for value in part.values() if isinstance(value, Source)]
            for inner in part.get("steps", ()):
                found += sources_of(inner)
    return found
