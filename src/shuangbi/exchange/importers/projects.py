"""Projects with their moneys, lists and tags."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.exchange.importer import Context, Importer, Loaded
from shuangbi.exchange.table import Column, Row, RowError, TableRefused, labels, placed
from shuangbi.foundation.errors import RowsRefused
from shuangbi.organisations.choices import OFFICE, Role
from shuangbi.organisations.queries import units_by_name
from shuangbi.projects.actions import NewProject, register_projects
from shuangbi.projects.choices import MARKER_NAMES, Stage


def _markers() -> dict[str, str]:
    return labels(list(MARKER_NAMES.items()))


COLUMNS = (
    Column("code", "项目编号", longest=40),
    Column("name", "项目名称", required=True, longest=120),
    Column("unit", "属地单位", required=True, longest=120),
    Column("bringer", "引进单位", longest=120),
    Column("investor_name", "投资方", longest=120),
    Column("investor_code", "统一社会信用代码", longest=18),
    Column("industry", "行业代码", longest=8),
    Column("park", "园区", longest=120),
    Column("site", "建设地点", longest=200),
    Column("total_investment", "总投资", "money", unit="万元"),
    Column("contract_amount", "合同金额", "money", unit="万元"),
    Column("attracted_amount", "合同引资额", "money", unit="万元"),
    Column("year_plan", "年度计划投资", "money", unit="万元"),
    Column("lists", "名单", "names", choices=_markers),
    Column("tags", "标签", "names", choices=_markers),
    Column("stage", "阶段", "choice", choices=lambda: labels(Stage.choices)),
    Column("registered_on", "登记日期", "day"),
    Column("national_code", "国家统一编码", longest=40),
    Column("summary", "建设内容", longest=1000),
    Column("name_en", "英文名称", longest=200),
    Column("not_duplicate_because", "非重复说明", longest=300),
)
TEXTS = (
    "code", "name", "investor_name", "investor_code", "industry", "site", "national_code", "summary", "name_en",
    "not_duplicate_because",
)
MONEYS = ("total_investment", "contract_amount", "attracted_amount", "year_plan")


def load(rows: Sequence[Row], context: Context) -> Loaded:
    """Register all projects or none."""
    units, errors, new = units_by_name(), [], []
    for row in rows:
        for key, title in (("unit", "属地单位"), ("bringer", "引进单位"), ("park", "园区")):
            if row.text(key) and row.text(key) not in units:
                errors.append(RowError(row.number, title, _("There is no unit {name}.").format(name=row.text(key))))
    if errors:
        raise TableRefused(errors)
    for row in rows:
        values: dict[str, Any] = {key: row.text(key) for key in TEXTS}
        values |= {key: row[key] or 0 for key in MONEYS}
        values |= {key: units[row.text(key)].id for key in ("unit", "bringer", "park") if row.text(key)}
        values |= {"lists": row["lists"] or (), "tags": row["tags"] or ()}
        values |= {"stage": row.text("stage") or "lead", "registered_on": row["registered_on"]}
        new.append(NewProject(**values))
    try:
        made = register_projects(rows=new, by=context.by, key=context.key)
    except RowsRefused as refusal:
        raise placed(refusal, rows, COLUMNS) from refusal
    return Loaded(len(made))


IMPORTER = Importer(
    name="projects", title=gettext_lazy("Projects"), roles=OFFICE | {Role.REPORTER, Role.UNIT_LEAD}, columns=COLUMNS,
    load=load,
    example=(("", "示例精密制造项目", "甲县", "", "示例制造有限公司", "", "C35", "", "甲县产业园", "52000", "52000", "50000", "20000",
              "重点项目", "", "", "2020-09-01", "", "", "", ""),),
)
