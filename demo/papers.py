"""Sample papers behind the demo's claims: one page each, plainly marked as a specimen."""

import json
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from shuangbi.bulletins.writer import FONTS
from shuangbi.claims.actions import File, keep_evidence
from shuangbi.claims.choices import Kind, Paper
from shuangbi_engine.numbers import decimal_text

TITLES = {
    Kind.SIGNED: ("投资合同（首页）", Paper.CONTRACT), Kind.LANDED: ("国有建设用地使用权出让合同（首页）", Paper.LAND),
    Kind.STARTED: ("建筑工程施工许可证", Paper.BUILDING_CONTRACT), Kind.COMPLETED: ("竣工验收记录", Paper.ACCEPTANCE),
}
TEMPLATE = Path(__file__).with_name("paper.typ")


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    folders = [str(path) for path in (FONTS, *(p for p in Path(FONTS).iterdir() if p.is_dir()))]
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=folders, ignore_system_fonts=True)


def paper_of(claim: Any) -> File | None:
    """The specimen behind a claim, kept; None for kinds that come without one."""
    if claim.kind not in TITLES or claim.project is None:
        return None
    title, kind = TITLES[Kind(claim.kind)]
    project = claim.project
    day = f"{claim.effective_on.year}年{claim.effective_on.month}月{claim.effective_on.day}日"
    money = project.contract_amount if claim.kind == Kind.SIGNED else project.total_investment
    rows = [
        ["项目名称", project.name], ["项目编号", project.code], ["建设单位", project.investor_name], ["建设地点", project.site],
        ["合同金额" if claim.kind == Kind.SIGNED else "总投资", f"{decimal_text(Fraction(money, 10**6), 2)}万元"], ["日期", day],
    ]
    data = json.dumps({"title": title, "rows": rows, "unit": claim.unit.name, "day": day}, ensure_ascii=False)
    content = _compiler().compile(format="pdf", sys_inputs={"data": data})
    return keep_evidence(SimpleUploadedFile(f"{project.code}-{title}.pdf", content, "application/pdf"), kind)
