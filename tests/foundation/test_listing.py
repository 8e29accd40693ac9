"""The listing: filter, search, sort with empty values last, page, export, partial answers, two queries."""

import csv
import io
from datetime import date
from fractions import Fraction
from typing import Any

import django_filters
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, Value, When
from django.test import RequestFactory
from django.utils import translation
from python_calamine import CalamineWorkbook

from shuangbi.foundation.listing import AREA, DAY, MONEY, NUMBER, POINTS, RATE, Column, Listing

pytestmark = pytest.mark.django_db


class KindFilter(django_filters.FilterSet):
    model = django_filters.ChoiceFilter(choices=[("kiln", "Kiln"), ("works", "Works")])


def rows(*models: str) -> Any:
    """Rows with a made-up amount: kiln has none."""
    for model in models:
        ContentType.objects.create(app_label="sample", model=model)
    amounts = [When(model="works", then=Value(300)), When(model="bridge", then=Value(100))]
    amount = Case(*amounts, default=None, output_field=BigIntegerField())
    return ContentType.objects.filter(app_label="sample").annotate(amount=amount)


def listing(query: str, queryset: Any, **more: Any) -> Listing:
    columns = [
        Column("name", "Name", lambda row: row.model, sort="model", link=lambda row: f"/{row.model}/", primary=True),
        Column("amount", "Amount", lambda row: row.amount, sort="amount", kind=NUMBER, unit="个"),
    ]
    with translation.override("en"):
        return Listing(
            RequestFactory().get(f"/list/?{query}", **more), queryset, columns=columns, default_sort="name", title="Sample",
            filterset=KindFilter, search_fields=("model",), size=20,
        )


def names(found: Listing) -> list[str]:
    return [row.model for row in found.page.object_list]


def test_sort_puts_empty_values_last_either_way_and_ends_at_the_id() -> None:
    queryset = rows("works", "kiln", "bridge", "oven")

    assert names(listing("", queryset)) == ["bridge", "kiln", "oven", "works"]
    assert names(listing("sort=amount", queryset)) == ["bridge", "works", "kiln", "oven"]
    assert names(listing("sort=-amount", queryset)) == ["works", "bridge", "kiln", "oven"]
    assert names(listing("sort=secret_field", queryset)) == ["bridge", "kiln", "oven", "works"]


def test_default_sort_must_name_a_sorting_column() -> None:
    broken = Listing(RequestFactory().get("/"), rows("kiln"), columns=[Column("a", "A", lambda row: 1)], default_sort="a")

    with pytest.raises(ValueError, match="default_sort"):
        _ = broken.rows


def test_search_and_filter_narrow_and_a_wrong_filter_matches_nothing() -> None:
    queryset = rows("works", "kiln", "waterworks")

    assert names(listing("q=WORKS", queryset)) == ["waterworks", "works"]
    assert names(listing("model=kiln", queryset)) == ["kiln"]
    assert listing("model=kiln", queryset).is_narrowed
    assert not listing("sort=name&page=2&q=", queryset).is_narrowed
    wrong = listing("model=palace", queryset)
    assert names(wrong) == []
    assert wrong.filterset is not None
    assert "model" in wrong.filterset.errors


def test_pages_sizes_and_nonsense_in_the_address() -> None:
    queryset = rows(*(f"m{number:03}" for number in range(45)))

    assert names(listing("page=3", queryset)) == ["m040", "m041", "m042", "m043", "m044"]
    assert names(listing("page=99", queryset))[0] == "m040"
    assert names(listing("page=x", queryset))[0] == "m000"
    assert listing("size=50", queryset).page.paginator.num_pages == 1
    assert listing("size=7", queryset).size == 20


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_two_queries(count: int, django_assert_num_queries: Any) -> None:
    queryset = rows(*("kiln", "works", "oven")[:count])

    with django_assert_num_queries(2):
        answer = listing("sort=-amount", queryset).respond("foundation/components/listing.html")

    assert answer.status_code == 200


def test_heads_turn_the_sort_and_keep_the_search() -> None:
    heads = listing("q=o&sort=name&page=2", rows("works")).heads()

    assert [(head.column.key, head.direction, head.url) for head in heads] == [
        ("name", "ascending", "/list/?q=o&sort=-name"),
        ("amount", "", "/list/?q=o&sort=-amount"),
    ]


def test_htmx_gets_the_results_alone() -> None:
    queryset = rows("kiln")

    whole = listing("", queryset).respond("foundation/components/listing.html").content.decode()
    answer = listing("q=ki&model=", queryset, HTTP_HX_TARGET="results").respond("foundation/components/listing.html")
    part = answer.content.decode()

    assert "<form" in whole
    assert "<form" not in part
    assert '<a href="/kiln/">kiln</a>' in part
    assert answer["HX-Push-Url"] == "/list/?q=ki"
    assert "HX-Target" in answer["Vary"]


def test_text_of_people_is_escaped() -> None:
    part = listing("", rows("<script>x")).respond("foundation/components/listing.html").content.decode()

    assert "<script>x" not in part
    assert "&lt;script&gt;x" in part


def test_csv_holds_all_matching_rows_and_no_formula() -> None:
    queryset = rows("=1+1", "works", *(f"m{number:03}" for number in range(25)))

    answer = listing("export=csv&sort=-amount", queryset).respond("unused.html")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"].startswith("attachment; filename=\"list.csv\"; filename*=UTF-8''Sample-")
    assert table[0] == ["Name", "Amount（个）"]
    assert table[1] == ["works", "300"]
    assert ["'=1+1", ""] in table
    assert len(table) == 28


def test_xlsx_holds_strings_numbers_and_head() -> None:
    answer = listing("export=xlsx", rows("=1+1", "works")).respond("unused.html")

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Sample")
    assert sheet.to_python() == [["Name", "Amount（个）"], ["=1+1", ""], ["works", 300.0]]


@pytest.mark.parametrize(
    ("kind", "unit", "value", "text", "in_file"),
    [
        (MONEY, "", 126_000_000_000, "126,000.00", Fraction(126_000)),
        (MONEY, "亿元", 126_500_000_000, "12.65", Fraction(253, 20)),
        (AREA, "", 200_000, "300.00", Fraction(300)),
        (POINTS, "", 923_450, "92.35", Fraction(92345, 1000)),
        (RATE, "", 17_333, "173.3", Fraction(17333, 100)),
        (RATE, "", Fraction(26, 15), "173.3", Fraction(520, 3)),
        (NUMBER, "", 1234, "1,234", 1234),
        (DAY, "", date(2020, 10, 20), "2020-10-20", date(2020, 10, 20)),
        (MONEY, "", None, "–", None),
    ],
)
def test_a_column_shows_and_exports_by_its_kind(kind: str, unit: str, value: Any, text: str, in_file: Any) -> None:
    column = Column("a", "A", lambda row: value, kind=kind, unit=unit)

    assert column.text(None) == text
    assert column.file_value(None) == in_file
