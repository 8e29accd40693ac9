"""Figures that only their owner holds, per unit and round."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.actions import NewFigure, set_figures
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, placed
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.organisations.choices import OFFICE, Role
from shuangbi.organisations.models import Unit
from shuangbi.organisations.queries import units_by_name
from shuangbi_engine.numbers import NotANumber, parse_number, parse_quantity
from shuangbi_engine.scheme import FigureRule

COLUMNS = (
    Column("round", "考核期", required=True, longest=20),
    Column("unit", "单位", required=True, longest=120),
    Column("figure", "数据项", required=True, longest=60),
    Column("value", "数值", required=True, longest=40),
    Column("reason", "来源", longest=300),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Give all figures or none."""
    file = frozen_scheme(context.competition) if context.competition else None
    if context.competition is None or file is None:
        raise Refused(_("Freeze a scheme first."))
    rules = parsed(file).figures
    by_title = {**{rule.title: rule for rule in rules.values()}, **dict(rules)}
    units, errors, new = units_by_name(), [], []
    for row in rows:
        try:
            new.append(_figure(row, units, by_title))
        except Refused as refusal:
            errors.append(RowError(row.number, refusal.field, refusal.message))
    if errors:
        raise TableRefused(errors)
    try:
        set_figures(competition=context.competition, figures=new, by=context.by, key=context.key)
    except RowsRefused as refusal:
        raise placed(refusal, rows, COLUMNS) from refusal
    return Loaded(len(rows))


def _figure(row: Row, units: dict[str, Unit], rules: dict[str, FigureRule]) -> NewFigure:
    unit, rule = units.get(row.text("unit")), rules.get(row.text("figure"))
    if unit is None:
        raise Refused(_("There is no unit {name}.").format(name=row.text("unit")), field="单位")
    if rule is None:
        raise Refused(_("The scheme has no figure {name}.").format(name=row.text("figure")), field="数据项")
    return NewFigure(unit, rule.name, row.text("round"), _value(row.text("value"), rule.unit), row.text("reason"))


def _value(text: str, unit: str) -> str:
    try:
        return str(parse_number(text)) if unit == "number" else str(parse_quantity(text, unit))  # type: ignore[arg-type]
    except NotANumber:
        raise Refused(_("{text} is no number.").format(text=text), field="数值") from None


IMPORTER = Importer(
    name="figures", title=gettext_lazy("Owners' figures"), roles=OFFICE | {Role.INDICATOR_OWNER}, columns=COLUMNS,
    load=load, example=(("2020-09", "甲县", "固定资产投资增速", "8.5%", "统计局"),), needs_competition=True,
)
