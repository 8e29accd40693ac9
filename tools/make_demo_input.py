"""Writes demo/input/: `python -m tools.make_demo_input`. Seeded; the same files every time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from tools.demo_city import asked, cohorts, people, words
from tools.demo_city.story import CEREMONY, CEREMONY_ON, FAIR, FAIR_ON, STARTS, STARTS_ON, City, Claim

INPUT = Path(__file__).resolve().parents[1] / "demo" / "input"
# The last day on which a report came in with each file.
WEEKS = (
    date(2020, 9, 6), date(2020, 9, 13), date(2020, 9, 20), date(2020, 9, 27), date(2020, 10, 11), date(2020, 10, 18),
)
KIND_OF_UNIT = {"county": "县（市、区）", "department": "市直部门", "company": "市属国有企业", "park": "园区"}
KIND_NAMES = {
    "signed": "签约", "landed": "落地", "started": "开工", "completed": "竣工", "in_production": "投产",
    "funds_in_place": "到位资金", "bond_drawn": "专项债支出", "land_reserved": "储备土地", "problem_solved": "问题办结",
}


def write(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One sheet, the same bytes for the same rows."""
    book = xlsxwriter.Workbook(str(INPUT / f"{name}.xlsx"))
    book.set_properties({"created": datetime(2020, 9, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("数据")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for at, title in enumerate(head):
        sheet.write_string(0, at, title, bold)
        sheet.set_column(at, at, max(10, len(title) * 2 + 2))
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                sheet.write_datetime(number, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, int):
                sheet.write_number(number, at, value)
            else:
                sheet.write_string(number, at, str(value))
    sheet.freeze_panes(1, 0)
    book.close()


def units() -> None:
    rows: list[Sequence[object]] = [(c, f"示例市{n}", n, KIND_OF_UNIT["county"], "990100", date(2000, 1, 1), 10 + i, e) for i, (c, n, e) in enumerate(words.COUNTIES)]
    rows += [(c, f"示例市{n}", s, KIND_OF_UNIT["department"], "990100", date(2000, 1, 1), 40 + i, e) for i, (c, n, s, e) in enumerate(words.DEPARTMENTS)]
    rows += [(c, n, s, KIND_OF_UNIT["company"], "990100", date(2005, 1, 1), 60 + i, e) for i, (c, n, s, e) in enumerate(words.COMPANIES)]
    rows += [(c, f"示例市{n}", n, KIND_OF_UNIT["park"], p, date(2008, 1, 1), 80 + i, e) for i, (c, n, p, e) in enumerate(words.PARKS)]
    write("01-units", ("代码", "名称", "简称", "类型", "上级代码", "设立日期", "排序", "英文名称"), rows)


def projects(city: City) -> None:
    head = (
        "项目编号", "项目名称", "属地单位", "引进单位", "投资方", "统一社会信用代码", "行业代码", "园区", "建设地点", "总投资（万元）",
        "合同金额（万元）", "合同引资额（万元）", "年度计划投资（万元）", "名单", "标签", "登记日期", "建设内容", "英文名称",
    )
    rows = {"opening": [p for p in city.projects if p.registered < date(2020, 9, 2)]}
    last = date(2020, 9, 1)
    for week in WEEKS[:4]:
        rows[week.isoformat()] = [p for p in city.projects if last < p.registered <= week]
        last = week
    for name, group in rows.items():
        write(f"03-projects-{name}", head, [
            (
                p.code, p.name, p.unit, p.bringer, p.investor, p.investor_code, p.industry, p.park, p.site, p.total,
                p.contract, p.attracted, p.plan, "、".join(p.lists), "、".join(p.tags), p.registered, p.summary, p.name_en,
            )
            for p in sorted(group, key=lambda p: (p.registered, p.code))
        ])


def claim_files(city: City) -> None:
    """The opening load and a file for each week; and how each review ended."""
    head = ("申报单位", "申报事项", "项目编号", "事项名称", "发生日期", "数量", "应办日期", "债券批次", "说明")
    ordered = sorted(city.claims, key=lambda c: (c.reported, c.project, c.title, c.kind, c.on))
    opening = [c for c in ordered if c.reported <= date(2020, 9, 3)]
    files = {"opening": opening}
    last = date(2020, 9, 3)
    for week in WEEKS:
        files[week.isoformat()] = [c for c in ordered if last < c.reported <= week]
        last = week
    assert sum(map(len, files.values())) == len(ordered)
    for name, claims in files.items():
        write(f"06-claims-{name}", head, [
            (c.unit, KIND_NAMES[c.kind], c.project, c.title, c.on, c.amount, c.due, c.batch, "") for c in claims
        ])
    write("07-reviews", ("申报单位", "申报事项", "项目编号", "事项名称", "发生日期", "审核日期", "审核结论", "认定日期", "理由"), [
        row for name, claims in files.items() for c in claims if (row := _review(c, name))
    ])


def _review(claim: Claim, file: str) -> Sequence[object] | None:
    """When the papers were checked and when the office recognised: September's claims after the field check."""
    if claim.ends == "reported":
        return None
    if file == "opening":
        checked, recognised = date(2020, 9, 4), date(2020, 9, 7)
    else:
        week = date.fromisoformat(file)
        checked = week if week != date(2020, 10, 18) else date(2020, 10, 19)
        recognised = date(2020, 10, 13) + timedelta(days=len(claim.project + claim.title) % 3)
    verdict = "退回" if claim.ends == "returned" else "不予认定" if claim.ends == "refused" else "审核通过"
    return (
        claim.unit, KIND_NAMES[claim.kind], claim.project, claim.title, claim.on, checked, verdict,
        recognised if claim.ends == "recognised" else None, claim.reason,
    )


def events(city: City) -> None:
    rows = (
        (STARTS, "集中开竣工", STARTS_ON, "晨溪高新区", 113, "6514600", "恰为", "总投资", "Fourth joint start and completion"),
        (CEREMONY, "集中签约", CEREMONY_ON, "示例市会展中心", 42, "3160000", "恰为", "合同引资额", "Third-quarter joint signing"),
        (FAIR, "集中签约", FAIR_ON, "竹隐县", 36, "1200000", "超过", "合同金额", "Signings at the ceramics fair"),
    )
    write("08-events", ("活动", "类型", "日期", "地点", "公布项目数", "公布金额（万元）", "表述", "金额口径", "英文名称"), rows)
    write("09-event-projects", ("活动", "项目编号"), [
        (event, p.code) for event in (STARTS, CEREMONY, FAIR) for p in city.projects if event in p.events
    ])


def milestones(city: City) -> None:
    """Plans of the key projects: planned, what is expected now, and when it came true."""
    days = {(c.project, c.kind): c.on for c in city.claims if c.ends == "recognised"}
    rows = []
    for at, p in enumerate(q for q in city.projects if "key" in q.lists):
        for kind, title, after in (("started", "开工", 0), ("completed", "竣工", 400), ("in_production", "投产", 460)):
            actual = days.get((p.code, kind))
            if actual:
                planned = actual + timedelta(days=(at * 7) % 25 - 14)
                forecast = planned
            elif kind == "started" or at % 3 == 0:
                planned = date(2020, 8, 20) + timedelta(days=(at * 11) % 120 + after // 3)
                forecast = planned + timedelta(days=12 if at % 5 == 0 else 0)
            else:
                continue
            rows.append((p.code, title, kind, planned, forecast if forecast != planned else None, actual))
    write("10-milestones", ("项目编号", "节点", "阶段", "计划日期", "预计日期", "完成日期"), rows)


def main() -> None:
    """Tell the story and write every file."""
    INPUT.mkdir(parents=True, exist_ok=True)
    city = City()
    cohorts.signed(city)
    cohorts.started_and_completed(city)
    cohorts.background(city)
    asked.companies(city)
    bonds = asked.bonds(city)
    targets = asked.land_and_problems(city) | asked.main_targets(city) | asked.other_targets()
    figures = asked.figures(bonds, city)
    units()
    people.write_people(write)
    projects(city)
    groups = [(n, "counties") for _, n, _ in words.COUNTIES]
    groups += [(s, "departments") for _, _, s, _ in words.DEPARTMENTS] + [(s, "companies") for _, _, s, _ in words.COMPANIES]
    write("04-participants", ("单位", "组别"), groups)
    write("05-targets", ("考核期", "单位", "指标", "任务", "项目名单", "调整说明"), [
        (round_, unit, measure, value, "", "") for (round_, unit, measure), value in targets.items()
    ])
    claim_files(city)
    events(city)
    milestones(city)
    write("11-bonds", ("项目编号", "批次", "额度（万元）", "发行日期"), [(b.project, b.batch, b.amount, b.issued) for b in bonds])
    write("12-figures", ("考核期", "单位", "数据项", "数值", "来源"), [
        (round_, unit, figure, value, "") for (round_, unit, figure), value in figures.items()
    ])
    print(f"{len(city.projects)} projects, {len(city.claims)} claims")


if __name__ == "__main__":
    main()
