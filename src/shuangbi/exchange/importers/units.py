"""Units: counties, departments, companies, parks, towns, each below another."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, labels
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.actions import NewUnit, make_units
from shuangbi.organisations.choices import Role, UnitKind

COLUMNS = (
    Column("code", "代码", required=True, longest=32),
    Column("name", "名称", required=True, longest=120),
    Column("short_name", "简称", longest=40),
    Column("kind", "类型", "choice", required=True, choices=lambda: labels(UnitKind.choices)),
    Column("parent", "上级代码", longest=32),
    Column("starts_on", "设立日期", "day", required=True),
    Column("position", "排序", "count"),
    Column("name_en", "英文名称", longest=160),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Enter all units, parents before children."""
    codes = [row.text("code") for row in rows]
    errors = [
        RowError(row.number, "代码", str(_("This code stands in the table twice.")))
        for row in rows if codes.count(row.text("code")) > 1
    ]
    if errors:
        raise TableRefused(errors)
    units = [
        NewUnit(
            code=row.text("code"), name=row.text("name"), short_name=row.text("short_name") or row.text("name"),
            kind=row.text("kind"), starts_on=row["starts_on"], name_en=row.text("name_en"),
            parent_code=row.text("parent"), position=row["position"] or 0,
        )
        for row in rows
    ]
    person = context.by.person
    try:
        made = make_units(units=units, by=person.id if person else None, key=context.key)
    except Refused as refusal:
        raise TableRefused([_placed(rows, refusal)]) from refusal
    return Loaded(len(made))


def _placed(rows: Sequence[Row], refusal: Refused) -> RowError:
    column = {"code": "代码", "parent": "上级代码", "kind": "类型"}.get(refusal.field, "")
    key = {"code": "code", "parent": "parent", "kind": "kind"}.get(refusal.field, "")
    at = next((row.number for row in rows if key and row.text(key) and row.text(key) in refusal.message), 0)
    return RowError(at, column, refusal.message)


IMPORTER = Importer(
    name="units", title=_("Units"), roles=frozenset({Role.OFFICE_LEAD, Role.OFFICE_CLERK, Role.SYSTEM_ADMIN}),
    columns=COLUMNS, load=load,
    example=(("990101", "示例甲县", "甲县", "县市区", "990100", "2000-01-01", "1", "County A"),),
)
