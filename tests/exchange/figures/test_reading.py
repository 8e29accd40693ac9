"""Every labelled passage gives its figures; the score on the passages set aside is the one the docs report."""

import re
from pathlib import Path

import pytest

from shuangbi.exchange.figures import read
from tests.exchange.figures.labelled import EVERY_FIELD, Case, cases, found, score

ROOT = Path(__file__).parents[3]
CODES = (
    "A1 A2 A3 A4 A5 A6 A7 A8 A9 M1 M2 M3 M4 M5 M6 M7 M8 M9 Q1 Q2 Q3 Q4 B1 B2 B3 B4 D1 D2 D3 D4 D5 D6 F1 F2 F3 F4 F5 F6"
    " F7 F8 F9"
)


def identify(case: Case) -> str:
    return case.id


@pytest.mark.parametrize("case", cases("intake"), ids=identify)
def test_example_of_the_specification(case):
    assert [found(figure) for figure in read(case.text)] == case.figures


@pytest.mark.parametrize("case", cases("seen"), ids=identify)
def test_invented_passage(case):
    assert [found(figure) for figure in read(case.text)] == case.figures


@pytest.mark.parametrize("name", ["seen", "held_out"])
def test_passages_cover_every_pattern(name):
    covered = {code for case in cases("intake") + cases(name) for code in case.codes}

    assert covered == set(CODES.split())


def test_docs_report_the_score_on_the_passages_set_aside():
    text = (ROOT / "docs" / "extract.md").read_text(encoding="utf-8")

    reported = re.search(r"set aside \| (\d+) of (\d+) \| (\d+) of (\d+) \| (\d+) of (\d+)", text)

    measured = score(cases("held_out"))
    assert reported is not None
    assert tuple(map(int, reported.groups())) == (
        measured.passages_right,
        measured.passages,
        measured.figures_right,
        measured.figures_found,
        measured.figures_right,
        measured.figures,
    )


@pytest.mark.parametrize("case", cases("intake") + cases("seen") + cases("held_out"), ids=identify)
def test_spans_of_the_oracle_stand_in_their_texts(case):
    for figure in case.figures:
        assert str(figure["span"]) in case.text


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
