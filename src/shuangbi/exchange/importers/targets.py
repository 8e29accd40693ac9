"""Targets: a number, or named projects, per unit, measure and round."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.actions import NewTarget, set_targets
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.choices import OFFICE
from shuangbi.organisations.queries import units_by_name
from shuangbi.projects.models import Project
from shuangbi_engine.numbers import NotANumber, parse_quantity
from shuangbi_engine.scheme import Measure

COLUMNS = (
    Column("round", "考核期", required=True, longest=20),
    Column("unit", "单位", required=True, longest=120),
    Column("measure", "指标", required=True, longest=60),
    Column("value", "任务", longest=40),
    Column("projects", "项目名单", "names"),
    Column("reason", "调整说明", longest=300),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Set all targets or none."""
    assert context.competition is not None  # noqa: S101 - the importer says it needs one
    file = frozen_scheme(context.competition)
    if file is None:
        raise TableRefused([RowError(0, "", _("Freeze a scheme first."))])
    measures = parsed(file).measures
    by_title = {**{m.title: m for m in measures.values()}, **dict(measures)}
    units, codes = units_by_name(), _project_ids(rows)
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
    except Refused as refusal:
        raise TableRefused([RowError(0, "", refusal.message)]) from refusal
    return Loaded(len(rows))


def _target(row: Row, units: dict, measures: dict[str, Measure], codes: dict[str, str]) -> NewTarget:  # type: ignore[type-arg]
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
    if (value is None) == (subjects is None):
        raise Refused(_("Give either a number or named projects."), field="任务")
    return NewTarget(
        unit=unit, measure=measure.name, round=row.text("round"), value=value, subjects=subjects,
        reason=row.text("reason"),
    )


def _project_ids(rows: Sequence[Row]) -> dict[str, str]:
    wanted = {code for row in rows for code in row["projects"] or ()}
    return {code: str(id_) for code, id_ in Project.objects.filter(code__in=wanted).values_list("code", "id")}


IMPORTER = Importer(
    name="targets", title=gettext_lazy("Targets"), roles=OFFICE, columns=COLUMNS, load=load,
    example=(("2020-09", "甲县", "亿元以上项目签约", "2", "", ""),), needs_competition=True,
)
