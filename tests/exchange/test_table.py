"""Heads matched to columns, cells turned into values, errors by row and column."""

from datetime import date, datetime

import pytest
from django.utils import translation

from shuangbi.exchange.table import Column, TableRefused, labels, typed, typed_rows
from shuangbi.foundation.clock import SHANGHAI
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.uploads import Row, Table
from shuangbi.organisations.choices import UnitKind


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("  青禾县 ", Column("a", "甲"), "青禾县"),
        (" ", Column("a", "甲"), None),
        (None, Column("a", "甲"), None),
        (2020, Column("a", "甲"), "2020"),
        ("'=公式", Column("a", "甲"), "=公式"),
        ("一\n二", Column("a", "甲", longest=500), "一\n二"),
        (datetime(2020, 9, 30, 8, tzinfo=SHANGHAI), Column("a", "甲", "day"), date(2020, 9, 30)),
        (date(2020, 9, 30), Column("a", "甲", "day"), date(2020, 9, 30)),
        ("2020-9-30", Column("a", "甲", "day"), date(2020, 9, 30)),
        ("2020/09/30", Column("a", "甲", "day"), date(2020, 9, 30)),
        ("2020.9.30", Column("a", "甲", "day"), date(2020, 9, 30)),
        ("2020年9月30日", Column("a", "甲", "day"), date(2020, 9, 30)),
        # Money without a unit is in the unit of the head; with one it is what it says.
        (52000, Column("a", "甲", "money", unit="万元"), 52_000_000_000),
        ("52,000.5", Column("a", "甲", "money", unit="万元"), 52_000_500_000),
        ("5.2亿元", Column("a", "甲", "money", unit="万元"), 52_000_000_000),
        ("1200元", Column("a", "甲", "money", unit="万元"), 120_000),
        ("3", Column("a", "甲", "money", unit="亿元"), 30_000_000_000),
        ("300亩", Column("a", "甲", "area"), 200_000),
        (7, Column("a", "甲", "count"), 7),
        ("8.5%", Column("a", "甲", "number"), "17/200"),
        ("县市区", Column("a", "甲", "choice", choices=lambda: {"县市区": "county"}), "county"),
        ("甲、乙,丙；甲", Column("a", "甲", "names"), ("甲", "乙", "丙")),
        ("重点", Column("a", "甲", "names", choices=lambda: {"重点": "key"}), ("key",)),
    ],
)
def test_cells(cell: object, column: Column, value: object) -> None:
    assert typed(cell, column) == value


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        (" ", Column("a", "甲", required=True)),
        ("长" * 301, Column("a", "甲")),
        ("看不见\u200b", Column("a", "甲")),
        ("一\n二", Column("a", "甲")),
        ("2020-09-31", Column("a", "甲", "day")),
        ("2020-13-01", Column("a", "甲", "day")),
        ("九月", Column("a", "甲", "day")),
        (44104, Column("a", "甲", "day")),
        ("约5亿", Column("a", "甲", "money", unit="万元")),
        ("待定", Column("a", "甲", "money", unit="万元")),
        ("-3", Column("a", "甲", "money", unit="万元")),
        ("0.0000001", Column("a", "甲", "money", unit="万元")),
        ("9" * 30, Column("a", "甲", "money", unit="万元")),
        ("1.5", Column("a", "甲", "count")),
        ("3000000000", Column("a", "甲", "count")),
        ("八", Column("a", "甲", "number")),
        ("1/0", Column("a", "甲", "number")),
        ("城市", Column("a", "甲", "choice", choices=lambda: {"县市区": "county"})),
        ("重点、别的", Column("a", "甲", "names", choices=lambda: {"重点": "key"})),
    ],
)
def test_what_a_cell_cannot_say(cell: object, column: Column) -> None:
    with pytest.raises(Refused) as found:
        typed(cell, column)
    assert found.value.message


COLUMNS = (
    Column("name", "名称", required=True), Column("money", "总投资", "money", unit="万元"), Column("day", "日期", "day"),
)


def table(head: tuple[str, ...], *rows: tuple[object, ...]) -> Table:
    return Table("表", ("表",), head, tuple(Row(number, cells) for number, cells in enumerate(rows, start=2)))  # type: ignore[arg-type]


@pytest.mark.parametrize("head", [("名称", "总投资（万元）"), ("名 称*", "总投资(万元)"), ("name", "总投资"), ("别的", "名称", "总投资")])
def test_heads_are_known_in_many_spellings(head: tuple[str, ...]) -> None:
    cells = tuple({"别的": "x"}.get(title, 3 if "投资" in title else "甲") for title in head)
    (row,) = typed_rows(table(head, cells), COLUMNS)
    assert (row.number, row["name"], row["money"], row["day"], row.text("day")) == (2, "甲", 3_000_000, None, "")


def refused(head: tuple[str, ...], *rows: tuple[object, ...]) -> list[tuple[int, str]]:
    with pytest.raises(TableRefused) as found:
        typed_rows(table(head, *rows), COLUMNS)
    return [(error.row, error.column) for error in found.value.errors]


def test_every_error_of_every_row_is_told_at_once() -> None:
    assert refused(("名称", "总投资", "日期"), ("", "多", "2020-09-31"), ("甲", 1, None), (None, 1, None)) == [
        (2, "名称"), (2, "总投资"), (2, "日期"), (4, "名称"),
    ]


def test_a_missing_column_and_one_named_twice_concern_the_whole_table() -> None:
    assert refused(("总投资",), (1,)) == [(0, "名称")]
    assert refused(("名称", "总投资（万元）", "总投资(万元)"), ("甲", 1, 1)) == [(0, "")]
    assert refused(("名称", "总投资", "总投资（万元）"), ("甲", 1, 1)) == [(0, "总投资")]
    assert refused(("名称",)) == [(0, "")]


def test_errors_as_sentences() -> None:
    with pytest.raises(TableRefused) as found, translation.override("en"):
        typed_rows(table(("名称", "总投资"), ("", "多")), COLUMNS)
    with translation.override("en"):
        assert [str(error) for error in found.value.errors] == [
            "Row 2, 名称: Something must stand here.", "Row 2, 总投资: 多 is no amount. Write a number in 万元.",
        ]
        assert found.value.summary == "2 errors; nothing was loaded."
        with pytest.raises(TableRefused) as missing:
            typed_rows(table(("总投资",), (1,)), COLUMNS)
        assert str(missing.value.errors[0]) == "The column 名称 is missing. Take the template."


def test_choices_may_be_written_in_either_language_or_as_stored() -> None:
    known = labels(UnitKind.choices)
    assert {known[text] for text in ("park", "园区", "Park")} == {"park"}
