"""Files good and bad, whole or nothing, and the person's own file back with what is wrong in each row."""

import io
from datetime import datetime

import openpyxl
import pytest

from shuangbi.exchange.importer import Context
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import ERRORS_TITLE, import_table, read_rows, template, with_errors
from shuangbi.exchange.table import RowError
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Unit
from tests.cast import Cast
from tests.exchange.sheets import errors, filled, head, load, row, xlsx
from tests.foundation.test_uploads import workbook

ONE = {"code": "x01", "name": "新河镇", "kind": "乡镇（街道）", "parent": "qinghe", "starts_on": "2000-01-01"}


def units(*rows: dict[str, object]) -> list[list[object]]:
    return [head("units"), *(row("units", **one) for one in rows)]


def as_csv(rows: list[list[object]], encoding: str) -> bytes:
    return "\r\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in rows).encode(encoding)


@pytest.mark.parametrize("kind", list(IMPORTERS))
def test_a_template_asks_for_what_its_importer_reads(kind: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(IMPORTERS[kind])))
    sheet, told = book.worksheets

    assert [cell.value for cell in sheet[1]] == head(kind)
    assert sheet.max_row == 1
    assert [told.cell(at, 1).value for at in range(2, told.max_row + 1)] == head(kind)
    assert all(told.cell(at, 3).value for at in range(2, told.max_row + 1))
    # The example itself would be understood: every cell of it is of its column's type, or a name only the office knows.
    (example,) = IMPORTERS[kind].example
    assert len(example) == len(IMPORTERS[kind].columns)
    assert len(read_rows(xlsx([head(kind), list(example)]), "t.xlsx", IMPORTERS[kind])) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_of_offices(cast: Cast, encoding: str) -> None:
    content = as_csv(units({**ONE, "name": "龘河镇"}), encoding)
    assert load("units", content, access_of(cast.office_lead), name="单位.csv").count == 1
    assert Unit.objects.get(code="x01").name == "龘河镇"


def refused(cast: Cast, content: bytes, name: str = "t.xlsx") -> str:
    """The file as such cannot be read; nothing is written."""
    before = (Unit.objects.count(), Fact.objects.count())
    with pytest.raises(Refused) as found:
        load("units", content, access_of(cast.office_lead), name=name)
    assert (Unit.objects.count(), Fact.objects.count()) == before
    return found.value.message


def test_files_that_cannot_be_read_are_refused_whole(cast: Cast) -> None:
    titles = head("units")
    assert "合并" in refused(cast, xlsx([titles, row("units", **ONE)], merged="C1:D1"))
    assert "合并" in refused(cast, xlsx([titles, row("units", **ONE), row("units", **ONE)], merged="A2:A3"))
    assert titles[0] in refused(cast, xlsx([[titles[0], *titles], row("units", **ONE)]))
    assert refused(cast, b"")
    assert refused(cast, b"not a workbook", "t.xlsx")
    assert refused(cast, xlsx([titles]), "t.exe")


def test_an_empty_table_and_a_missing_column_concern_the_whole(cast: Cast) -> None:
    by = access_of(cast.office_lead)
    assert errors("units", xlsx([head("units")]), by) == [(0, "")]
    without = [[cell for at, cell in enumerate(line) if at != 1] for line in units(ONE)]
    assert errors("units", xlsx(without), by) == [(0, "名称")]


def test_a_bomb_is_refused_and_the_site_unharmed(cast: Cast) -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>{"甲" * 400}</t></is></c></row>' for at in range(1, 200_001))
    assert refused(cast, workbook(f"<sheetData>{rows}</sheetData>"))
    assert load("units", xlsx(units(ONE)), access_of(cast.office_lead)).count == 1


def test_a_formula_is_read_as_what_it_shows(cast: Cast) -> None:
    load("units", xlsx(units({**ONE, "position": "=1+2"})), access_of(cast.office_lead))
    assert Unit.objects.get(code="x01").position == 3


def test_nothing_half_loaded(cast: Cast) -> None:
    content = xlsx(units(ONE, {**ONE, "code": "x02", "parent": "nowhere"}))
    before = Fact.objects.count()
    assert errors("units", content, access_of(cast.office_lead)) == [(3, "上级代码")]
    assert Fact.objects.count() == before


def test_a_dry_run_writes_nothing(cast: Cast) -> None:
    context = Context(by=access_of(cast.office_lead), key="")
    before = Fact.objects.count()
    done = import_table(content=xlsx(units(ONE)), name="t.xlsx", importer=IMPORTERS["units"], context=context, dry_run=True)
    assert (done.count, Fact.objects.count()) == (1, before)


def test_the_same_key_loads_once(cast: Cast) -> None:
    before = Fact.objects.count()
    load("units", xlsx(units(ONE)), access_of(cast.office_lead), key="k")
    assert Fact.objects.count() == before + 1
    # What is loaded is taken: the second time every row says so, and nothing is written.
    assert errors("units", xlsx(units(ONE)), access_of(cast.office_lead)) == [(2, "代码")]
    assert Fact.objects.count() == before + 1


def test_only_the_roles_of_a_table_load_it(cast: Cast, demo_day: datetime) -> None:
    for person in (cast.reporter, cast.leader, cast.stranger):
        with pytest.raises(Refused):
            load("units", xlsx(units(ONE)), access_of(person))
    with pytest.raises(Refused):
        load("targets", filled("targets"), access_of(cast.clerk))


def back(content: bytes, name: str, *found: RowError) -> list[tuple[object, ...]]:
    """The file that comes back, as rows of the sheet that was read."""
    book = openpyxl.load_workbook(io.BytesIO(with_errors(content, name, found)))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_the_own_file_comes_back_with_errors_in_their_rows() -> None:
    rows = back(xlsx(units(ONE, {**ONE, "code": "x02"})), "t.xlsx", RowError(3, "代码", "已有"), RowError(3, "名称", "太长"), RowError(0, "", "总的"))

    assert rows[0] == (*head("units"), ERRORS_TITLE)
    assert [line[-1] for line in rows[1:]] == ["总的", "代码：已有；名称：太长"]
    assert rows[1][:2] == ("x01", "新河镇")


def test_errors_stand_in_the_sheet_that_was_read_whichever_was_open_last() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled("units", ONE)))
    book.active = 1
    out = io.BytesIO()
    book.save(out)

    assert back(out.getvalue(), "t.xlsx", RowError(2, "代码", "已有"))[1][-1] == "代码：已有"


def test_a_csv_comes_back_as_a_workbook_with_empty_lines_where_they_were() -> None:
    content = as_csv([*units(ONE)[:1], [], *units(ONE)[1:]], "gb18030")
    rows = back(content, "t.csv", RowError(3, "代码", "=已有"))
    assert rows[2][0] == "x01"
    assert rows[2][-1] == "代码：=已有"


def test_a_file_that_comes_back_twice_has_one_column_of_errors(cast: Cast) -> None:
    wrong = xlsx(units({**ONE, "parent": "nowhere"}, {**ONE, "code": "x02"}))
    once = with_errors(wrong, "t.xlsx", [RowError(2, "上级代码", "没有")])
    assert errors("units", once, access_of(cast.office_lead)) == [(2, "上级代码")]

    rows = back(once, "t.xlsx", RowError(3, "代码", "已有"))
    assert rows[0] == (*head("units"), ERRORS_TITLE)
    assert [line[-1] for line in rows[1:]] == [None, "代码：已有"]


def test_thousands_of_errors_come_back_too() -> None:
    many = [RowError(number, "代码", "这一行的代码与已有单位重复,请核对后重新填写") for number in range(2, 3002)]
    rows = back(xlsx(units(*[ONE] * 3000)), "t.xlsx", *many)
    assert sum(bool(line[-1]) for line in rows[1:]) == 3000


def test_a_file_without_a_head_gives_back_the_remarks_alone() -> None:
    assert back(xlsx([[None], ["x"]]), "t.xlsx", RowError(2, "", "没有表头"))[-1][-1] == "没有表头"
