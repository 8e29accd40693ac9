"""A copy of the demo city for the pictures, with the few things done in it that its people have not done yet."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

OPENS_AT = datetime(2020, 10, 20, 9, 5)  # noqa: DTZ001 - given its zone below, once Django is up
WRONG_TABLE = "项目,种类,完成日期\n没有这个项目,签约,2020-09-31\n,开工,\n"


def copy_demo(source: Path, home: Path) -> None:
    """Copy the demo's home, so that nothing done for the pictures is done to the demo."""
    if home.exists():
        shutil.rmtree(home)
    (home / "data").mkdir(parents=True)
    for name in ("files", "keys"):
        shutil.copytree(source / name, home / name)
    for name in ("DEMO", "built.json"):
        shutil.copy(source / name, home / name)
    database = Path("data") / "shuangbi.sqlite3"
    with closing(sqlite3.connect(source / database)) as old, closing(sqlite3.connect(home / database)) as new:
        old.backup(new)


def best_project(among: Any) -> Any:
    """The project of a query with most to show."""
    from django.db.models import Count

    much = sum(Count(name, distinct=True) for name in ("milestones", "taggings", "claims", "bond_batches"))
    return among.annotate(much=much).order_by("-much", "id").first()


def furnish(input_folder: Path) -> None:
    """Open the clock at nine, and fill what would be empty: uploads, contracts, shares, codes, a returned claim."""
    from shuangbi.foundation import clock
    from shuangbi.organisations.access import access_of
    from shuangbi.organisations.models import Person

    clock.open_at(OPENS_AT.replace(tzinfo=clock.SHANGHAI))
    people = {person.username: access_of(person) for person in Person.objects.all()}
    _upload(people["clerk1"], "units", "单位.xlsx", (input_folder / "01-units.xlsx").read_bytes())
    for username in ("clerk1", "yundu-reporter"):
        _upload(people[username], "claims", "9月申报.csv", WRONG_TABLE.encode())
    _promise(people["yundu-lead"], people["yundu-reporter"].person)
    _return_one(people["yundu-lead"])


def _upload(by: Any, kind: str, name: str, content: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from shuangbi.competitions.models import Competition
    from shuangbi.exchange.actions import check_table
    from shuangbi.exchange.importers import IMPORTERS

    check_table(
        importer=IMPORTERS[kind], upload=SimpleUploadedFile(name, content), competition=Competition.objects.first(), by=by
    )


def _promise(lead: Any, officer: Any) -> None:
    from shuangbi.organisations.models import Unit
    from shuangbi.projects import actions
    from shuangbi.projects.models import Project

    project = best_project(Project.objects.filter(unit_id=lead.person.unit_id))
    other = Unit.objects.filter(kind="county").exclude(id=project.unit_id).order_by("position", "id").first()
    actions.assign_person(project=project, person=officer, part="service_officer", by=lead)
    actions.give_code(project=project, system="office", code="示例重点〔2020〕17号-3", by=lead, on=date(2020, 9, 1))
    actions.set_credit(project=project, unit=other, share=4000, contract="共建协议〔2020〕3号", by=lead)
    actions.plan_funding(project=project, year=2020, source="企业自筹", amount=320_000_000_00, by=lead)
    actions.sign_agreement(
        project=project, reference="投资合同〔2020〕12号", signed_on=date(2020, 9, 1), amount=260_000_000_00,
        investment=500_000_000_00, start_by=date(2020, 12, 31), completion_by=date(2021, 12, 31), by=lead,
    )


def _return_one(lead: Any) -> None:
    from shuangbi.claims.actions import return_claim
    from shuangbi.claims.models import Claim

    waiting = Claim.objects.filter(unit_id=lead.person.unit_id, state="reported", next_step="confirm").order_by("id")
    for claim in waiting[:1]:
        return_claim(claim=claim.id, by=lead, reason="合同缺最后一页，请补齐后再报。")
