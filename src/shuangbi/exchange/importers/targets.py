"""Targets: a number, or named projects, per unit, measure and round."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.actions import NewTarget, set_targets
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, placed
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_by_name
from shuangbi.projects.queries import projects_named
from shuangbi_engine.numbers import NotANumber, parse_quantity
from shuangbi_engine.scheme import Measure

COLUMNS = (
    Column("round", "考核期", required=True, longest=20),
    Column("unit", "单位", required=True, longest=120, note=gettext_lazy("the competition's own unit for the target of the whole")),
    Column("measure", "指标", required=True, longest=60),
    Column("value", "任务", longest=40, note=gettext_lazy("with its unit where it has one: 1.2亿元, 300亩")),
    Column("projects", "项目名单", "names", note=gettext_lazy("instead of a number: numbers of the projects, with 、 between them")),
    Column("reason", "调整说明", longest=300, note=gettext_lazy("required where another target stands already")),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Set all targets or none."""
    file = frozen_scheme(context.competition) if context.competition else None
    if context.competition is None or file is None:
        raise Refused(_("Freeze a scheme first."))
    measures = parsed(file).measures
    by_title = {**{m.title: m for m in measures.values()}, **dict(measures)}
    units, codes = units_by_name(), _project_ids(rows, context)
    errors: list[RowError] = []
    targets = []
    for row in rows:
        try:
            targets.append(_target(row, units, by_title, codes))
        except Refused as refusal:
            errors.append(RowError(row.number, refusal.field, refusal.message))
    if errors:
        raise TableRefused(errors)
    try:
        set_targets(competition=context.competition, targets=targets, by=context.by, key=context.key)
    except RowsRefused as refusal:
        raise placed(refusal, rows, COLUMNS) from refusal
    return Loaded(len(rows))


def _target(row: Row, units: dict[str, Unit], measures: dict[str, Measure], codes: dict[str, str]) -> NewTarget:
    unit = units.get(row.text("unit"))
    if unit is None:
        raise Refused(_("There is no unit {name}.").format(name=row.text("unit")), field="单位")
    measure = measures.get(row.text("measure"))
    if measure is None:
        raise Refused(_("The scheme has no measure {name}.").format(name=row.text("measure")), field="指标")
    subjects = None
    if row["projects"]:
        unknown = [code for code in row["projects"] if code not in codes]
        if unknown:
            raise Refused(_("There is no project {name}.").format(name=unknown[0]), field="项目名单")
        subjects = tuple(codes[code] for code in row["projects"])
    value = None
    if row.text("value"):
        try:
            value = parse_quantity(row.text("value"), measure.unit)
        except NotANumber:
            raise Refused(_("{text} is no amount.").format(text=row.text("value")), field="任务") from None
    return NewTarget(
        unit=unit, measure=measure.name, round=row.text("round"), value=value, subjects=subjects,
        reason=row.text("reason"),
    )


def _project_ids(rows: Sequence[Row], context: Context) -> dict[str, str]:
    wanted = list({code for row in rows for code in row["projects"] or ()})
    return {line: str(id_) for line, id_ in projects_named(context.by, wanted).items()}


IMPORTER = Importer(
    name="targets", title=gettext_lazy("Targets"), roles=OFFICE, columns=COLUMNS, load=load,
    example=(("2020-09", "甲县", "亿元以上项目签约", "2", "", ""),), needs_competition=True,
)
