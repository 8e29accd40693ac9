"""From an empty database to an issued bulletin, by pages alone: what an office does in its first month."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shuangbi import cli
from shuangbi.foundation import clock
from shuangbi.ledger.verify import verify
from shuangbi.standings.queries import standing_as_json
from shuangbi.upkeep import rebuild_check
from shuangbi_engine.numbers import decimal_text
from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHEME = Path(__file__).with_name("scheme.yaml")
LONG_AGO = "2000-01-01"

UNITS = [
    {"代码": "601", "名称": "新湖市东山县", "简称": "东山县", "类型": "县（市、区）", "上级代码": "600", "设立日期": LONG_AGO, "排序": 1},
    {"代码": "602", "名称": "新湖市西川区", "简称": "西川区", "类型": "县（市、区）", "上级代码": "600", "设立日期": LONG_AGO, "排序": 2},
]
PEOPLE = [
    {"登录名": "clerk", "姓名": "文书明", "单位": "新湖市"}, {"登录名": "lead", "姓名": "主任安", "单位": "新湖市"},
    {"登录名": "owner", "姓名": "归口清", "单位": "新湖市"}, {"登录名": "east", "姓名": "东报员", "单位": "东山县"},
    {"登录名": "west", "姓名": "西报员", "单位": "西川区"},
]
GRANTS = [
    ("文书明", "office_clerk", "新湖市"), ("主任安", "office_lead", "新湖市"),
    ("归口清", "indicator_owner", "新湖市"), ("东报员", "reporter", "东山县"), ("西报员", "reporter", "西川区"),
]
PROJECTS = [
    {"项目编号": "P1", "项目名称": "东山精密制造基地", "属地单位": "东山县", "投资方": "东山精密有限公司", "行业代码": "C35", "建设地点": "东山园一号", "总投资（万元）": 60000, "合同金额（万元）": 50000},
    {"项目编号": "P2", "项目名称": "湖畔冷链物流中心", "属地单位": "东山县", "投资方": "湖畔物流有限公司", "行业代码": "G59", "建设地点": "东山园二号", "总投资（万元）": 30000, "合同金额（万元）": 20000},
    {"项目编号": "P3", "项目名称": "西川新能源材料厂", "属地单位": "西川区", "投资方": "西川新材有限公司", "行业代码": "C26", "建设地点": "西川园一号", "总投资（万元）": 90000, "合同金额（万元）": 80000},
]
# Asked and recognised: of the county's two contracts one is refused.
TARGETS, RECOGNISED = {"东山县": 2, "西川区": 1}, {"东山县": 1, "西川区": 1}


def filled(template: bytes, rows: list[dict[str, Any]]) -> bytes:
    """The downloaded template with rows, by the words of its head."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, start=2):
        assert set(row) <= set(heads), set(row) - set(heads)
        for title, value in row.items():
            sheet.cell(number, heads.index(title) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_hand() -> dict[str, str]:
    """The scores as one would work them out on paper: done ÷ asked × 100, two decimals."""
    return {unit: decimal_text(Fraction(RECOGNISED[unit], asked) * 100, 2) for unit, asked in TARGETS.items()}


def test_the_first_month_of_an_office(
    visit: Callable[[], Visitor], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUANGBI_LANGUAGE", "zh")
    assert cli.main(["create-admin", "--region", "新湖市", "--region-en", "Xinhu City", "--code", "600"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
    once = {username: password for _role, username, password in lines}
    today = clock.today()

    passwords = ground(visit(), visit(), once)
    people = {name: visit().first_log_in(name, password) for name, password in passwords.items()}
    rules(people["clerk"], people["lead"], today)
    asked(people["clerk"], f"{today:%Y-%m}")
    claims = [report(people["east"], "P1", today), report(people["east"], "P2", today), report(people["west"], "P3", today)]
    decided(people["owner"], people["lead"], claims)
    published(people["lead"], f"{today:%Y-%m}")
    pdf = issued(people["clerk"], people["lead"], f"{today:%Y-%m}", today)

    assert pdf.startswith(b"%PDF-")
    told = standing_as_json(round_name=f"{today:%Y-%m}")
    (group,) = told["groups"]
    assert {row["unit"]: row["score"] for row in group["ranking"]} == by_hand() == {"东山县": "50.00", "西川区": "100.00"}
    assert [row["rank"] for row in group["ranking"]] == [1, 2]
    (city,) = told["city"]
    assert (city["target"], city["actual"]) == (3, 2)
    assert verify()["ok"]
    assert rebuild_check()["differences"] == []


def ground(system: Visitor, security: Visitor, once: dict[str, str]) -> dict[str, str]:
    """Units and people by the system administrator, roles by the security administrator; the one-time passwords."""
    system.first_log_in("system", once["system"])
    system.send_table("units", filled(system.template("units"), UNITS))
    system.send_table("people", filled(system.template("people"), PEOPLE))
    rows = system.page.locator("main table tbody tr").all()
    passwords = {row.locator("td").nth(1).inner_text(): row.locator("td").nth(2).inner_text() for row in rows}
    assert set(passwords) == {row["登录名"] for row in PEOPLE}
    security.first_log_in("security", once["security"])
    for name, role, unit in GRANTS:
        security.page.goto("/grants/new/")
        security.choose("person", name)
        security.page.locator("select[name=role]").select_option(role)
        security.choose("unit", unit)
        security.submit()
    return passwords


def rules(clerk: Visitor, lead: Visitor, today: date) -> None:
    """The competition, its scheme frozen by the second person, the year and the month."""
    clerk.send_table("projects", filled(clerk.template("projects"), PROJECTS))
    year = (date(today.year, 1, 1).isoformat(), date(today.year, 12, 31).isoformat())
    clerk.page.goto("/competitions/new/")
    clerk.fill(name="新湖项目竞赛", slug="xinhu", office="新湖市竞赛办", basis="新湖〔2020〕1号", starts_on=year[0], ends_on=year[1])
    clerk.choose("owner", "新湖市")
    clerk.submit()
    clerk.page.goto("/competitions/xinhu/schemes/upload/")
    clerk.send_file("file", SCHEME)
    clerk.press("检查并上传")
    scheme = clerk.page.url
    assert "由您上传" in clerk.text()
    lead.page.goto(scheme)
    lead.confirm("freeze")
    assert "已冻结" in lead.text()
    first = today.replace(day=1).isoformat()
    for name, kind, starts, ends, of_year in (
        (str(today.year), "year", *year, ""), (f"{today:%Y-%m}", "month", first, (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1), str(today.year)),
    ):
        clerk.page.goto("/competitions/xinhu/rounds/open/")
        clerk.fill(name=name, starts_on=str(starts), ends_on=str(ends), counts_from=year[0])
        clerk.page.locator("select[name=kind]").select_option(kind)
        clerk.page.locator("select[name=year]").select_option(of_year)
        clerk.submit()


def asked(clerk: Visitor, month: str) -> None:
    """Who takes part, and what is asked of them."""
    groups = [{"单位": unit, "组别": "counties"} for unit in TARGETS]
    clerk.send_table("participants", filled(clerk.template("participants"), groups), competition="新湖项目竞赛")
    rows = [{"考核期": month, "单位": unit, "指标": "亿元以上项目签约", "任务": count} for unit, count in TARGETS.items()]
    clerk.send_table("targets", filled(clerk.template("targets"), rows), competition="新湖项目竞赛")


def report(reporter: Visitor, project: str, today: date) -> str:
    """One claim entered; its page."""
    reporter.page.goto("/claims/new/?kind=signed")
    reporter.choose("project", f"({project})")
    reporter.fill(effective_on=today.isoformat())
    paper: Any = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"}
    reporter.page.set_input_files("[name=paper_contract]", files=[paper])
    reporter.submit()
    return reporter.page.url


def decided(owner: Visitor, lead: Visitor, claims: list[str]) -> None:
    """The owner of the indicator checks all three; the office recognises two and refuses one."""
    for claim in claims:
        decide(owner, claim, "check")
    for claim, decision in zip(claims, ("recognise", "refuse", "recognise"), strict=True):
        decide(lead, claim, decision, "仅为框架协议" if decision == "refuse" else "")


def decide(reviewer: Visitor, claim: str, decision: str, reason: str = "") -> None:
    reviewer.page.goto(claim)
    reviewer.page.locator(f"#decide input[name=decision][value={decision}]").check()
    if reason:
        reviewer.page.locator("#decide [name=reason]").fill(reason)
    with reviewer.page.expect_navigation():
        reviewer.page.locator("#decide button[type=submit]").click()


def published(lead: Visitor, month: str) -> None:
    """The scores are looked at and published."""
    lead.page.goto(f"/standing/xinhu/{month}/")
    for unit, score in by_hand().items():
        assert score in lead.page.locator(f"main tr:has-text('{unit}')").first.inner_text()
    lead.page.goto(f"/standings/xinhu/{month}/publish/")
    lead.submit()
    assert lead.page.url.endswith(f"/standing/xinhu/{month}/")


def issued(clerk: Visitor, lead: Visitor, month: str, today: date) -> bytes:
    """Drafted and signed by the clerk, issued by the lead; the PDF as it went out."""
    clerk.page.goto("/bulletins/new/")
    clerk.page.locator("input[name=kind][value=monthly]").check()
    clerk.page.locator("select[name=month]").select_option(month)
    clerk.fill(cutoff_on=today.isoformat(), dated_on=today.isoformat())
    clerk.submit()
    draft = clerk.page.url
    while (signs := clerk.page.locator("main button[value=sign]")).count():
        left = signs.count()
        signs.first.click()
        clerk.page.wait_for_function("count => document.querySelectorAll('main button[value=sign]').length < count", arg=left)
    lead.page.goto(draft)
    lead.confirm("issue")
    name = f"{lead.page.url.rstrip('/')}/internal/pdf/"
    first, second = lead.download(name), lead.download(name)
    assert first == second
    return first


def test_the_password_of_the_story_is_one_that_is_taken() -> None:
    from django.contrib.auth.password_validation import validate_password

    validate_password(PASSWORD)
