"""Every labelled passage gives its figures, in every field."""

from pathlib import Path

import pytest

from shuangbi.exchange.figures import read
from tests.exchange.figures.labelled import EVERY_FIELD, SETS, Case, Score, cases, found, score

ROOT = Path(__file__).parents[3]
CODES = [*(f"A{n}" for n in range(1, 10)), *(f"M{n}" for n in range(1, 10)), *(f"F{n}" for n in range(1, 10))]
CODES += ["Q1", "Q2", "Q3", "Q4", "B1", "B2", "B3", "B4", "D1", "D2", "D3", "D4", "D5", "D6"]


def identify(case: Case) -> str:
    return case.id


@pytest.mark.parametrize("case", [case for name in SETS for case in cases(name)], ids=identify)
def test_labelled_passage(case):
    assert [found(figure) for figure in read(case.text)] == case.figures


def test_own_passages_cover_every_pattern():
    covered = {code for name in SETS[1:] for case in cases(name) for code in case.codes}

    assert covered == set(CODES)


@pytest.mark.parametrize("name", SETS)
def test_docs_count_the_passages(name):
    docs = (ROOT / "docs" / "extract.md").read_text(encoding="utf-8")

    labelled = cases(name)

    assert f"| `{name}` | {len(labelled)} | {sum(len(case.figures) for case in labelled)} |" in docs


def test_spans_are_exact_in_noisy_text():
    text = "\u3000\u3000日前,<b>白藤镇</b>&nbsp;又有3个項目(xiàng mù)簽約,總投資 2 .6億元。\r\n"

    (figure,) = read(text)

    assert text[figure.span_start : figure.span_start + len(figure.span)] == figure.span
    assert figure.span == "白藤镇</b>&nbsp;又有3个項目(xiàng mù)簽約,總投資 2 .6億元"


def test_numbers_are_exact_decimals():
    (figure,) = read("现场签约3个项目,总投资1.234567亿元。")

    assert figure.amount_wan == "12345.67"
    assert {type(getattr(figure, name)) for name in EVERY_FIELD} <= {int, str, bool, type(None)}


def test_nothing_is_read_where_nothing_is_said():
    assert read("") == []
    assert read("秋风正劲,战鼓声声。") == []


def test_score_counts_passages_and_figures():
    right = score(cases("intake"))

    assert right == Score(passages_right=40, passages=40, figures_right=48, figures_found=48, figures=48)
