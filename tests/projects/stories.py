"""What tests of projects begin with: an invented project of the cast's first county, entered through the action."""

import dataclasses
from typing import Any
from uuid import UUID

from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Person
from shuangbi.projects import actions
from shuangbi.projects.actions import NewProject
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
