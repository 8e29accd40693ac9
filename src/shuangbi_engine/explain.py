"""Score sheet → sentences; and for each measure which claims count and, for every other, the first test it fails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .evaluate import GroupSheet, Line, UnitSheet
from .function import Column, Language, Words, failed
from .functions import FUNCTIONS
from .history import Claim, Known, Standing, contribution_count, credited, known_at, split, standings
from .known import fed_by
from .numbers import SHARE, points_text, short_text
from .scheme import Measure, Scheme, Step
from .tables import GroupHistory, Participant

_REASONS: dict[str, tuple[str, str]] = {
    "status": ("未达到{level}：{about}", "not {level}: {about}"),
    "replaced": ("已由 {about} 代替", "replaced by {about}"),
    "undated": ("没有日期", "has no date"),
    "requires": ("尚无已认可的“{about}”", "no {about} on record at this level"),
    "window": ("日期 {about} 不在本期之内", "its day {about} is outside the window"),
    "size_at_least": ("规模不足 {about}", "smaller than {about}"),
    "size_below": ("规模达到 {about}", "not smaller than {about}"),
    "has": ("不属于 {about}", "not in {about}"),
    "lacks": ("属于 {about}", "in {about}"),
    "counted_already": ("同一项目已按 {about} 计过", "already counted by {about}"),
    "not_listed": ("不在任务清单之中", "not among the projects named in the target"),
    "credited_to": ("计入 {about}", "credited to {about}"),
    "no_bringer": ("没有引荐单位", "no bringing unit on record"),
}
_STATUSES = {
    "reported": ("已申报", "reported"),
    "checked": ("审核通过", "checked"),
    "recognised": ("已认定", "recognised"),
    "returned": ("退回", "returned"),
    "refused": ("不予认定", "refused"),
    "withdrawn": ("撤回", "withdrawn"),
}
_LEVELS = {1: ("快报数", "checked"), 2: ("认定数", "recognised")}


class Counted(NamedTuple):
    """A claim that counts for a participant, with what it adds (counts in ones, amounts in base units)."""

    claim: str
    subject: str
    day: date
    value: Fraction


class Excluded(NamedTuple):
    """A claim that does not count for a participant, with the first test it fails."""

    claim: str
    subject: str
    reason: str
    about: str
    level: int

    def text(self, language: Language) -> str:
        """The reason as people read it."""
        at = 0 if language == "zh" else 1
        about = _STATUSES[self.about][at] if self.reason == "status" else self.about
        return _REASONS[self.reason][at].format(level=_LEVELS[self.level][at], about=about)


class Credited(NamedTuple):
    """A claim that counts for some units: what it adds to each (counts in 1/10000), and its row for everyone else."""

    claim: str
    subject: str
    day: date
    shares: tuple[tuple[str, int], ...]
    elsewhere: Excluded


@dataclass(frozen=True, slots=True)
class JudgedClaims:
    """Every claim of the kinds that a measure counts: those that fail a test for everyone, and those that count."""

    measure: Measure
    excluded: tuple[Excluded, ...]
    credited: tuple[Credited, ...]


def known_groups(histories: Iterable[GroupHistory], seq: int | None = None) -> list[Known]:
    """Every once-group as known at a seq; make it once and ask `claim_rows` of it for each measure."""
    return [known_at(history, seq) for history in histories]


def judge_claims(
    scheme: Scheme, measure: Measure, groups: Iterable[Known], window: tuple[date, date]
) -> JudgedClaims:
    """Every claim of the kinds that a measure counts; the first test each fails, in the order: level, requirement,
    window, filter, counted already, credit. Judge once, then divide for each participant.
    """
    state = scheme.state_of(measure.name)
    kinds = frozenset(state.claims)
    rows: list[Credited | Excluded] = []
    for known in groups:
        if any(claim.kind in kinds for claim in known.claims.values()):
            test = _Tests(scheme, measure, known, window)
            rows += [test.row(standing) for standing in standings(known, state, measure.level)]
    return JudgedClaims(
        measure,
        tuple(row for row in rows if isinstance(row, Excluded)),
        tuple(row for row in rows if isinstance(row, Credited)),
    )


class _Tests:
    """The tests of one measure on the claims of one once-group."""

    def __init__(self, scheme: Scheme, measure: Measure, known: Known, window: tuple[date, date]) -> None:
        self.scheme, self.measure, self.known, self.window = scheme, measure, known, window
        self.state = scheme.state_of(measure.name)
        project = known.project
        sized = project is not None and self.state.size != "none"
        size = getattr(project, self.state.size) if sized else 0
        self.filter_fails = failed(size, known.tags, measure.where)

    def row(self, standing: Standing) -> Credited | Excluded:
        """One claim: its shares, or the first test it fails."""
        claim, day = standing.claim, standing.day
        if day is None:
            return self._excluded(claim, standing.reason, standing.about)
        if not self.window[0] <= day <= self.window[1]:
            return self._excluded(claim, "window", day.isoformat())
        if self.filter_fails is not None:
            return self._excluded(claim, *self._filter())
        if standing.reason:
            return self._excluded(claim, standing.reason, standing.about)
        shares = credited(self.known, claim, day, self.measure.credit)
        if not shares:
            return self._excluded(claim, "no_bringer")
        elsewhere = self._excluded(claim, "credited_to", "、".join(unit for unit, _ in shares))
        return Credited(
            claim.claim, self.known.subject, day, tuple(self._values(standing, shares)), elsewhere
        )

    def _excluded(self, claim: Claim, reason: str, about: str = "") -> Excluded:
        return Excluded(claim.claim, self.known.subject, reason, about, self.measure.level)

    def _filter(self) -> tuple[str, str]:
        test, _, marker = str(self.filter_fails).partition(":")
        where = self.measure.where
        sizes = {"size_at_least": where.size_at_least, "size_below": where.size_below}
        if test in sizes:
            return test, f"{short_text(Fraction(sizes[test] or 0, 10**10))}亿元"
        return test, marker

    def _values(self, standing: Standing, shares: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """What the claim adds to each unit: counts in 1/10000, amounts in base units."""
        if self.measure.take == "count":
            return [(unit, contribution_count(share, self.scheme.policy)) for unit, share in shares]
        amount = standing.claim.amount
        if self.state.amount != "claim":
            amount = getattr(self.known.project, self.state.amount, 0)
        return [(unit, part) for (unit, _), part in zip(shares, split(amount, shares), strict=True)]


def counted_and_excluded(
    judged: JudgedClaims, participant: Participant, named: frozenset[str] = frozenset()
) -> tuple[list[Counted], list[Excluded]]:
    """The claims of a measure divided for one participant: together they are all of them.

    `named` are the projects of the participant's target, for a measure with `only_listed`.
    """
    units = frozenset(fed_by(participant))
    one = SHARE if judged.measure.take == "count" else 1
    counted: list[Counted] = []
    excluded = list(judged.excluded)
    for row in judged.credited:
        own = [value for unit, value in row.shares if unit in units]
        if not own:
            excluded.append(row.elsewhere)
        elif judged.measure.only_listed and row.subject not in named:
            excluded.append(row.elsewhere._replace(reason="not_listed", about=""))
        else:
            counted.append(Counted(row.claim, row.subject, row.day, Fraction(sum(own), one)))
    return counted, excluded


def words_for(scheme: Scheme, language: Language) -> Words:
    """The titles of a scheme in a language."""
    titles = {name: rule.title for name, rule in scheme.figures.items()}
    for name, measure in scheme.measures.items():
        titles[name] = measure.title if language == "zh" else measure.title_en or measure.title
    return Words(language, titles)


def say_step(step: Step, words: Words) -> str:
    """A step as a phrase."""
    return FUNCTIONS[step.function].say(step.settings, words)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as it went for one participant; None is no such duty."""

    function: str
    title: str
    text: str
    depth: int
    before: Fraction | None
    after: Fraction | None


def step_rows(group: GroupSheet, item: str, participant: str, words: Words) -> list[StepRow]:
    """Every step of an item for one participant, in the order in which they ran."""
    return [
        StepRow(
            traced.step.function,
            words.pick(FUNCTIONS[traced.step.function].title, FUNCTIONS[traced.step.function].title_en),
            say_step(traced.step, words),
            traced.depth,
            _value(traced.before, participant),
            _value(traced.after, participant),
        )
        for traced in group.traces.get(item, ())
    ]


def _value(column: Column, participant: str) -> Fraction | None:
    return column.get(participant)


def exact_text(value: Fraction | None, language: Language = "zh") -> str:
    """A value of a step: exact where four decimals are enough, else with ≈."""
    if value is None:
        return "无此任务" if language == "zh" else "no such duty"
    short = short_text(value)
    return short if (value * SHARE).denominator == 1 else f"≈{short}"


def sentences(scheme: Scheme, group: GroupSheet, sheet: UnitSheet, language: Language = "zh") -> list[str]:
    """A score sheet in sentences: the place and total, then every line, so that the lines add up."""
    words = words_for(scheme, language)
    name = sheet.name or sheet.participant
    total = points_text(sheet.points, scheme.ranking.compare_at)
    said = [
        words.pick(
            f"{name}在{group.title}中列第{sheet.rank}名，得{total}分。",
            f"{name} is number {sheet.rank} of {group.title} with {total} points.",
        )
    ]
    for depth, line in sheet.total.walk():
        if depth:
            said.append("  " * (depth - 1) + _sentence(line, group, sheet, words))
    return said


def _sentence(line: Line, group: GroupSheet, sheet: UnitSheet, words: Words) -> str:
    points = points_text(line.points)
    if line.kind == "item":
        return _item_sentence(line, group, sheet, words)
    if line.kind == "adjustment":
        about = words.pick(f"（{line.about}）", f" ({line.about})") if line.about else ""
        return words.pick(f"{line.title}{about}：{points}分。", f"{line.title}{about}: {points} points.")
    if line.kind == "limit":
        return words.pick(f"限额调整：{points}分。", f"limit: {points} points.")
    if line.kind == "multiplier":
        factor = exact_text(line.factor)
        return words.pick(f"乘以系数 {factor}，增减{points}分。", f"times {factor}: {points} points.")
    weight = (
        ""
        if line.factor == 1
        else words.pick(
            f"（{points_text(line.total)}分 × {exact_text(line.factor)}）",
            f" ({points_text(line.total)} × {exact_text(line.factor)})",
        )
    )
    return words.pick(f"{line.title}：{points}分{weight}。", f"{line.title}: {points} points{weight}.")


def _item_sentence(line: Line, group: GroupSheet, sheet: UnitSheet, words: Words) -> str:
    steps = [row for row in step_rows(group, line.name, sheet.participant, words) if row.depth == 0]
    texts = [f"{row.text} = {exact_text(row.after, words.language)}" for row in steps]
    how = words.pick("；", "; ").join(texts)
    if line.note == "waived":
        how += words.pick(f"；经批准免予考核：{line.about}", f"; waived: {line.about}")
    if line.absent:
        how += words.pick("；不计，权重分摊", "; skipped, its weight is shared out")
    elif line.note == "missing":
        how += words.pick("；无此任务，按方案规定计", "; no such duty, as the scheme says")
    if line.factor != 1 and not line.absent:
        how += words.pick(
            f"；分摊系数 {exact_text(line.factor)}", f"; shared-out factor {exact_text(line.factor)}"
        )
    points = points_text(line.points)
    return words.pick(f"{line.title}：{points}分（{how}）。", f"{line.title}: {points} points ({how}).")
