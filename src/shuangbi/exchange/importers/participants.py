"""Who takes part in a competition, in which group, and whose figures count for it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.actions import NewParticipant, set_participants
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, placed
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.queries import units_by_name

COLUMNS = (
    Column("unit", "单位", required=True, longest=120),
    Column("group", "组别", longest=40, note=gettext_lazy("the group's name in the scheme; empty takes the unit out")),
    Column("round", "考核期", longest=20, note=gettext_lazy("empty: every round")),
    Column("feeds", "数据来源单位", "names", note=gettext_lazy("units whose projects count for it; empty: its own")),
    Column("reason", "说明", longest=300),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Put all units into their groups or none."""
    if context.competition is None:
        raise Refused(_("Say which competition this is for."))
    units, errors, new = units_by_name(), [], []
    for row in rows:
        names = (("单位", row.text("unit")), *(("数据来源单位", name) for name in row["feeds"] or ()))
        unknown = [
            RowError(row.number, title, _("There is no unit {name}.").format(name=name))
            for title, name in names if name not in units
        ]
        errors += unknown
        if not unknown:
            new.append(NewParticipant(
                unit=units[row.text("unit")], group=row.text("group"), round=row.text("round"),
                feeds=tuple(units[name].id for name in row["feeds"] or ()), reason=row.text("reason"),
            ))
    if errors:
        raise TableRefused(errors)
    try:
        set_participants(competition=context.competition, participants=new, by=context.by, key=context.key)
    except RowsRefused as refusal:
        raise placed(refusal, rows, COLUMNS) from refusal
    return Loaded(len(rows))


IMPORTER = Importer(
    name="participants", title=gettext_lazy("Participants"), roles=OFFICE, columns=COLUMNS, load=load,
    example=(("甲县", "counties", "", "", ""),), needs_competition=True,
)
