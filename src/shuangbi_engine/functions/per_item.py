"""`per_item`: points for each counted project by its attributes, limited for each, then rolled up.

Each matching line of `points` adds: `count` (the default) pays for the credited count, `amount_over_size` in
proportion to amount ÷ size (progress against the money the state names).
"""

from collections import defaultdict
from fractions import Fraction

from shuangbi_engine.function import Column, Function, Inputs, Parameter, Words, matches, say_filter
from shuangbi_engine.numbers import SHARE, short_text
from shuangbi_engine.scheme import Filter, Tree
from shuangbi_engine.values import SubjectRow

_POINTS = (
    Parameter("when", "filter", required=False),
    Parameter("points", "number"),
    Parameter("pays", "choice", required=False, choices=("count", "amount_over_size")),
)


def _apply(_column: Column, settings: Tree, inputs: Inputs) -> Column:
    found: dict[str, dict[str, Fraction]] = {name: defaultdict(Fraction) for name in inputs.participants}
    for part in settings["parts"]:
        for name, rows in inputs.rows(part["of"].name).items():
            for row in rows:
                found[name][row.subject] += _points(row, part["points"])
    return {name: _rolled(subjects, settings) for name, subjects in found.items()}


def _points(row: SubjectRow, lines: tuple[Tree, ...]) -> Fraction:
    total = Fraction(0)
    for line in lines:
        if not matches(row, line.get("when", Filter())):
            continue
        if line.get("pays", "count") == "count":
            total += line["points"] * Fraction(row.count, SHARE)
        elif row.size:
            total += line["points"] * Fraction(row.amount, row.size)
    return total


def _rolled(subjects: dict[str, Fraction], settings: Tree) -> Fraction | None:
    limit = settings.get("each_at_most")
    points = [value if limit is None else min(value, limit) for value in subjects.values()]
    if settings["roll_up"] == "sum":
        return sum(points, Fraction(0))
    if not points:
        return None
    return max(points) if settings["roll_up"] == "best" else sum(points, Fraction(0)) / len(points)


def _say(settings: Tree, words: Words) -> str:
    texts = []
    for part in settings["parts"]:
        for line in part["points"]:
            where = say_filter(line["when"], words) if "when" in line else ""
            points = short_text(line["points"])
            title = words.source(part["of"])
            progress = line.get("pays") == "amount_over_size"
            pays = words.pick(
                "按完成比例计" if progress else "每个计", "in proportion to progress" if progress else "each"
            )
            suffix = words.pick(f"({where})", f" ({where})") if where else ""
            texts.append(
                words.pick(f"{title}{suffix}{pays}{points}分", f"{points} {pays} for {title}{suffix}")
            )
    names = {
        "sum": words.pick("相加", "added up"),
        "best": words.pick("取最高", "the best counts"),
        "mean": words.pick("取平均", "averaged"),
    }
    limit = settings.get("each_at_most")
    most = (
        ""
        if limit is None
        else words.pick(f"，单个项目最多{short_text(limit)}分", f", at most {short_text(limit)} each")
    )
    return words.pick("、", ", ").join(texts) + most + words.pick("，", ", ") + names[settings["roll_up"]]


PER_ITEM = Function(
    "per_item",
    "逐个项目计分",
    "points per item",
    (
        Parameter(
            "parts",
            "rows",
            fields=(Parameter("of", "source"), Parameter("points", "rows", fields=_POINTS)),
        ),
        Parameter("each_at_most", "number", required=False),
        Parameter("roll_up", "choice", choices=("sum", "best", "mean")),
    ),
    _apply,
    _say,
    starts="always",
)
