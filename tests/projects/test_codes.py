"""Shapes of the codes that others give."""

from datetime import date

import pytest

from shuangbi.projects.codes import (
    is_credit_code,
    is_industry_code,
    is_marker,
    is_national_code,
    is_region_code,
)

TODAY = date(2020, 10, 20)


def test_credit_code_of_the_standard_checks() -> None:
    assert is_credit_code("91350100M000100Y43")


@pytest.mark.parametrize("code", [
    "91350100M000100Y44",   # another check character
    "91350100M00010Y043",   # two characters turned
    "91350100M000100Y4",    # too short
    "91350100I000100Y43",   # I is never used
    "９1350100M000100Y43",  # a full-width digit
])
def test_credit_code_that_is_none(code: str) -> None:
    assert not is_credit_code(code)


@pytest.mark.parametrize("code", [
    "2019-430200-01-01-123456",  # a year, as given until 2019
    "2009-430200-04-01-123456",  # September 2020
    "2010-430200-04-01-123456",  # October 2020, the current month
    "2020-430200-04-01-123456",
])
def test_national_code(code: str) -> None:
    assert is_national_code(code, TODAY)


@pytest.mark.parametrize("code", [
    "2011-430200-04-01-123456",  # November 2020 is still to come
    "2021-430200-04-01-123456",
    "1913-430200-04-01-123456",  # no thirteenth month
    "2009-990200-04-01-123456",  # no such province
    "2009-430200-04-01-12345",
    "2009430200040112345678901",
    "２009-430200-04-01-123456",
])
def test_national_code_that_is_none(code: str) -> None:
    assert not is_national_code(code, TODAY)


def test_other_codes() -> None:
    assert [is_industry_code(c) for c in ("C", "C39", "I6510", "U10", "39", "C3", "C39101")] == [
        True, True, True, False, False, False, False,
    ]
    assert [is_region_code(c) for c in ("430200", "990200", "4302", "43020a")] == [True, False, False, False]
    assert [is_marker(c) for c in ("key", "先进制造", "五个100", "", "a|b", "a:b", "a b", "x" * 41)] == [
        True, True, True, False, False, False, False, False,
    ]
