"""Labels that follow from results."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from shuangbi_engine.outcome import Results
from shuangbi_engine.outcomes import OUTCOMES
from shuangbi_engine.scheme import OutcomeRule
from shuangbi_engine.tables import Participant, Round
from shuangbi_engine.values import MeasuredValues

MONTH = Round(0, "2020-09", "month", date(2020, 9, 1), date(2020, 9, 30))


def results(targets, actuals, ranks=None, waivers=None):
    names = sorted({*targets, *actuals})
    values = MeasuredValues(
        MONTH,
        {"all": tuple(Participant(0, name, "all") for name in names)},
        measured={("m", "round"): {name: Fraction(value) for name, value in actuals.items()}},
        targets={("m", "2020-09"): {name: Fraction(value) for name, value in targets.items()}},
        waivers=waivers or {},
    )
    return Results(None, values, {"all": ranks or {}})


def test_ahead_and_behind_by_rate_with_zeros_and_no_tasks_last():
    rule = OutcomeRule("a", "ahead_behind", "先进后进", {"group": "all", "measures": ("m",)})
    found = OUTCOMES["ahead_behind"].apply(
        rule,
        results(
            {"a": 10, "b": 2, "c": 4, "d": 4, "e": 3, "f": 0, "i": 20},
            {"a": 8, "b": 5, "c": 4, "d": 0, "e": 0, "f": 9, "g": 1, "i": 16},
        ),
    )

    assert [(label.participant, label.label, label.order) for label in found] == [
        ("b", "exceeded", 1),
        ("c", "met", 2),
        ("i", "missed", 3),
        ("a", "missed", 4),
        ("d", "zero", 5),
        ("e", "zero", 6),
        ("f", "no_task", 7),
        ("g", "no_task", 8),
    ]
    assert found[0].rate == Fraction(5, 2)
    assert found[6].rate is None


def test_red_and_black_need_both_rank_and_condition():
    rule = OutcomeRule("l", "list", "红黑榜", {"group": "all", "measure": "m", "top": 2, "bottom": 2})
    ranks = {"a": 1, "b": 2, "c": 2, "d": 4, "e": 5, "f": 6}
    targets = dict.fromkeys(("a", "b", "c", "e", "f", "unranked"), 5)

    found = OUTCOMES["list"].apply(
        rule,
        results(
            targets, {"a": 6, "b": 5, "c": 7, "d": 0, "e": 4, "f": 3}, ranks, {("f", "item"): "不可抗力"}
        ),
    )

    assert [(label.participant, label.label) for label in found] == [
        ("a", "red"),
        ("c", "red"),
        ("e", "black"),
    ]


def test_those_who_share_the_last_place_are_all_in_the_bottom():
    rule = OutcomeRule("l", "list", "红黑榜", {"group": "all", "measure": "m", "top": 1, "bottom": 1})

    found = OUTCOMES["list"].apply(rule, results({"a": 5, "b": 5}, {"a": 1, "b": 1}, {"a": 1, "b": 1}))

    assert [label.label for label in found] == ["black", "black"]


def test_every_outcome_has_labels_in_both_languages_and_a_line_in_the_docs():
    docs = (Path(__file__).parents[2] / "docs" / "scheme-files.md").read_text(encoding="utf-8")
    for kind in OUTCOMES.values():
        assert all(len(texts) == 2 for texts in kind.labels.values())
        assert f"| `{kind.name}` |" in docs
