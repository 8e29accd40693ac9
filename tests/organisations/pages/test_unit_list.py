"""The tree of units as a list."""

import io
from datetime import date

from openpyxl import load_workbook

from shuangbi.organisations import actions
from tests.cast import Cast


def names(cast: Cast, query: str = "") -> list[str]:
    response = cast.client_of(cast.reporter).get(f"/units/{query}")
    return [unit.short_name for unit in response.context["listing"].page.object_list]


def test_the_list_shows_the_tree_in_official_order(cast: Cast) -> None:
    assert names(cast) == ["示例市", "青禾县", "青禾工业园", "云塘区", "产业促进局", "城建集团"]


def test_units_are_found_by_name_and_pinyin_and_filtered_by_kind(cast: Cast) -> None:
    assert names(cast, "?q=青禾") == ["青禾县", "青禾工业园"]
    assert names(cast, "?q=qing he") == ["青禾县", "青禾工业园"]
    assert names(cast, "?kind=company") == ["城建集团"]


def test_a_day_leaves_only_units_that_exist_then(cast: Cast) -> None:
    actions.merge_unit(unit=cast.county, ends_on=date(2020, 6, 30), successor=cast.other_county, by=cast.office_lead.id)

    assert "青禾县" in names(cast, "?day=2020-06-30")
    assert "青禾县" not in names(cast, "?day=2020-07-01")
    page = cast.client_of(cast.reporter).get("/units/").content.decode()
    assert 'class="quiet"' in page


def test_the_export_holds_what_the_list_shows(cast: Cast) -> None:
    response = cast.client_of(cast.reporter).get("/units/?kind=county&export=xlsx")

    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    cells = [str(row[0]) for row in rows]
    assert [cell for cell in cells if cell in {"青禾县", "云塘区"}] == ["青禾县", "云塘区"]
    assert "示例市" not in cells


def test_only_the_office_lead_is_shown_the_way_to_enter_units(cast: Cast) -> None:
    assert "/units/new/" in cast.client_of(cast.office_lead).get("/units/").content.decode()
    assert "/units/new/" not in cast.client_of(cast.clerk).get("/units/").content.decode()


def test_a_person_without_a_role_sees_nothing_and_is_told_why(cast: Cast) -> None:
    page = cast.client_of(cast.stranger).get("/units/").content.decode()

    assert "青禾县" not in page
    assert "安全管理员" in page


def test_tabs_lead_where_the_reader_may_go(cast: Cast) -> None:
    def tabs(person: object) -> list[str]:
        page = cast.client_of(person).get("/units/").content.decode()  # type: ignore[arg-type]
        return [path for path in ("/people/", "/grants/", "/audit/", "/audit/door/") if f'href="{path}"' in page]

    assert tabs(cast.reporter) == []
    assert tabs(cast.unit_lead) == ["/people/", "/grants/"]
    assert tabs(cast.security_auditor) == ["/people/", "/grants/", "/audit/", "/audit/door/"]


def test_the_list_takes_few_queries_however_long(cast: Cast, django_assert_max_num_queries: object) -> None:
    client = cast.client_of(cast.reporter)
    client.get("/units/")

    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/units/")
