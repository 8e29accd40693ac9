"""What tests of projects begin with: an invented project of the cast's first county, entered through the action."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Person
from shuangbi.projects import actions
from shuangbi.projects.actions import NewEvent, NewProject
from shuangbi.projects.models import Project
from tests.cast import Cast

FIRM = "91999900MA4L00010K"
OTHER_FIRM = "91999900MA4L00020L"
CLAIM = UUID("00000000-0000-4000-8000-0000000000c1")
OTHER_CLAIM = UUID("00000000-0000-4000-8000-0000000000c2")
YI = 10**10


def new_project(cast: Cast, **changes: Any) -> NewProject:
    """A project that lacks nothing up to production."""
    new = NewProject(
        name="青禾智能装备产业园", unit=cast.county.id, name_en="Qinghe Smart Equipment Park",
        investor_name="示例装备有限公司", investor_code=FIRM, industry="C34", site="青禾工业园一号地块",
        total_investment=12 * YI, contract_amount=10 * YI, attracted_amount=8 * YI, year_plan=3 * YI,
    )
    return dataclasses.replace(new, **changes)


def register(cast: Cast, by: Person | None = None, key: str = "", **changes: Any) -> Project:
    """Enter a project (by the county's reporter unless told otherwise)."""
    id_ = actions.register_project(new=new_project(cast, **changes), by=access_of(by or cast.reporter), key=key)
    return Project.objects.get(id=id_)


@dataclass(frozen=True)
class Scene:
    """The county's project and what hangs on it."""

    project: Project
    milestone: UUID
    assignment: UUID
    tagging: UUID
    event: UUID


def make_scene(cast: Cast) -> Scene:
    """A project with everything on it, for every page."""
    reporter, lead, clerk = (access_of(person) for person in (cast.reporter, cast.unit_lead, cast.clerk))
    project = register(cast, tags=("livelihood",), national_code="2009-430200-04-01-123456")
    planned = date(2020, 10, 1)
    milestone = actions.set_milestone(project=project, title="主体封顶", planned_on=planned, by=reporter).uuid
    given = actions.assign_person(project=project, person=cast.leader, part="supervising_leader", by=clerk)
    tagging = actions.put_on_list(project=project, kind="list", code="key", by=clerk).uuid
    actions.set_credit(project=project, unit=cast.company, share=2500, contract="合作协议", by=lead)
    actions.stage_reached(project=project, stage="signed", on=date(2020, 9, 1), claim=CLAIM, by=None)
    actions.grant_bond_batch(project=project, batch="2020年第二批", amount=YI, issued_on=date(2020, 5, 20), by=reporter)
    actions.sign_agreement(project=project, reference="招商合同12号", signed_on=date(2020, 3, 1), by=reporter)
    actions.plan_funding(project=project, year=2020, source="银行贷款", amount=YI, by=reporter)
    event = actions.hold_event(
        new=NewEvent(
            kind="signing", title="第三季度集中签约", held_on=date(2020, 9, 18), unit=cast.region.id,
            money="attracted_amount", announced_count=1, announced_amount=8 * YI,
        ),
        projects=(project.id,), by=clerk,
    )
    return Scene(project, milestone, given.uuid, tagging, event)
