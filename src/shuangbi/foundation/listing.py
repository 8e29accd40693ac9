"""The one way to make a list page: filter, search, sort, page and export what is shown. The state is the address.

    return Listing(
        request, projects_visible_to(request.access), title=_("Projects"), filterset=ProjectFilter,
        search_fields=("name", "search_key", "initials", "code"),
        columns=[
            Column("code", _("Code"), lambda p: p.code, sort="code"),
            Column("name", _("Name"), lambda p: p.name, sort="sort_key", link=lambda p: p.get_absolute_url()),
            Column("total", _("Total investment"), lambda p: p.total_fen, sort="total_fen", kind=MONEY, unit="万元"),
        ],
        default_sort="code",
    ).respond("projects/project_list.html", {...})

The page includes `foundation/components/listing.html`; an htmx request gets only its results. Two queries: the count
and the page (and those of the filters' own choices).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any
from urllib.parse import quote

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shuangbi.foundation import formats, tabular
from shuangbi.foundation.clock import today
from shuangbi.foundation.search import search_filter
from shuangbi_engine.numbers import SHARE

SIZES = (20, 50, 100)
# What the address says besides search and filters.
STATE = {"sort", "size", "page", "export"}
TEXT, NUMBER, MONEY, AREA, POINTS, RATE, DAY, MOMENT = (
    "text", "number", "money", "area", "points", "rate", "day", "moment",
)
RIGHT = {NUMBER, MONEY, AREA, POINTS, RATE}


@dataclass(frozen=True)
class Column:
    """A column: what it is called, its value for a row, and how it sorts, shows and exports.

    `sort` names model fields (comma between several); empty columns come last either way. `kind` gives format and
    alignment; `unit` stands in the head. `link` makes the cell a link; `template` draws it (gets `row` and `value`);
    the exported file holds the value itself (or `exported(row)`).
    """

    key: str
    label: Any
    value: Callable[[Any], Any]
    sort: str = ""
    kind: str = TEXT
    unit: str = ""
    decimals: int = -1
    link: Callable[[Any], str] | None = None
    template: str = ""
    exported: Callable[[Any], Any] | None = None
    primary: bool = False
    wide: bool = False

    @property
    def is_numeric(self) -> bool:
        return self.kind in RIGHT

    @property
    def places(self) -> int:
        """Decimals shown: two for money, area and points, one for rates, none for counts."""
        if self.decimals >= 0:
            return self.decimals
        return {MONEY: 2, AREA: 2, POINTS: 2, RATE: 1}.get(self.kind, 0)

    @property
    def shown_unit(self) -> str:
        return self.unit or {MONEY: "万元", AREA: "亩", RATE: "%"}.get(self.kind, "")

    def text(self, row: Any) -> Any:
        """The cell as text: formatted by kind; a dash where there is no value."""
        value = self.value(row)
        if value is None or value == "":
            return formats.NOTHING
        match self.kind:
            case "number":
                return f"{value:,}" if isinstance(value, int) else formats.fixed(value, self.places)
            case "day":
                return formats.day_text(value)
            case "moment":
                return formats.moment_text(value)
            case "text":
                return value
            case _:
                return formats.fixed(self._in_unit(value), self.places)

    def cell(self, row: Any) -> Any:
        """The cell as it stands in the table."""
        return format_html('<a href="{}">{}</a>', self.link(row), self.text(row)) if self.link else self.text(row)

    def file_value(self, row: Any) -> Any:
        """The cell as it stands in a file: a number in the column's unit, a date, or text."""
        if self.exported:
            return self.exported(row)
        value = self.value(row)
        if value is None or isinstance(value, (date, datetime, bool)):
            return value
        return self._in_unit(value) if self.kind in RIGHT - {NUMBER} else value if self.is_numeric else str(value)

    def _in_unit(self, value: int | Fraction) -> Fraction:
        exact = Fraction(value)
        match self.kind:
            case "money":
                return exact / formats.MONEY_UNITS[self.shown_unit]
            case "area":
                return exact / formats.AREA_UNITS[self.shown_unit]
        whole = exact if isinstance(value, Fraction) else exact / SHARE
        return whole * 100 if self.kind == RATE else whole

    def head(self) -> tabular.Head:
        unit = self.shown_unit
        return tabular.Head(f"{self.label}（{unit}）" if unit else str(self.label), self.places)


@dataclass(frozen=True)
class HeadCell:
    """A column's head: where a click leads and how it is sorted now."""

    column: Column
    url: str
    direction: str


def _filters(
    filterset: type[django_filters.FilterSet], request: HttpRequest, rows: QuerySet[Any]
) -> django_filters.FilterSet:
    """The filters as this request fills them; an open choice reads All instead of dashes."""
    filters = filterset(request.GET or None, queryset=rows, request=request)
    for field in filters.form.fields.values():
        if getattr(field, "empty_label", None) is not None:
            field.empty_label = _("All")
            field.widget.choices = field.choices
    return filters


class Listing:
    """A list as one request asks for it. Reading only; scope comes with the queryset."""

    def __init__(
        self, request: HttpRequest, rows: QuerySet[Any], *, columns: Sequence[Column], default_sort: str,
        title: Any = "", filterset: type[django_filters.FilterSet] | None = None,
        search_fields: Sequence[str] = (), size: int = 50, row_class: Callable[[Any], str] | None = None,
        empty_hint: Any = "", wide: bool = False,
    ) -> None:
        self.request = request
        self.title = title
        self.columns = list(columns)
        self.default_sort = default_sort
        self.filterset = _filters(filterset, request, rows) if filterset else None
        self.search_fields = tuple(search_fields)
        self.default_size = size
        self.row_class = row_class
        self.empty_hint = empty_hint
        self.wide = wide
        self._all_rows = rows

    # What was asked

    @cached_property
    def search(self) -> str:
        return self.request.GET.get("q", "").strip()[:100]

    @cached_property
    def sort(self) -> str:
        """The key of the sorting column, with - before it for descending; the default where the address says nonsense."""
        asked = self.request.GET.get("sort", "")
        return asked if self._sorting(asked) else self.default_sort

    @cached_property
    def size(self) -> int:
        asked = self.request.GET.get("size", "")
        return int(asked) if asked.isdigit() and int(asked) in SIZES else self.default_size

    def _sorting(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.sort and column.key == key.removeprefix("-")), None)

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter is at work."""
        return any(value for key, value in self.request.GET.items() if key not in STATE)

    # What is shown

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """All rows that match, in order. A filter with an error matches none."""
        rows = self._all_rows
        if self.filterset is not None:
            rows = self.filterset.qs if self.filterset.is_valid() or not self.filterset.is_bound else rows.none()
        if self.search and self.search_fields:
            rows = search_filter(rows, self.search, self.search_fields)
        return rows.order_by(*self._order())

    def _order(self) -> list[Any]:
        column = self._sorting(self.sort)
        if column is None:
            raise ValueError(f"default_sort {self.default_sort!r} names no column that sorts")
        down = self.sort.startswith("-")
        order = []
        for name in column.sort.split(","):
            down_here = down != name.startswith("-")
            field = F(name.strip().lstrip("-"))
            order.append(field.desc(nulls_last=True) if down_here else field.asc(nulls_last=True))
        return [*order, F("pk").asc()]

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, self.size).get_page(self.request.GET.get("page"))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def lines(self) -> list[tuple[Any, str, list[tuple[Column, Any, Any]]]]:
        """The rows of the page as the template draws them: row, class, cells of (column, value, html)."""
        return [
            (
                row,
                self.row_class(row) if self.row_class else "",
                [(column, column.value(row), "" if column.template else column.cell(row)) for column in self.columns],
            )
            for row in self.page.object_list
        ]

    def heads(self) -> list[HeadCell]:
        found = []
        for column in self.columns:
            here = self.sort.removeprefix("-") == column.key
            direction = ("descending" if self.sort.startswith("-") else "ascending") if here else ""
            turned = f"-{column.key}" if direction == "ascending" or (not here and column.is_numeric) else column.key
            found.append(HeadCell(column, self.address(sort=turned, page=None) if column.sort else "", direction))
        return found

    # Addresses

    def address(self, **changes: Any) -> str:
        """This list with something changed; None drops it."""
        query = self.request.GET.copy()
        query.pop("export", None)
        for key, value in changes.items():
            query.pop(key, None)
            if value is not None:
                query[key] = str(value)
        for key in [key for key, value in query.items() if value == ""]:
            query.pop(key)
        text = query.urlencode()
        return f"{self.request.path}?{text}" if text else self.request.path

    def kept(self) -> list[tuple[str, str]]:
        """What the filter form must carry along: sort and size where the address has them."""
        return [(key, self.request.GET[key]) for key in ("sort", "size") if self.request.GET.get(key)]

    def exports(self) -> list[tuple[str, str]]:
        return [("Excel", self.address(export="xlsx", page=None)), ("CSV", self.address(export="csv", page=None))]

    def sizes(self) -> list[tuple[int, str, bool]]:
        return [(size, self.address(size=size, page=None), size == self.size) for size in sorted({*SIZES, self.size})]

    def pages(self) -> list[tuple[int | None, str]]:
        """Page numbers with their addresses; None where some are left out."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(n, self.address(page=n)) if isinstance(n, int) else (None, "") for n in numbers]

    # Answers

    def respond(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The page; its results alone for htmx; or the file, for ?export=."""
        if self.request.GET.get("export") in {"xlsx", "csv"}:
            return self.file(self.request.GET["export"])
        part = self.request.headers.get("HX-Target") == "results"
        response = render(
            self.request, "foundation/components/listing_results.html" if part else template,
            {**(context or {}), "listing": self},
        )
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        if part:
            response["HX-Push-Url"] = self.address()
        return response

    def file(self, form: str) -> HttpResponse:
        """All matching rows, not only this page, as xlsx or csv."""
        head = [column.head() for column in self.columns]
        rows = ([column.file_value(row) for column in self.columns] for row in self.rows.iterator(chunk_size=2000))
        title = str(self.title or _("List"))
        if form == "xlsx":
            response = HttpResponse(tabular.xlsx_bytes(title, head, rows), content_type=tabular.XLSX)
        else:
            response = HttpResponse(tabular.csv_bytes(head, rows), content_type=tabular.CSV)
        name = f"{title}-{today().isoformat()}.{form}"
        response["Content-Disposition"] = f"attachment; filename=\"list.{form}\"; filename*=UTF-8''{quote(name)}"
        return response
