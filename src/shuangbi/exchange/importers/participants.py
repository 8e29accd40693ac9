"""Who takes part in a competition, and in which group."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.actions import set_participants
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.queries import units_by_name

COLUMNS = (Column("unit", "单位", required=True, longest=120), Column("group", "组别", required=True, longest=40))


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Put all units into their groups or none."""
    assert context.competition is not None  # noqa: S101 - the importer says it needs one
    units = units_by_name()
    errors = [
        RowError(row.number, "单位", _("There is no unit {name}.").format(name=row.text("unit")))
        for row in rows if row.text("unit") not in units
    ]
    if errors:
        raise TableRefused(errors)
    groups = [(units[row.text("unit")], row.text("group")) for row in rows]
    try:
        set_participants(competition=context.competition, groups=groups, by=context.by, key=context.key)
    except Refused as refusal:
        raise TableRefused([RowError(0, "", refusal.message)]) from refusal
    return Loaded(len(rows))


IMPORTER = Importer(
    name="participants", title=gettext_lazy("Participants"), roles=OFFICE, columns=COLUMNS, load=load,
    example=(("甲县", "counties"),), needs_competition=True,
)
