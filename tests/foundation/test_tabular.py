"""Files for spreadsheets: no formula out of what a person typed."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from shuangbi.foundation.tabular import Head, csv_bytes, harmless, sheet_name, xlsx_bytes


@pytest.mark.parametrize("text", ["=1", "+x", "-x", "@a", "＝1", "＋x", "－x", "＠a", "\t=1", " =1", "　=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "P001", "甲=乙", "-12.5", "+3", "-1,200", "a-b", "'=1"])
def test_what_is_harmless_stays(text: str) -> None:
    assert harmless(text) == text


def test_csv_writes_numbers_exactly_and_moments_in_shanghai() -> None:
    head = [Head("甲"), Head("额（万元）", 2), Head("时间")]
    when = datetime(2020, 10, 20, 1, 0, tzinfo=UTC)

    data = csv_bytes(head, [["－1+2", Fraction(1, 3), when], [None, 5, "b,\"c\""]])

    assert data.decode("utf-8-sig") == '甲,额（万元）,时间\r\n\'－1+2,0.33,2020-10-20 09:00\r\n,5,"b,""c"""\r\n'


def test_the_same_rows_give_the_same_xlsx() -> None:
    head, rows = [Head("甲", 1)], [[Fraction(1, 3)], [10**15], [True]]

    assert xlsx_bytes("表", head, rows) == xlsx_bytes("表", head, rows)


def test_sheet_names_excel_refuses_are_mended() -> None:
    assert sheet_name("a/b[1]:*?\\" + "x" * 40) == "a b 1     " + "x" * 21
    assert sheet_name("''") == "Sheet"
