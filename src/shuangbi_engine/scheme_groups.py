"""Reads groups, items and totals out of a scheme file and checks that their weights add up."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from .numbers import short_text
from .scheme import Group, Item, Measure, Missing, Node, Step
from .scheme_nodes import Map, Part, near_name
from .scheme_steps import Names, check_limits, is_uncapped_count, read_steps

MISSING_RULES = ("skip_and_reweight", "full", "zero", "group_lowest", "group_mean")
_LIMIT_KEYS = ("clamp", "cap", "floor", "low", "high", "max", "min", "limit")


def read_group(
    name: str, entries: Map, names: Names, measures: Mapping[str, Measure], kinds: Iterable[str]
) -> Group:
    """A group with its items and its totals by kind of round."""
    items: dict[str, Item] = {}
    places: dict[str, Part] = {}
    part = entries.need("items")
    for place in part.list() if part is not None else []:
        item = _read_item(place, names, measures)
        if item.name in items:
            names.findings.add("double_name", place, name=item.name)
        items[item.name], places[item.name] = item, place
    totals = {}
    used: set[str] = set()
    for kind, at, inner in entries.maps("totals", required=True):
        found: list[str] = []
        totals[kind] = _read_node(inner, items, (kind, tuple(kinds)), names, found)
        if totals[kind].full is None:
            names.findings.add("missing_key", at, key="full")
        nodes = [node.name for node in walk(totals[kind])]
        for node_name in sorted({node_name for node_name in nodes if nodes.count(node_name) > 1}):
            names.findings.add("double_name", at, name=node_name)
        for item_name in sorted({item_name for item_name in found if found.count(item_name) > 1}):
            names.findings.add("item_twice", at, name=item_name)
        used |= set(found)
    for item_name in items:
        if item_name not in used:
            names.findings.add("item_unused", places[item_name], name=item_name)
    title, title_en = entries.text("title", required=True), entries.text("title_en")
    entries.done()
    return Group(name, title, tuple(items.values()), totals, title_en)


def _read_item(place: Part, names: Names, measures: Mapping[str, Measure]) -> Item:
    entries = place.map()
    for key in _LIMIT_KEYS:
        limit = entries.get(key)
        if limit is not None:
            names.findings.add("clamp_without_place", limit, key=key)
    entries.asked = []
    item = Item(
        name=entries.text("name", required=True),
        title=entries.text("title", required=True),
        full=entries.needed_number("full"),
        steps=_needed_steps(entries, names),
        missing=_read_missing(entries),
        owner=entries.text("owner"),
        rounds=entries.names("rounds"),
        title_en=entries.text("title_en"),
    )
    entries.asked += _LIMIT_KEYS
    entries.done()
    counted = frozenset(measure.name for measure in measures.values() if measure.take == "count")
    if item.full > 0 and is_uncapped_count(item.steps, counted):
        names.findings.warn("no_cap_warning", place, name=item.name)
    return item


def _needed_steps(entries: Map, names: Names) -> tuple[Step, ...]:
    return read_steps(entries.need("steps"), names)


def _read_missing(entries: Map) -> Missing:
    part = entries.get("when_missing")
    if part is None:
        choices = " | ".join((*MISSING_RULES, "{fixed: 0}"))
        entries.part.findings.add("missing_choice", entries.part, key="when_missing", choices=choices)
        return Missing("zero")
    if part.is_text():
        return Missing(part.choice(MISSING_RULES))
    inner = part.map()
    points = inner.needed_number("fixed")
    inner.done()
    return Missing("fixed", points)


def _read_node(
    entries: Map, items: Mapping[str, Item], kind: tuple[str, tuple[str, ...]], names: Names, found: list[str]
) -> Node:
    children_part = entries.get("children")
    children = tuple(
        _read_node(place.map(), items, kind, names, found)
        for place in (children_part.list() if children_part is not None else [])
    )
    listed = entries.get("items")
    chosen = listed.names() if listed is not None else ()
    for item_name in chosen:
        if listed is not None and item_name not in items:
            names.findings.add("unknown_item", listed, name=item_name, near=near_name(item_name, items))
    chosen = tuple(item_name for item_name in chosen if item_name in items)
    found += chosen
    weight = entries.number("weight")
    node = Node(
        name=entries.text("name", required=True),
        title=entries.text("title", required=True),
        weight=Fraction(1) if weight is None else weight,
        full=entries.number("full"),
        items=chosen,
        children=children,
        earlier=_read_earlier(entries),
        earlier_missing=entries.choice("missing", ("refuse", "zero", "skip_and_reweight"))
        if entries.get("earlier") is not None
        else "refuse",
        multiply=read_steps(entries.get("multiply"), names),
        adjustments=entries.names("adjustments"),
        low=entries.number("low"),
        high=entries.number("high"),
    )
    check_limits(node.low, node.high, entries.part)
    entries.done()
    _check_weights(node, items, kind, entries.part)
    return node


def _read_earlier(entries: Map) -> tuple[tuple[str, Fraction], ...]:
    part = entries.get("earlier")
    if part is None:
        return ()
    return tuple((name, inner.number()) for name, inner in part.map().entries.items())


def _check_weights(
    node: Node, items: Mapping[str, Item], kind: tuple[str, tuple[str, ...]], at: Part
) -> None:
    """Full marks are the sum of what stands below; the weights of earlier rounds are one whole."""
    if node.earlier:
        total = sum((weight for _, weight in node.earlier), Fraction(0))
        if total != 1:
            at.findings.add("weights_earlier", at, node=node.title, sum=short_text(total * 100) + "%")
        if node.full is None:
            at.findings.add("missing_key", at, key="full")
        if node.items or node.children:
            at.findings.add("earlier_mixed", at, node=node.title)
        return
    if not node.items and not node.children:
        at.findings.add("not_empty", at, key="items")
    if node.full is None:
        return
    own, kinds = kind
    named = sorted({name for item in below(node) for name in items[item].rounds if name not in kinds})
    always = any(items[item].active("", own) for item in below(node))
    for round_name in [*named, ""] if always or not named else named:
        total = full_of(node, items, (own, round_name))
        if total != node.full:
            title = f"{node.title} {round_name}".strip()
            full, found = short_text(node.full), short_text(total)
            at.findings.add("weights", at, node=title, full=full, sum=found)


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in node.children:
        yield from walk(child)


def below(node: Node) -> Iterator[str]:
    """The items of a node and of all its children."""
    for one in walk(node):
        yield from one.items


def full_of(node: Node, items: Mapping[str, Item], asked: tuple[str, str]) -> Fraction:
    """The full marks of all that stands below a node in a round of this kind and name."""
    if node.earlier:
        return node.full or Fraction(0)
    own = sum(
        (items[name].full for name in node.items if items[name].active(asked[1], asked[0])), Fraction(0)
    )
    return own + sum((child.weight * full_of(child, items, asked) for child in node.children), Fraction(0))
