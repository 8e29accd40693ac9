"""Figures that only their owner holds, per unit and round."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.actions import set_figure
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.organisations.choices import OFFICE, Role
from shuangbi.organisations.queries import units_by_name
from shuangbi_engine.numbers import NotANumber, parse_number, parse_quantity

COLUMNS = (
    Column("round", "考核期", required=True, longest=20),
    Column("unit", "单位", required=True, longest=120),
    Column("figure", "数据项", required=True, longest=60),
    Column("value", "数值", required=True, longest=40),
    Column("reason", "来源", longest=300),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Give all figures or none."""
    assert context.competition is not None  # noqa: S101 - the importer says it needs one
    file = frozen_scheme(context.competition)
    if file is None:
        raise TableRefused([RowError(0, "", _("Freeze a scheme first."))])
    rules = parsed(file).figures
    by_title = {**{rule.title: rule for rule in rules.values()}, **dict(rules)}
    units, errors = units_by_name(), []
    try:
        with writing():
            for row in rows:
                rule = by_title.get(row.text("figure"))
                unit = units.get(row.text("unit"))
                try:
                    if unit is None:
                        raise Refused(_("There is no unit {name}.").format(name=row.text("unit")), field="单位")
                    if rule is None:
                        raise Refused(_("The scheme has no figure {name}.").format(name=row.text("figure")), field="数据项")
                    set_figure(
                        competition=context.competition, unit=unit, figure=rule.name, round_name=row.text("round"),
                        value=_value(row.text("value"), rule.unit), by=context.by, reason=row.text("reason"),
                        key=f"{context.key}:{row.number}" if context.key else "",
                    )
                except Refused as refusal:
                    errors.append(RowError(row.number, refusal.field, refusal.message))
            if errors:
                raise TableRefused(errors)
    except Refused as refusal:
        raise TableRefused([RowError(0, "", refusal.message)]) from refusal
    return Loaded(len(rows))


def _value(text: str, unit: str) -> str:
    try:
        return str(parse_number(text)) if unit == "number" else str(parse_quantity(text, unit))  # type: ignore[arg-type]
    except NotANumber:
        raise Refused(_("{text} is no number.").format(text=text), field="数值") from None


IMPORTER = Importer(
    name="figures", title=gettext_lazy("Owners' figures"), roles=OFFICE | {Role.INDICATOR_OWNER}, columns=COLUMNS,
    load=load, example=(("2020-09", "甲县", "固定资产投资增速", "8.5%", "统计局"),), needs_competition=True,
)
