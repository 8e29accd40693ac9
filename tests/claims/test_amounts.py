"""Typed amounts in, the same amounts out."""

from dataclasses import replace
from datetime import date

import pytest

from shuangbi.claims.amounts import (
    Foreign,
    amount_text,
    checked_amount,
    fen_of,
    minor_text,
    read_amount,
    read_minor,
    typed_amount,
)
from shuangbi.foundation.errors import Refused

DOLLARS = Foreign("USD", 120000050, " 6.8101 ", date(2020, 9, 18), " 中间价 ")


@pytest.mark.parametrize(
    ("text", "fen"),
    [("3.2亿元", 32 * 10**9), ("4500万元", 45 * 10**8), ("12,000元", 1_200_000), ("0.01元", 1), ("3.2亿", 32 * 10**9)],
)
def test_money_is_read_with_its_unit(text: str, fen: int) -> None:
    assert read_amount(text, "fen") == fen


@pytest.mark.parametrize("text", ["1200", "", "  ", "三亿元", "0.001元", "亿元", "12吨", "1e5元", "300亩"])
def test_money_without_a_unit_or_finer_than_fen_is_refused(text: str) -> None:
    with pytest.raises(Refused) as found:
        read_amount(text, "fen")
    assert found.value.field == "amount"


def test_area_becomes_whole_square_metres() -> None:
    assert read_amount("300亩", "square_metres") == 200_000
    assert read_amount("1亩", "square_metres") == 667
    assert read_amount("20000平方米", "square_metres") == 20_000


@pytest.mark.parametrize(("amount", "unit"), [(32 * 10**9, "fen"), (817_212_341, "fen"), (1, "fen"), (12_345_678_901, "fen"),
                                              (667, "square_metres"), (200_001, "square_metres")])
def test_what_is_prefilled_reads_back_to_the_same(amount: int, unit: str) -> None:
    assert read_amount(typed_amount(amount, unit), unit) == amount  # type: ignore[arg-type]


def test_a_kind_without_amount_shows_none() -> None:
    assert (amount_text(0, ""), typed_amount(0, "")) == ("", "")
    assert checked_amount(0, "") == 0


def test_foreign_money_becomes_fen_half_up() -> None:
    assert fen_of(DOLLARS) == 817_212_341
    assert fen_of(replace(DOLLARS, minor=1, rate="0.5")) == 1
    assert fen_of(replace(DOLLARS, minor=1, rate="0.49")) == 0
    assert DOLLARS.tidy().rate == "6.8101"
    assert DOLLARS.tidy().rate_source == "中间价"


def test_minor_units_are_read_and_shown() -> None:
    assert read_minor("1,200,000.50", "USD") == 120000050
    assert read_minor("1000", "JPY") == 1000
    assert minor_text(120000050, "USD") == "1200000.50"
    assert minor_text(1000, "JPY") == "1000"
    for text, currency in (("1.005", "USD"), ("1.5", "JPY"), ("0", "USD"), ("-1", "USD"), ("x", "USD"), ("1", "XXX")):
        with pytest.raises(Refused):
            read_minor(text, currency)


@pytest.mark.parametrize(("text", "rate"), [("9" * 21, "9" * 21), ("6.8", "6.8" + "0" * 20)])
def test_a_rate_has_a_length(text: str, rate: str) -> None:
    with pytest.raises(Refused):
        fen_of(replace(DOLLARS, rate=rate))
