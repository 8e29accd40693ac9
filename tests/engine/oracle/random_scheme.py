"""Random scheme files: every function, every required choice, trees of totals; always one that the checker accepts."""

from collections.abc import Callable
from fractions import Fraction
from random import Random

from .reading import Tree, number

KINDS = ("signed", "landed", "started", "completed", "invested", "problem_solved", "own-kind")
MONEYS = ("total_investment", "contract_amount", "attracted", "year_plan")
NAMES = ("key", "old", "o'x", "k%")
INDUSTRIES = ("C", "C36", "F", "F5")
SIZES = ("1亿元", "5000万元", "10亿元", "300元")
NUMBERS = ("0", "1", "2", "3", "10", "0.5", "5/3", "50%", "-1", "7/9", "0.3333", "-2.5", "100", "12.34567")
POSITIVE = ("1", "2", "0.5", "5/3", "10%", "7", "100")
MISSING = ("skip_and_reweight", "full", "zero", "group_lowest", "group_mean")
ROUND_KINDS = ("month", "quarter", "year")


def text_of(value: Fraction) -> str:
    """An exact number as a scheme file writes it."""
    return str(value)


def dumped(tree: object) -> str:
    """A tree of maps, lists and texts as YAML in its flow style."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {dumped(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, (list, tuple)):
        return "[" + ", ".join(dumped(value) for value in tree) + "]"
    return str(tree)


NO_DEEPER = 3
"""The depth of a chain that may look at projects but has no chains inside: files may nest twenty levels."""


class Maker:
    """Draws one scheme."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.measures: dict[str, Tree] = {}
        self.figures: dict[str, Tree] = {}

    def often(self, chance: float) -> bool:
        return self.random.random() < chance

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def some(self, choices: tuple[str, ...], most: int, least: int = 1) -> list[str]:
        return self.random.sample(choices, self.random.randint(least, min(most, len(choices))))

    def scheme(self) -> Tree:
        states = {f"state{at}": self.state(at) for at in range(self.random.randint(2, 4))}
        self.measures = {f"m{at}": self.measure(at, states) for at in range(self.random.randint(3, 6))}
        units = ("number", "fen", "square_metres", "count")
        self.figures = {f"f{at}": {"title": "T", "unit": self.one(*units)} for at in range(self.random.randint(1, 3))}
        adjustments = {f"a{at}": self.adjustment() for at in range(self.random.randint(0, 2))}
        groups = {name: self.group(name, tuple(adjustments)) for name in ("north", "south")[: self.random.randint(1, 2)]}
        scheme: Tree = {
            "format": "1",
            "name": "random",
            "title": "T",
            "basis": "T",
            "compare_at": str(self.random.randint(0, 4)),
            "ties": self.one("shared", "dense"),
            "waived": self.one(*MISSING),
            "counting": {"split_counts": self.one("shares", "whole"), "states": states},
            "measures": self.measures,
            "figures": self.figures,
            "groups": groups,
        }
        if self.often(0.4):
            names = tuple({item["name"] for group in groups.values() for item in group["items"]})
            scheme["tie_break"] = self.some(tuple(sorted(names)), 2)
        acting = {kind for group in groups.values() for node in group["totals"].values() for kind in acting_in(node)}
        if acting:
            scheme["adjustments"] = {kind: rule for kind, rule in adjustments.items() if kind in acting}
        if self.often(0.8):
            scheme["city"] = self.city(tuple(groups))
        if self.often(0.6):
            scheme["outcomes"] = [self.outcome(at, tuple(groups)) for at in range(self.random.randint(1, 2))]
        return scheme

    def state(self, at: int) -> Tree:
        state: Tree = {
            "title": "T",
            "claims": self.some(KINDS, 2),
            "once": self.one("subject", "no"),
            "size": self.one("none", *MONEYS),
            "amount": self.one("claim", "none", *MONEYS),
        }
        if self.often(0.35):
            state["requires"] = self.some(KINDS, 2)
        if state["amount"] == "claim" and self.often(0.5):
            state["unit"] = self.one("fen", "square_metres", "count", "number")
        return state

    def measure(self, at: int, states: dict[str, Tree]) -> Tree:
        name = self.one(*states)
        state = states[name]
        measure: Tree = {
            "title": "T",
            "state": name,
            "level": self.one("reported", "recognised"),
            "credit": self.one("owner", "owner", "bringer", "bringer_or_owner", "contract", "contract"),
            "take": "count" if state["amount"] == "none" else self.one("count", "amount"),
            "window": self.one("round", "round", "to_date", "stock", "previous"),
        }
        if self.often(0.5):
            measure["where"] = self.where(state["size"] != "none")
        if self.often(0.2):
            measure["only_listed"] = "yes"
        return measure

    def where(self, sized: bool) -> Tree:
        where: Tree = {}
        if sized and self.often(0.4):
            where["size_at_least"] = self.one(*SIZES)
        if sized and self.often(0.3):
            where["size_below"] = self.one(*SIZES)
        for key, names in (("lists", NAMES), ("tags", NAMES), ("industries", INDUSTRIES)):
            if self.often(0.2):
                where[key] = self.some(names, 2)
            if self.often(0.1):
                where[f"without_{key}"] = self.some(names, 2)
        return where

    def adjustment(self) -> Tree:
        rule: Tree = {"title": "T", "low": self.one("-20", "-1.5", "0"), "high": self.one("0", "3", "12.3456")}
        if self.often(0.5):
            rule["limit_low"] = self.one("-5", "-0.33", "-20")
        if self.often(0.5):
            rule["limit_high"] = self.one("5/3", "2", "0")
        return rule

    def group(self, name: str, adjustments: tuple[str, ...]) -> Tree:
        kinds = self.some(ROUND_KINDS, 3, 2)
        names = [f"i{at}" if self.often(0.5) else f"{name}{at}" for at in range(self.random.randint(2, 5))]
        items = [self.item(item, tuple(kinds)) for item in names]
        trees = Trees(self, items, adjustments, kinds)
        totals = {kind: trees.root(kind) for kind in kinds}
        used = trees.used
        return {"title": "T", "items": [item for item in items if item["name"] in used], "totals": totals}

    def item(self, name: str, kinds: tuple[str, ...]) -> Tree:
        missing: str | Tree = self.one(*MISSING, "skip_and_reweight")
        if self.often(0.15):
            missing = {"fixed": self.one(*NUMBERS)}
        item: Tree = {
            "name": name,
            "title": "T",
            "full": self.one("0", "10", "10", "25", "7.5", "20/3"),
            "steps": Chains(self).chain(),
            "when_missing": missing,
        }
        if self.often(0.2):
            item["rounds"] = self.some(kinds, 2)
            if item["full"] == "0" and self.often(0.5):
                item["rounds"] = [self.one("2020-08", "2020-09", "2020-10"), kinds[-1]]
        return item

    def city(self, groups: tuple[str, ...]) -> Tree:
        city: Tree = {"target": self.one("sum_of", "own")}
        if city["target"] == "sum_of" or self.often(0.5):
            city["group"] = self.one(*groups)
        city["schedule"] = self.one("rounds", "days")
        city["indicators"] = self.some(tuple(self.measures), 3)
        return city

    def outcome(self, at: int, groups: tuple[str, ...]) -> Tree:
        outcome: Tree = {"name": f"o{at}", "rule": self.one("ahead_behind", "list"), "title": "T"}
        outcome |= {"audience": self.one("internal", "public"), "group": self.one(*groups)}
        if outcome["rule"] == "ahead_behind":
            return outcome | {"measures": self.some(tuple(self.measures), 2)}
        return outcome | {"measure": self.one(*self.measures), "top": self.one("1", "2"), "bottom": self.one("1", "2")}


def acting_in(node: Tree) -> set[str]:
    """The kinds of adjustments that act in a total or below it."""
    return set(node.get("adjustments", ())).union(*(acting_in(child) for child in node.get("children", ())))


class Trees:
    """Draws trees of totals over the items of a group, whose full marks add up."""

    def __init__(self, maker: Maker, items: list[Tree], adjustments: tuple[str, ...], kinds: list[str]) -> None:
        self.maker, self.adjustments, self.kinds = maker, adjustments, kinds
        self.items = {item["name"]: item for item in items}
        self.used: set[str] = set()

    def root(self, kind: str) -> Tree:
        names = [name for name in self.items if self.maker.often(0.9)] or list(self.items)[:1]
        node = self.node("root", kind, names, 0)
        if kind != "month" and self.maker.often(0.5):
            node.setdefault("children", []).append(self.earlier(kind))
        node["full"] = text_of(self.marks(node, kind))
        return node

    def node(self, name: str, kind: str, names: list[str], depth: int) -> Tree:
        maker = self.maker
        node: Tree = {"name": name, "title": "T"}
        cut = len(names) if depth == 2 or maker.often(0.4) else maker.random.randint(0, len(names))
        own, rest = names[:cut], names[cut:]
        if own:
            node["items"] = own
            self.used |= set(own)
        middle = maker.random.randint(0, len(rest))
        for at, part in enumerate((rest[:middle], rest[middle:])):
            if part:
                child = self.node(f"{name}-{at}", kind, part, depth + 1)
                if maker.often(0.6):
                    child["weight"] = maker.one("0.5", "1/3", "2", "40%")
                if maker.often(0.5):
                    child["full"] = text_of(self.marks(child, kind))
                node.setdefault("children", []).append(child)
        if maker.often(0.15):
            node["multiply"] = Chains(maker).chain(NO_DEEPER)
        if self.adjustments and maker.often(0.4 if depth else 0.7):
            node["adjustments"] = maker.some(self.adjustments, 2)
        if maker.often(0.15):
            node["low"] = maker.one("0", "-1", "2.5")
        if maker.often(0.15):
            node["high"] = maker.one("20", "5", "99.99995")
        return node

    def earlier(self, kind: str) -> Tree:
        maker = self.maker
        names = ("2020-08", "2020-09", "2020-10") if kind == "quarter" or maker.often(0.5) else ("2020-Q3", "2020-10")
        chosen = maker.some(names, 3)
        weights = {1: ["1"], 2: ["40%", "0.6"], 3: ["30%", "1/3", "11/30"]}[len(chosen)]
        return {
            "name": "before",
            "title": "T",
            "weight": maker.one("1", "0.4"),
            "full": maker.one("100", "10"),
            "earlier": dict(zip(chosen, weights, strict=True)),
            "missing": maker.one("refuse", "zero", "skip_and_reweight", "skip_and_reweight"),
        }

    def marks(self, node: Tree, kind: str) -> Fraction:
        """What stands below a node in rounds of a kind."""
        if "earlier" in node:
            return number(node["full"])
        items = [self.items[name] for name in node.get("items", ())]
        own = [number(item["full"]) for item in items if not item.get("rounds") or kind in item["rounds"]]
        below = [number(child.get("weight", "1")) * self.marks(child, kind) for child in node.get("children", ())]
        return sum([*own, *below], Fraction(0))


class Chains:
    """Draws chains of functions."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.one, self.often = maker.one, maker.often

    def chain(self, depth: int = 0, clamped: bool = False) -> list[Tree]:
        steps = [self.start(depth)]
        for _ in range(self.maker.random.choice((0, 1, 1, 2, 3))):
            steps += self.limits_after(steps)
            steps.append(self.follow(depth))
        steps += self.limits_after(steps)
        if clamped:
            steps.append(self.clamp())
        return steps

    def limits_after(self, steps: list[Tree]) -> list[Tree]:
        """The clamp that a blend capped on its sum asks for."""
        return [self.clamp()] if steps[-1].get("blend", {}).get("cap") == "on_sum" else []

    def source(self) -> str:
        if self.often(0.15):
            return self.one(*NUMBERS)
        return self.one(*self.maker.measures, *self.maker.measures, *self.maker.figures)

    def measure(self) -> str:
        return self.one(*self.maker.measures)

    def start(self, depth: int) -> Tree:
        per_item = self.per_item if depth != 2 else self.deduction
        simple: list[Callable[[], Tree]] = [
            lambda: {"value": {"of": self.source()}},
            lambda: {"ratio": {"of": self.measure(), "to": self.one("target", "target", "year_target")}},
            lambda: {"ratio": {"of": self.measure(), "to": self.one("target", "target", "year_target")}},
            lambda: {"ratio": {"of": self.source(), "to": self.source()}},
            lambda: {"growth": {"of": self.source(), "previous": self.source()}},
            lambda: {"share": {"of": self.source(), "in": self.source()}},
            lambda: {"gap": {"of": self.measure(), "to": self.one("target", "year_target", self.source())}},
            lambda: {"versus_group": {"of": self.source(), **self.versus()}},
            lambda: {"minmax": {"of": self.source(), **self.minmax()}},
            lambda: {"rank": {"of": self.source(), "order": self.one("highest_first", "lowest_first")}},
            lambda: {"slope": {"of": self.source(), **self.slope()}},
            per_item,
            per_item,
            self.deduction,
        ]
        if depth < 2:
            simple += [lambda: self.blend(depth), lambda: self.blend(depth), lambda: self.table(depth)]
        return self.maker.random.choice(simple)()

    def follow(self, depth: int) -> Tree:
        choices: list[Callable[[], Tree]] = [
            lambda: {"ratio": {"to": self.source()}},
            lambda: {"growth": {"previous": self.source()}},
            lambda: {"share": {"in": self.source()}},
            lambda: {"gap": {"to": self.source()}},
            lambda: {"versus_group": self.versus()},
            lambda: {"minmax": self.minmax()},
            lambda: {"rank": {"order": self.one("highest_first", "lowest_first")}},
            lambda: {"slope": self.slope()} if depth == 2 else self.look_up(),
            lambda: {"slope": self.slope()},
            self.gate,
            self.clamp,
            self.clamp,
            lambda: {"scale": {"full": self.one(*NUMBERS)}},
            lambda: {"scale": {"full": self.one(*POSITIVE)}},
            lambda: {"multiply": {"by": self.source()}},
            self.when_missing,
        ]
        return self.maker.random.choice(choices)()

    def versus(self) -> Tree:
        return {"against": self.one("best", "lowest", "mean"), "how": self.one("ratio", "gap")}

    def minmax(self) -> Tree:
        return {"floor": self.one(*NUMBERS), "ceiling": self.one(*NUMBERS), "when_equal": self.one(*NUMBERS)}

    def condition(self) -> Tree:
        tests = self.maker.some(("at_least", "above", "at_most", "below", "equals"), 2)
        return {test: self.one(*NUMBERS) for test in tests}

    def rows(self, columns: int) -> list[Tree]:
        count = self.maker.random.randint(1, 3)
        return [
            {"when": [self.condition() for _ in range(columns)], "value": self.one(*NUMBERS)} for _ in range(count)
        ]

    def table(self, depth: int) -> Tree:
        columns = [{"steps": self.chain(depth + 1)} for _ in range(self.maker.random.randint(1, 2))]
        return {"table": {"columns": columns, "rows": self.rows(len(columns)), "otherwise": self.one(*NUMBERS)}}

    def look_up(self) -> Tree:
        return {"table": {"rows": self.rows(1), "otherwise": self.one(*NUMBERS)}}

    def slope(self) -> Tree:
        anchor = number(self.one("0", "1", "5", "50%", "-1"))
        slope: Tree = {"anchor": text_of(anchor), "start": self.one(*NUMBERS), "per": self.one(*POSITIVE)}
        slope["partial"] = self.one("continuous", "whole")
        for side, sign in (("up", 1), ("down", -1)):
            if self.often(0.7):
                slope[side] = self.bands(anchor, sign)
        return slope

    def bands(self, anchor: Fraction, sign: int) -> list[Tree]:
        bands, ends = [], anchor
        for _ in range(self.maker.random.randint(1, 3)):
            ends += sign * number(self.one(*POSITIVE))
            band: Tree = {"to": text_of(ends), "points": self.one(*NUMBERS)}
            if self.often(0.3):
                band["per"] = self.one(*POSITIVE)
            bands.append(band)
        if self.often(0.5):
            del bands[-1]["to"]
        return bands

    def per_item(self) -> Tree:
        parts = []
        for _ in range(self.maker.random.randint(1, 2)):
            lines = []
            for _ in range(self.maker.random.randint(1, 3)):
                line: Tree = {"points": self.one(*NUMBERS)}
                if self.often(0.5):
                    line["when"] = self.where()
                if self.often(0.5):
                    line["pays"] = self.one("count", "amount_over_size")
                lines.append(line)
            parts.append({"of": self.measure(), "points": lines})
        settings: Tree = {"parts": parts, "roll_up": self.one("sum", "best", "mean")}
        if self.often(0.4):
            settings["each_at_most"] = self.one(*NUMBERS)
        return {"per_item": settings}

    def where(self) -> Tree:
        return self.maker.where(True) or {"lists": ["key"]}

    def blend(self, depth: int) -> Tree:
        cap = self.one("on_sum", "on_parts", "none")
        parts = [
            {"weight": self.one("0.5", "30%", "1/3", "1", "0"), "steps": self.chain(depth + 1, cap == "on_parts")}
            for _ in range(self.maker.random.randint(1, 3))
        ]
        missing = self.one("reweight", "zero", "missing")
        return {"blend": {"cap": cap, "missing_part": missing, "parts": parts}}

    def gate(self) -> Tree:
        gate: Tree = {"is": self.condition(), "otherwise": self.one(*NUMBERS)}
        return {"gate": gate | ({"when": self.source()} if self.often(0.5) else {})}

    def clamp(self) -> Tree:
        low, high = sorted((number(self.one(*NUMBERS)), number(self.one(*NUMBERS))))
        both = {"low": text_of(low), "high": text_of(high)}
        return {"clamp": {key: both[key] for key in self.maker.some(("low", "high"), 2)}}

    def when_missing(self) -> Tree:
        rule = self.one("zero", "group_lowest", "group_mean", "fixed")
        return {"when_missing": {"as": rule} | ({"points": self.one(*NUMBERS)} if rule == "fixed" else {})}

    def deduction(self) -> Tree:
        each = []
        for _ in range(self.maker.random.randint(1, 3)):
            part: Tree = {"of": self.source(), "points": self.one(*NUMBERS)}
            if self.often(0.6):
                part[self.one("below", "above")] = self.one(*NUMBERS)
            each.append(part)
        return {"deduction": {"from": self.one(*NUMBERS), "each": each, "floor": self.one(*NUMBERS)}}
