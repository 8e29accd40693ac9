"""Applying the same facts again gives the same tables."""

from datetime import date

import pytest
from django.db import models

from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions, facts
from shuangbi.projects import models as rows
from shuangbi.projects.actions import NewEvent
from tests.cast import Cast
from tests.projects.stories import CLAIM, YI, register

TABLES = (
    rows.EventProject, rows.Event, rows.Agreement, rows.FundingPlan, rows.BondBatch, rows.CreditShare,
    rows.MilestoneMove, rows.Milestone, rows.Assignment, rows.Tagging, rows.OutsideCode, rows.StageStep, rows.Project,
)


def contents() -> dict[type[models.Model], list[dict[str, object]]]:
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.mark.usefixtures("demo_day")
def test_replay_gives_the_same_tables(cast: Cast) -> None:
    reporter, lead, clerk = (access_of(person) for person in (cast.reporter, cast.unit_lead, cast.clerk))
    project = register(cast, tags=("livelihood",), national_code="2009-430200-04-01-123456")
    actions.change_project(project=project, changes={"name": "青禾装备城", "park": cast.park.id}, reason="更名", by=reporter)
    actions.change_project(project=project, changes={"park": None}, reason="更正", by=reporter)
    actions.put_on_list(project=project, kind="list", code="key", by=clerk)
    actions.take_off_list(project=project, kind="list", code="key", reason="调出", by=clerk)
    actions.set_credit(project=project, unit=cast.company, share=2500, contract="协议", by=lead)
    set_ = actions.set_milestone(project=project, title="封顶", planned_on=date(2020, 12, 1), by=reporter)
    milestone = rows.Milestone.objects.get(id=set_.uuid)
    actions.move_milestone(milestone=milestone, forecast_on=date(2020, 12, 9), reason="阴雨", by=reporter)
    actions.reach_milestone(milestone=milestone, on=date(2020, 10, 20), by=reporter)
    actions.stage_reached(project=project, stage="signed", on=date(2020, 9, 1), claim=CLAIM, by=None)
    actions.stage_withdrawn(project=project, stage="signed", claim=CLAIM, by=None)
    given = actions.assign_person(project=project, person=cast.leader, part="supervising_leader", by=lead)
    actions.release_person(assignment=rows.Assignment.objects.get(id=given.uuid), by=lead)
    actions.grant_bond_batch(project=project, batch="一", amount=YI, issued_on=date(2020, 5, 1), by=reporter)
    actions.plan_funding(project=project, year=2020, source="银行", amount=YI, by=reporter)
    actions.sign_agreement(project=project, reference="合同", signed_on=date(2020, 5, 1), by=reporter)
    new = NewEvent(kind="start", title="集中开工", held_on=date(2020, 9, 28), unit=cast.region.id, money="total_investment")
    event = actions.hold_event(new=new, projects=(project.id,), by=clerk)
    actions.remove_from_event(event=rows.Event.objects.get(id=event), project=project, reason="误列", by=clerk)

    before = contents()
    assert all(before.values())
    recorded = list(Fact.objects.filter(kind__startswith="projects.").order_by("seq"))
    assert {fact.kind for fact in recorded} == {getattr(facts, name).KIND for name in facts.__all__ if name != "apply"}
    for table in TABLES:
        table.objects.all().delete()
    for fact in recorded:
        facts.apply(fact)
    assert contents() == before
