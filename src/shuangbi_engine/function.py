"""What a scoring function is: pure, small, a whole column (all participants of a group) in and one out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from .numbers import quantity_text, short_text
from .scheme import Filter, Source, Step, Tree
from .values import SubjectRow

Column = Mapping[str, Fraction | None]
"""A value per participant; None where there is no such duty."""

Language = Literal["zh", "en"]

ParameterType = Literal[
    "number", "source", "choice", "steps", "rows", "filter", "limits", "measure", "measures", "group", "row"
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a function, so that the checker can read and refuse it with a line number."""

    name: str
    type: ParameterType
    required: bool = True
    choices: tuple[str, ...] = ()
    fields: tuple["Parameter", ...] = ()


class Inputs(Protocol):
    """What a function may ask for beside the column it is given."""

    @property
    def participants(self) -> Sequence[str]:
        """Everyone in the group, in order."""

    def column(self, source: Source) -> Column:
        """The values of a measure, figure, target or number."""

    def rows(self, measure: str) -> Mapping[str, tuple[SubjectRow, ...]]:
        """The counted subjects of a measure, per participant."""

    def chain(self, steps: tuple[Step, ...]) -> Column:
        """The column that a chain of its own ends in; its steps are kept too."""


@dataclass(frozen=True, slots=True)
class Words:
    """Titles of measures and figures, for saying a scheme in sentences."""

    language: Language
    titles: Mapping[str, str]

    def source(self, source: Source) -> str:
        """How people call this input."""
        title = self.titles.get(source.name, source.name)
        if source.kind == "number":
            return short_text(source.number)
        if source.kind == "target":
            return f"“{title}”任务数" if self.language == "zh" else f"target of {title}"
        if source.kind == "year_target":
            return f"“{title}”全年任务数" if self.language == "zh" else f"year's target of {title}"
        return f"“{title}”" if self.language == "zh" else title

    def pick(self, zh: str, en: str) -> str:
        """The text in the language spoken."""
        return zh if self.language == "zh" else en


Say = Callable[[Tree, Words], str]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the vocabulary: its settings, whether it may begin a chain, what it does and how it is said."""

    name: str
    title: str
    title_en: str
    parameters: tuple[Parameter, ...]
    apply: Callable[[Column, Tree, Inputs], Column]
    say: Say
    starts: Literal["always", "never", "with_of"] = "never"


LIMITS = (
    Parameter("at_least", "number", required=False),
    Parameter("above", "number", required=False),
    Parameter("at_most", "number", required=False),
    Parameter("below", "number", required=False),
    Parameter("equals", "number", required=False),
)
"""Conditions on a number; all that are given must hold."""


def holds(value: Fraction, limits: Tree) -> bool:
    """Whether a number meets all the limits given."""
    return (
        ("at_least" not in limits or value >= limits["at_least"])
        and ("above" not in limits or value > limits["above"])
        and ("at_most" not in limits or value <= limits["at_most"])
        and ("below" not in limits or value < limits["below"])
        and ("equals" not in limits or value == limits["equals"])
    )


def say_limits(limits: Tree, words: Words) -> str:
    """Limits as a phrase: 不低于 0.8."""
    signs = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<", "equals": "="}
    parts = [f"{sign} {short_text(limits[name])}" for name, sign in signs.items() if name in limits]
    return words.pick("且", " and ").join(parts)


def matches(row: SubjectRow, where: Filter) -> bool:
    """Whether a counted subject passes a filter: the same tests as the query makes."""
    return failed(row.size, row.tags, where) is None


def failed(size: int, tags: str, where: Filter) -> str | None:
    """The first test of a filter that fails: `size_at_least`, `size_below`, a marker set or a barred marker."""
    if where.size_at_least is not None and size < where.size_at_least:
        return "size_at_least"
    if where.size_below is not None and size >= where.size_below:
        return "size_below"
    for anyof in where.has:
        if not any(marker in tags for marker in anyof):
            return f"has:{'/'.join(marker.strip('|') for marker in anyof)}"
    return next((f"lacks:{marker.strip('|')}" for marker in where.lacks if marker in tags), None)


def say_filter(where: Filter, words: Words) -> str:
    """A filter as a phrase."""
    parts = []
    if where.size_at_least is not None:
        size = quantity_text(Fraction(where.size_at_least), "fen")
        parts.append(words.pick(f"规模不低于{size}", f"size at least {size}"))
    if where.size_below is not None:
        size = quantity_text(Fraction(where.size_below), "fen")
        parts.append(words.pick(f"规模低于{size}", f"size below {size}"))
    for anyof in where.has:
        names = "/".join(marker.strip("|").partition(":")[2] for marker in anyof)
        parts.append(words.pick(f"属于{names}", f"in {names}"))
    for marker in where.lacks:
        name = marker.strip("|").partition(":")[2]
        parts.append(words.pick(f"不属于{name}", f"not in {name}"))
    return words.pick("、", ", ").join(parts)


def each(column: Column, change: Callable[[Fraction], Fraction | None]) -> Column:
    """Change every value that is there."""
    return {name: None if value is None else change(value) for name, value in column.items()}


def start(column: Column, settings: Tree, inputs: Inputs) -> Column:
    """The column of `of` where it is given, else the one that arrives."""
    return inputs.column(settings["of"]) if "of" in settings else column


def pairs(left: Column, right: Column, join: Callable[[Fraction, Fraction], Fraction | None]) -> Column:
    """Join two columns where both have a value."""
    joined: dict[str, Fraction | None] = {}
    for name, value in left.items():
        other = right.get(name)
        joined[name] = None if value is None or other is None else join(value, other)
    return joined


def present(column: Column) -> list[Fraction]:
    """The values that are there."""
    return [value for value in column.values() if value is not None]


def fill(column: Column, rule: str, number: Fraction) -> Column:
    """Stand in for missing values: `fixed` and `full` by the number, `zero`, `group_lowest`, `group_mean` of those present."""
    there = present(column)
    if rule == "zero":
        stand_in = Fraction(0)
    elif rule == "group_lowest":
        stand_in = min(there, default=Fraction(0))
    elif rule == "group_mean":
        stand_in = sum(there, Fraction(0)) / len(there) if there else Fraction(0)
    else:
        stand_in = number
    return {name: stand_in if value is None else value for name, value in column.items()}
