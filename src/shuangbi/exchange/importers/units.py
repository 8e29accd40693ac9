"""Units: counties, departments, companies, parks, towns, each below another."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, labels
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.actions import NewUnit, make_units
from shuangbi.organisations.choices import Role, UnitKind
from shuangbi.organisations.models import Unit

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
    errors = _wrong(rows)
    if errors:
        raise TableRefused(errors)
    units = [
        NewUnit(
            code=row.text("code"), name=row.text("name"), short_name=row.text("short_name") or row.text("name")[:40],
            kind=row.text("kind"), starts_on=row["starts_on"], name_en=row.text("name_en"),
            parent_code=row.text("parent"), position=row["position"] or 0,
        )
        for row in rows
    ]
    person = context.by.person
    try:
        made = make_units(units=units, by=person.id if person else None, key=context.key)
    except Refused as refusal:
        raise TableRefused([RowError(0, "", refusal.message)]) from refusal
    return Loaded(len(made))


def _wrong(rows: Sequence[Row]) -> list[RowError]:
    """Codes that come twice or are taken, and units below nothing that is known."""
    codes = [row.text("code") for row in rows]
    taken = set(Unit.objects.order_by().values_list("code", flat=True))
    errors = []
    for row in rows:
        code, parent = row.text("code"), row.text("parent")
        if codes.count(code) > 1:
            errors.append(RowError(row.number, "代码", _("This code stands in the table twice.")))
        if code in taken:
            errors.append(RowError(row.number, "代码", _("A unit with code {code} exists already.").format(code=code)))
        if parent and parent not in taken and parent not in codes:
            errors.append(RowError(row.number, "上级代码", _("There is no unit with code {code}.").format(code=parent)))
    return errors


IMPORTER = Importer(
    name="units", title=gettext_lazy("Units"), roles=frozenset({Role.OFFICE_LEAD, Role.OFFICE_CLERK, Role.SYSTEM_ADMIN}),
    columns=COLUMNS, load=load,
    example=(("990101", "示例甲县", "甲县", "县（市、区）", "990100", "2000-01-01", "1", "County A"),),
)
