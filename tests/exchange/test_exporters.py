"""What goes out comes in again: exports stand in the importers' columns, hold what the person sees, and no password."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.exchange.command import export_file, import_file
from shuangbi.exchange.exporter import exact_text, exported, in_wan
from shuangbi.exchange.exporters import EXPORTERS
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import read_rows
from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Person
from shuangbi.projects.actions import grant_bond_batch, put_on_list
from shuangbi.projects.models import OutsideCode, Project, StageStep, Tagging
from tests.competitions.stories import YI, Race, project_of, report
from tests.exchange.sheets import load


def out(race: Race, kind: str, person: Person | None = None, suffix: str = ".xlsx") -> bytes:
    access = access_of(person or race.cast.clerk)
    return exported(EXPORTERS[kind], suffix=suffix, access=access, competition=race.competition)


def lines(race: Race, kind: str, person: Person | None = None) -> list[dict[str, str]]:
    text = out(race, kind, person, ".csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def city(race: Race) -> Project:
    """A project with everything that travels, another county's, targets and claims."""
    cast = race.cast
    project = project_of(
        cast, cast.county, "青禾一号", code="2020-0901", bringer=cast.company.id, park=cast.park.id, stage="talk",
        total_investment=3 * YI + 1, year_plan=120_000_000, national_code="2009-430200-04-01-123456", tags=("livelihood", "top500"),
        summary="一期\n二期", registered_on=date(2020, 9, 2),
    )
    put_on_list(project=project, kind="list", code="key", by=race.office)
    project_of(cast, cast.other_county, "云塘冷链", code="2020-0902", registered_on=date(2020, 9, 3))
    grant_bond_batch(project=project, batch="第二批", amount=YI, issued_on=date(2020, 5, 20), by=race.office)
    report(cast.reporter, cast.county, project)
    report(cast.reporter, cast.county, project, kind="funds_in_place", amount=120_000_001)
    report(cast.reporter, cast.county, project, kind="bond_drawn", amount=YI // 10, bond_batch=project.bond_batches.get().id)
    race.ask(cast.county, 3)
    race.ask(cast.region, 9)
    race.ask(cast.county, 120_000_001, measure="funds")
    race.ask(cast.county, None, measure="named", subjects=(str(project.id),))
    return project


@pytest.mark.parametrize("kind", list(EXPORTERS))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_importer_reads_every_cell(race: Race, kind: str, suffix: str) -> None:
    city(race)
    rows = read_rows(out(race, kind, race.cast.office_lead, suffix), f"t{suffix}", IMPORTERS[kind])
    assert len(rows) == {"units": 6, "people": 12, "projects": 2, "targets": 4, "claims": 3}[kind]


def test_projects_and_claims_come_back_as_they_were(race: Race) -> None:
    city(race)
    projects, claims = out(race, "projects"), out(race, "claims")
    for table in (Evidence, ReviewStep, Claim):
        table.objects.all().delete()
    Project.objects.get(code="2020-0901").bond_batches.all().delete()
    for table in (Tagging, OutsideCode, StageStep):
        table.objects.all().delete()
    Project.objects.all().delete()

    load("projects", projects, race.office)
    assert out(race, "projects", suffix=".csv") == _csv(race, projects, "projects")
    project = Project.objects.get(code="2020-0901")
    grant_bond_batch(project=project, batch="第二批", amount=YI, issued_on=date(2020, 5, 20), by=race.office)
    load("claims", claims, race.office)
    assert out(race, "claims", suffix=".csv") == _csv(race, claims, "claims")
    assert project.total_investment == 3 * YI + 1


def _csv(race: Race, content: bytes, kind: str) -> bytes:
    """An earlier export as csv."""
    from openpyxl import load_workbook

    from shuangbi.foundation.tabular import Head, csv_bytes

    table = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    rows = [[cell.date() if hasattr(cell, "date") else cell for cell in row] for row in table[1:]]
    return csv_bytes([Head(str(title)) for title in table[0]], rows)


def test_targets_of_now_change_nothing_when_they_come_back(race: Race) -> None:
    from shuangbi.ledger.models import Fact

    city(race)
    content, before = out(race, "targets"), Fact.objects.count()
    assert load("targets", content, race.office, race.competition).count == 4
    assert Fact.objects.count() == before
    assert [line["任务"] for line in lines(race, "targets")] == ["3", "9", "120.000001万元", ""]


def test_everyone_takes_away_what_they_see(race: Race) -> None:
    city(race)
    cast = race.cast
    assert [line["项目编号"] for line in lines(race, "projects", cast.reporter)] == ["2020-0901"]
    assert [line["项目编号"] for line in lines(race, "projects", cast.other_reporter)] == ["2020-0902"]
    assert lines(race, "claims", cast.other_reporter) == []
    assert lines(race, "people", cast.reporter) == []
    assert {line["登录名"] for line in lines(race, "people", cast.unit_lead)} == {"reporter", "unit.lead", "park"}
    assert [line["项目名单"] for line in lines(race, "targets", cast.other_reporter)] == ["", "", "", ""]
    for kind in ("units", "projects", "claims", "people"):
        assert lines(race, kind, cast.stranger) == []


def test_people_go_out_without_passwords(race: Race) -> None:
    text = out(race, "people", race.cast.system_admin, ".csv").decode("utf-8-sig")
    assert "登录名,姓名,单位,职务,英文姓名" in text
    assert "md5" not in text
    assert "$" not in text


@pytest.mark.parametrize(
    ("fen", "wan"), [(0, None), (1_000_000, 1), (52_000_000_000, 52000), (1, "0.000001"), (120_000_001, "120.000001")]
)
def test_money_goes_out_exactly(fen: int, wan: object) -> None:
    assert in_wan(fen) == wan


def test_amounts_go_out_exactly() -> None:
    assert [exact_text(120_000_001, "fen"), exact_text(200_001, "square_metres"), exact_text(7, "count")] == [
        "120.000001万元", "200001平方米", "7",
    ]


def test_the_command_exports_and_imports(race: Race, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city(race)
    file = tmp_path / "单位.csv"
    assert export_file(kind="units", path=file, by="clerk", competition=None) == 0
    file.write_bytes(file.read_bytes() + "\r\nx01,新河镇,新河镇,乡镇（街道）,qinghe,2000-01-01,1,\r\n".encode())
    assert import_file(kind="units", path=file, dry_run=False, by="clerk", competition=None) == 1
    told = capsys.readouterr().err
    assert "第 2 行，代码" in told
    assert (tmp_path / "单位-errors.xlsx").exists()

    file.write_text("代码,名称,类型,上级代码,设立日期\nx01,新河镇,town,qinghe,2000-01-01\n", encoding="utf-8")
    assert import_file(kind="units", path=file, dry_run=True, by="clerk", competition=None) == 0
    assert import_file(kind="units", path=file, dry_run=False, by="clerk", competition=None) == 0
    assert capsys.readouterr().out.splitlines() == ["可导入 1 行（试运行，未写入）。", "已导入 1 行。"]


def test_the_command_hands_out_one_time_passwords_only_when_it_loads(
    race: Race, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("登录名,姓名,单位\nxinhe01,新小河,青禾县\n", encoding="utf-8")
    import_file(kind="people", path=file, dry_run=True, by="system", competition=None)
    assert "xinhe01" not in capsys.readouterr().out
    import_file(kind="people", path=file, dry_run=False, by="system", competition=None)
    name, username, once = capsys.readouterr().out.splitlines()[0].split("\t")
    assert (name, username) == ("新小河", "xinhe01")
    assert Person.objects.get(username="xinhe01").check_password(once)


def test_what_the_command_refuses(race: Race, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "t.xlsx"
    assert export_file(kind="template:units", path=file, by=None, competition=None) == 0
    refused = [
        export_file(kind="stars", path=file, by="clerk", competition=None),
        export_file(kind="template:stars", path=file, by="clerk", competition=None),
        export_file(kind="units", path=file, by="nobody.known", competition=None),
        export_file(kind="units", path=tmp_path / "t.pdf", by="clerk", competition=None),
        export_file(kind="targets", path=tmp_path / "u.xlsx", by="clerk", competition="no-such"),
        import_file(kind="stars", path=file, dry_run=False, by="clerk", competition=None),
        import_file(kind="units", path=tmp_path / "absent.xlsx", dry_run=False, by="clerk", competition=None),
        import_file(kind="units", path=file, dry_run=False, by=None, competition=None),
        import_file(kind="units", path=file, dry_run=False, by="reporter", competition=None),
    ]
    assert refused == [1] * len(refused)
    assert len(capsys.readouterr().err.splitlines()) == len(refused)
    assert not (tmp_path / "u.xlsx").exists()
