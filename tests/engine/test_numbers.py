"""Exact numbers and the only rounding."""

from fractions import Fraction

import pytest

from shuangbi_engine.numbers import (
    LIMIT,
    NotANumber,
    TooLarge,
    decimal_text,
    half_up,
    parse_number,
    parse_quantity,
    percent_text,
    points_text,
    quantity_text,
    rate,
    rounded,
    short_text,
    to_points,
    within_limit,
)


@pytest.mark.parametrize(
    ("value", "whole"),
    [("1/2", 1), ("-1/2", -1), ("3/2", 2), ("-3/2", -2), ("1/3", 0), ("-0.4", 0), ("2", 2)],
)
def test_half_goes_away_from_zero(value, whole):
    assert half_up(Fraction(value)) == whole


def test_points_are_rounded_once_to_ten_thousandths():
    assert to_points(Fraction(2, 3)) == 6667
    assert to_points(Fraction(-1, 20_000)) == -1
    assert rounded(Fraction("2.345"), 2) == Fraction("2.35")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1/3", 4, "0.3333"),
        ("-1/3", 2, "-0.33"),
        ("0.005", 2, "0.01"),
        ("-0.004", 2, "0.00"),
        ("7.5", 0, "8"),
        ("-7.5", 0, "-8"),
    ],
)
def test_decimal_text(value, decimals, text):
    assert decimal_text(Fraction(value), decimals) == text


def test_short_text_drops_trailing_zeros():
    assert short_text(Fraction(75), 1) == "75"
    assert short_text(Fraction("93.50")) == "93.5"
    assert short_text(Fraction(75), 0) == "75"


def test_rates_have_one_decimal_and_need_a_target():
    assert percent_text(rate(Fraction(43), Fraction(46))) == "93.5"
    assert rate(Fraction(1), None) is None
    assert rate(Fraction(1), Fraction(0)) is None
    assert points_text(27_800) == "2.7800"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", "1/2"),
        ("50%", "1/2"),
        ("93.5％", "0.935"),
        ("5/3", "5/3"),
        ("1,200", "1200"),
        ("-3", "-3"),
        ("+2.50", "5/2"),
        (" 7 ", "7"),
    ],
)
def test_parse_number(text, value):
    assert parse_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text", ["", "x", "1e5", "1.2.3", "1/0", "％", "٣x", "1 2", "--1", "nan", "9" * 5000, "0." + "1" * 5000]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.2亿元", "fen", 12_000_000_000),
        ("651.46亿", "fen", 6_514_600_000_000),
        ("3,000万元", "fen", 3_000_000_000),
        ("0.01元", "fen", 1),
        ("7", "fen", 7),
        ("-5万", "fen", -5_000_000),
        ("3亩", "square_metres", 2000),
        ("1亩", "square_metres", 667),
        ("2公顷", "square_metres", 20_000),
        ("5㎡", "square_metres", 5),
        ("15个", "count", 15),
        ("15", "number", 15),
    ],
)
def test_parse_quantity(text, unit, value):
    assert parse_quantity(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.001元", "fen"),
        ("1.5", "count"),
        ("3亩", "fen"),
        ("3亿", "count"),
        ("亿元", "fen"),
        ("99999999999亿元", "fen"),
        ("9" * 30, "square_metres"),
    ],
)
def test_quantities_that_do_not_fit_are_refused(text, unit):
    with pytest.raises(NotANumber):
        parse_quantity(text, unit)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12_000_000_000, "fen", "1.2亿元"),
        (-3_000_000_000, "fen", "-3000万元"),
        (12_345, "fen", "123.45元"),
        (2000, "square_metres", "3亩"),
        (600, "square_metres", "600平方米"),
        (15, "count", "15"),
    ],
)
def test_quantity_text(value, unit, text):
    assert quantity_text(Fraction(value), unit) == text


def test_sums_beyond_the_limit_are_refused():
    assert within_limit(LIMIT) == LIMIT
    with pytest.raises(TooLarge):
        within_limit(-LIMIT - 1)
