"""What people type for money, shares and days."""

from datetime import date

import pytest
from django import forms

from shuangbi.projects.fields import DayField, MoneyField, ShareField
from tests.projects.stories import YI


@pytest.mark.parametrize(("text", "fen"), [
    ("1.2亿元", 12 * YI // 10),
    ("1.2亿", 12 * YI // 10),
    ("8600万元", 86 * YI // 100),
    ("８，６００ 万元", 86 * YI // 100),
    ("0.01元", 1),
    ("", 0),
    ("0", 0),
    ("0.00", 0),
    (" 651.46 亿元 ", 651_46 * YI // 100),
])
def test_money(text: str, fen: int) -> None:
    assert MoneyField(required=False).clean(text) == fen


@pytest.mark.parametrize(("text", "code"), [
    ("1200", "unit"),
    ("1.2", "unit"),
    ("0.001元", "number"),
    ("0.00000000001亿元", "number"),
    ("很多元", "number"),
    ("1.2.3亿元", "number"),
    ("-1亿元", "negative"),
    ("NaN亿元", "number"),
    ("1e3元", "number"),
    ("１２", "unit"),
])
def test_money_that_is_none(text: str, code: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        MoneyField(required=False).clean(text)
    assert refused.value.code == code


def test_money_may_be_demanded_and_is_shown_as_typed() -> None:
    for text in ("", "0"):
        with pytest.raises(forms.ValidationError) as refused:
            MoneyField().clean(text)
        assert refused.value.code == "required"
    field = MoneyField()
    assert [field.prepare_value(value) for value in (12 * YI, 86 * YI // 100, 0, "1200")] == ["12亿元", "8600万元", "", "1200"]


def test_share() -> None:
    field = ShareField()
    assert [field.clean(text) for text in ("40", "33.33%", "０", "100")] == [4000, 3333, 0, 10_000]
    for text in ("100.01", "-1", "33.333", "half", ""):
        with pytest.raises(forms.ValidationError):
            field.clean(text)
    assert field.prepare_value(3333) == "33.33"


def test_day() -> None:
    field = DayField()
    for text in ("2020-09-03", "2020/9/3", "2020年9月3日", "２０２０-09-03"):
        assert field.clean(text) == date(2020, 9, 3)
    for text in ("2020-02-30", "yesterday", "20200903", ""):
        with pytest.raises(forms.ValidationError):
            field.clean(text)
