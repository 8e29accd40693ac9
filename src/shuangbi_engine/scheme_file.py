"""Reads a scheme (YAML) and says what is wrong with it, line by line. `docs/scheme-files.md` has the format in words."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from .numbers import UNITS
from .outcomes import OUTCOMES
from .scheme import (
    CREDIT_MODES,
    LEVELS,
    WINDOWS,
    AdjustmentRule,
    CountingPolicy,
    FigureRule,
    Filter,
    Group,
    Indicator,
    Measure,
    OutcomeRule,
    Progress,
    Ranking,
    Scheme,
    State,
)
from .scheme_errors import SchemeError, SchemeRefused
from .scheme_groups import MISSING_RULES, read_group, walk
from .scheme_nodes import Findings, Map, Part, near_name, plain, read_document
from .scheme_steps import RESERVED, Names, read_filter, read_settings
from .tables import MONEYS

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_SYSTEM_USAGE = {"login", "page_view", "online_time", "check_in", "forms_filled"}


def read_scheme(text: str) -> tuple[Scheme, list[SchemeError]]:
    """The scheme of a file's text with all findings; do not use it while any of them is an error."""
    document, findings = read_document(text)
    if findings.errors:
        return _read(Part(None, "", Findings(), 1), ""), findings.errors
    scheme = _read(document, scheme_digest(text))
    unique = {
        (error.code, error.line, error.path, *error.params.values()): error for error in findings.errors
    }
    return scheme, sorted(unique.values(), key=lambda error: (error.line, error.path, error.code))


def parse_scheme(text: str) -> Scheme:
    """The scheme of a file's text; SchemeRefused with every error where there is one."""
    scheme, found = read_scheme(text)
    errors = [error for error in found if error.level == "error"]
    if errors:
        raise SchemeRefused(errors)
    return scheme


def load_scheme(path: str | Path) -> Scheme:
    """The scheme in a file; SchemeRefused with every error where there is one."""
    return parse_scheme(_text(path))


def check_file(path: str | Path) -> list[dict[str, object]]:
    """Everything found in a file, errors and warnings, as plain data with line, reason and remedy."""
    try:
        text = _text(path)
    except UnicodeDecodeError:
        return [SchemeError("not_yaml", 1, "", {"detail": "UTF-8"}).as_dict()]
    return [error.as_dict() for error in read_scheme(text)[1]]


def _text(path: str | Path) -> str:
    return Path(path).read_text(encoding="utf-8-sig")


def scheme_digest(text: str) -> str:
    """sha256 over the canonical JSON of a scheme: comments and layout do not change it."""
    document, _ = read_document(text)
    canonical = json.dumps(plain(document.node), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _read(document: Part, digest: str) -> Scheme:
    top, findings = document.map(), document.findings
    version = top.need("format")
    if version is not None and version.text() != "1":
        findings.add("unknown_format", version, value=version.text())
    policy_part = top.need("counting")
    states, split_counts = _read_counting(policy_part)
    measures = _read_measures(top, states, findings)
    figures = _read_figures(top, measures, findings)
    group_entries = top.maps("groups", required=True)
    names = Names(tuple(measures), tuple(figures), tuple(name for name, _, _ in group_entries), findings)
    kinds = tuple({kind for _, _, group in group_entries for kind, _, _ in group.maps("totals")})
    groups: dict[str, Group] = {}
    for name, at, entries in group_entries:
        _check_name(name, at)
        groups[name] = read_group(name, entries, names, measures, kinds)
    adjustments = _read_adjustments(top)
    _check_adjustments(groups, adjustments, top)
    progress = _read_progress(top, measures, names)
    modes = dict.fromkeys(("owner", *(measure.credit for measure in measures.values())))
    ranking = _read_ranking(top, groups)
    scheme = Scheme(
        name=top.text("name", required=True),
        title=top.text("title", required=True),
        basis=top.text("basis", required=True),
        policy=CountingPolicy(tuple(states.values()), tuple(modes), split_counts),  # type: ignore[arg-type]
        measures=measures,
        figures=figures,
        groups=groups,
        ranking=ranking,
        waived=top.choice("waived", MISSING_RULES),
        progress=progress,
        adjustments=adjustments,
        outcomes=_read_outcomes(top, names),
        digest=digest,
        title_en=top.text("title_en"),
    )
    top.done()
    return scheme


def _check_name(name: str, at: Part) -> None:
    if not _NAME.fullmatch(name):
        at.findings.add("name_shape", at, name=name)
    elif name in RESERVED:
        at.findings.add("reserved_name", at, name=name)


def _read_counting(part: Part | None) -> tuple[dict[str, State], str]:
    if part is None:
        return {}, "shares"
    entries = part.map()
    split_counts = entries.choice("split_counts", ("shares", "whole"))
    states = {}
    for name, at, inner in entries.maps("states", required=True):
        _check_name(name, at)
        states[name] = _read_state(name, at, inner)
    entries.done()
    return states, split_counts


def _read_state(name: str, at: Part, entries: Map) -> State:
    claims = entries.names("claims")
    if not claims:
        at.findings.add("missing_key", at, key="claims")
    if _SYSTEM_USAGE & set(claims):
        at.findings.add("system_usage", at)
    amount: Any = entries.choice("amount", ("none", "claim", *MONEYS))
    unit = entries.get("unit")
    state = State(
        name=name,
        title=entries.text("title", required=True),
        claims=claims,
        requires=entries.names("requires"),
        once=entries.choice("once", ("subject", "no")) == "subject",
        size=entries.choice("size", ("none", *MONEYS)),  # type: ignore[arg-type]
        amount=amount,
        unit=unit.choice(UNITS) if unit is not None else "fen",  # type: ignore[arg-type]
    )
    entries.done()
    return state


def _read_measures(top: Map, states: dict[str, State], findings: Findings) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for name, at, entries in top.maps("measures"):
        _check_name(name, at)
        state_part = entries.need("state")
        state_name = state_part.text() if state_part is not None else ""
        state = states.get(state_name)
        if state is None and state_part is not None:
            findings.add("unknown_state", state_part, name=state_name, near=near_name(state_name, states))
        take: Any = entries.choice("take", ("count", "amount"))
        where = entries.get("where")
        measure = Measure(
            name=name,
            title=entries.text("title", required=True),
            state=state_name,
            level=LEVELS[entries.choice("level", LEVELS)],
            credit=entries.choice("credit", CREDIT_MODES),  # type: ignore[arg-type]
            take=take,
            window=entries.choice("window", WINDOWS),  # type: ignore[arg-type]
            unit="count" if take == "count" or state is None else state.unit,
            where=read_filter(where.map()) if where is not None else Filter(),
            only_listed=entries.yes("only_listed"),
            title_en=entries.text("title_en"),
        )
        entries.done()
        _check_measure(measure, state, at)
        measures[name] = measure
    return measures


def _check_measure(measure: Measure, state: State | None, at: Part) -> None:
    if state is None:
        return
    if measure.take == "amount" and state.amount == "none":
        at.findings.add("unit_mixed", at, name=measure.name)
    sized = measure.where.size_at_least is not None or measure.where.size_below is not None
    if sized and state.size == "none":
        at.findings.add("size_none", at, name=state.name)


def _read_figures(top: Map, measures: dict[str, Measure], findings: Findings) -> dict[str, FigureRule]:
    figures = {}
    for name, at, entries in top.maps("figures"):
        _check_name(name, at)
        if name in measures:
            findings.add("double_name", at, name=name)
        unit: Any = entries.choice("unit", UNITS)
        figures[name] = FigureRule(name, entries.text("title", required=True), unit, entries.text("owner"))
        entries.done()
    return figures


def _read_adjustments(top: Map) -> dict[str, AdjustmentRule]:
    rules = {}
    for kind, at, entries in top.maps("adjustments"):
        rule = AdjustmentRule(
            kind,
            entries.text("title", required=True),
            entries.needed_number("low"),
            entries.needed_number("high"),
            entries.number("limit_low"),
            entries.number("limit_high"),
        )
        entries.done()
        limits = (rule.limit_low, rule.limit_high)
        if rule.low > rule.high or (
            limits[0] is not None and limits[1] is not None and limits[0] > limits[1]
        ):
            at.findings.add("range_order", at)
        rules[kind] = rule
    return rules


def _check_adjustments(groups: dict[str, Group], rules: dict[str, AdjustmentRule], top: Map) -> None:
    used: set[str] = set()
    findings = top.part.findings
    for group in groups.values():
        for kind, root in group.totals.items():
            for name in (name for node in walk(root) for name in node.adjustments):
                used.add(name)
                if name not in rules:
                    place = Part(
                        None, f"groups.{group.name}.totals.{kind}", findings, top.entries["groups"].line
                    )
                    findings.add("unknown_adjustment", place, name=name, near=near_name(name, rules))
    for name in rules:
        if name not in used:
            findings.add("adjustment_unused", top.entries["adjustments"], name=name)


def _read_progress(top: Map, measures: dict[str, Measure], names: Names) -> Progress:
    part = top.get("city")
    if part is None:
        return Progress()
    entries = part.map()
    target = entries.choice("target", ("own", "sum_of"))
    group_part = entries.need("group") if target == "sum_of" else entries.get("group")
    group = group_part.text() if group_part is not None else ""
    if group_part is not None and group not in names.groups:
        names.findings.add("unknown_group", group_part, name=group, near=near_name(group, names.groups))
    schedule: Any = entries.choice("schedule", ("rounds", "days"))
    listed = entries.need("indicators")
    shown = listed.names() if listed is not None else ()
    for name in shown:
        if listed is not None and name not in measures:
            names.findings.add("unknown_measure", listed, name=name, near=near_name(name, measures))
    chosen = [measures[name] for name in shown if name in measures]
    indicators = [Indicator(measure.name, measure.title, measure.level) for measure in chosen]
    entries.done()
    return Progress(tuple(indicators), target, group, schedule)


def _read_ranking(top: Map, groups: dict[str, Group]) -> Ranking:
    part = top.need("compare_at")
    decimals = part.quantity("count") if part is not None else 2
    if part is not None and not 0 <= decimals <= 4:
        names = "0 | 1 | 2 | 3 | 4"
        part.findings.add("wrong_choice", part, key="compare_at", value=str(decimals), choices=names)
    ties: Any = top.choice("ties", ("shared", "dense"))
    known = {item.name for group in groups.values() for item in group.items}
    broken = top.names("tie_break")
    for name in broken:
        if name not in known:
            at = top.entries["tie_break"]
            at.findings.add("unknown_item", at, name=name, near=near_name(name, known))
    return Ranking(decimals, ties, broken)


def _read_outcomes(top: Map, names: Names) -> tuple[OutcomeRule, ...]:
    part = top.get("outcomes")
    found = []
    for place in part.list() if part is not None else []:
        entries = place.map()
        rule_part = entries.need("rule")
        rule = OUTCOMES.get(rule_part.text()) if rule_part is not None else None
        if rule is None:
            if rule_part is not None:
                name = rule_part.text()
                near, known = near_name(name, OUTCOMES), "、".join(OUTCOMES)
                names.findings.add("unknown_outcome", rule_part, name=name, near=near, known=known)
            continue
        name, title = entries.text("name", required=True), entries.text("title", required=True)
        audience: Any = entries.choice("audience", ("internal", "public"))
        found.append(
            OutcomeRule(name, rule.name, title, read_settings(entries, rule.parameters, names), audience)
        )
    return tuple(found)
