"""People, with their unit; roles are given by the security administrator. One-time passwords are handed out once."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused
from shuangbi.organisations.actions import NewPerson, make_people
from shuangbi.organisations.actions.people import USERNAME
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Person
from shuangbi.organisations.queries import units_by_name

COLUMNS = (
    Column("username", "登录名", required=True, longest=60),
    Column("name", "姓名", required=True, longest=60),
    Column("unit", "单位", required=True, longest=120),
    Column("post", "职务", longest=80),
    Column("name_en", "英文姓名", longest=120),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Enter all people or none."""
    units, errors, seen = units_by_name(), [], set()
    taken = set(Person.objects.filter(username__in=[r.text("username").strip().lower() for r in rows]).values_list("username", flat=True))
    for row in rows:
        name = row.text("username").strip().lower()
        if not USERNAME.fullmatch(name):
            words = _("A log-in name has two or more of a–z, 0–9, dot, dash and underscore.")
            errors.append(RowError(row.number, "登录名", words))
        if name in taken:
            errors.append(RowError(row.number, "登录名", _("The log-in name {name} is taken.").format(name=name)))
        if name in seen:
            errors.append(RowError(row.number, "登录名", _("This log-in name stands in the table twice.")))
        if row.text("unit") not in units:
            errors.append(RowError(row.number, "单位", _("There is no unit {name}.").format(name=row.text("unit"))))
        seen.add(name)
    if errors:
        raise TableRefused(errors)
    made = make_people(
        people=[
            NewPerson(
                username=row.text("username"), name=row.text("name"), unit=units[row.text("unit")],
                name_en=row.text("name_en"), post=row.text("post"),
            )
            for row in rows
        ],
        by=context.by.person,
    )
    return Loaded(len(rows), tuple((person.name, person.username, once) for person, once in made))


IMPORTER = Importer(
    name="people", title=gettext_lazy("People"),
    roles=frozenset({Role.OFFICE_LEAD, Role.SYSTEM_ADMIN}), columns=COLUMNS, load=load,
    example=(("jiaxian01", "张示例", "甲县", "填报员", "Zhang Shili"),),
)
