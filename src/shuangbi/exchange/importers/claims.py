"""Claims: a state reached, money arrived, land reserved, a problem solved; papers are added on the claim's page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.claims.actions import NewClaim, report_claims
from shuangbi.claims.amounts import read_amount
from shuangbi.claims.choices import RULES, Kind
from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, labels, placed
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.organisations.choices import OFFICE, Role
from shuangbi.organisations.queries import units_by_name
from shuangbi.projects.models import BondBatch
from shuangbi.projects.queries import projects_visible_to

COLUMNS = (
    Column("unit", "申报单位", required=True, longest=120),
    Column("kind", "申报事项", "choice", required=True, choices=lambda: labels(Kind.choices)),
    Column("project", "项目编号", longest=40),
    Column("title", "事项名称", longest=200),
    Column("effective_on", "发生日期", "day", required=True),
    Column("amount", "数量", note=gettext_lazy("with its unit: 1200万元, 35亩"), longest=40),
    Column("due_on", "应办日期", "day"),
    Column("bond_batch", "债券批次", longest=60),
    Column("note", "说明", longest=500),
)


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Report all claims or none."""
    units, projects = units_by_name(), _projects(rows, context)
    batches = {
        (project, batch): id_ for id_, project, batch in
        BondBatch.objects.filter(project_id__in=projects.values()).values_list("id", "project_id", "batch")
    }
    errors, new = [], []
    for row in rows:
        try:
            new.append(_claim(row, units, projects, batches))
        except Refused as refusal:
            errors.append(RowError(row.number, refusal.field, refusal.message))
    if errors:
        raise TableRefused(errors)
    try:
        made = report_claims(rows=new, by=context.by, key=context.key)
    except RowsRefused as refusal:
        raise placed(refusal, rows, COLUMNS) from refusal
    return Loaded(len(made))


def _claim(row: Row, units: dict[str, Any], projects: dict[str, UUID], batches: dict[tuple[UUID, str], UUID]) -> NewClaim:
    unit = units.get(row.text("unit"))
    if unit is None:
        raise Refused(_("There is no unit {name}.").format(name=row.text("unit")), field="申报单位")
    project = projects.get(row.text("project"))
    if row.text("project") and project is None:
        raise Refused(_("There is no project {name}.").format(name=row.text("project")), field="项目编号")
    batch = None
    if row.text("bond_batch"):
        batch = batches.get((project, row.text("bond_batch"))) if project else None
        if batch is None:
            raise Refused(_("This project has no batch {name}.").format(name=row.text("bond_batch")), field="债券批次")
    kind = row.text("kind")
    amount = 0
    if row.text("amount"):
        try:
            amount = read_amount(row.text("amount"), RULES[kind].amount)
        except Refused as refusal:
            raise Refused(refusal.message, field="数量") from None
    return NewClaim(
        kind=kind, unit=unit.id, effective_on=row["effective_on"], project=project, title=row.text("title"),
        amount=amount, note=row.text("note"), due_on=row["due_on"], bond_batch=batch,
    )


def _projects(rows: Sequence[Row], context: Context) -> dict[str, UUID]:
    wanted = {row.text("project") for row in rows} - {""}
    found = projects_visible_to(context.by).filter(code__in=wanted)
    return dict(found.order_by().values_list("code", "id"))


IMPORTER = Importer(
    name="claims", title=gettext_lazy("Claims"), roles=OFFICE | {Role.REPORTER, Role.UNIT_LEAD}, columns=COLUMNS, load=load,
    example=(("甲县", "签约", "2020-0001", "", "2020-09-18", "", "", "", ""),),
)
