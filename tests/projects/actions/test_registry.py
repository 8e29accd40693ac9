"""Registering projects, one and many, and changing them."""

from datetime import date, datetime

import pytest

from shuangbi.foundation.errors import Problem, Refused, RowsRefused
from shuangbi.ledger.actions import KeyReused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions, facts
from shuangbi.projects.models import OutsideCode, Project, Tagging
from tests.cast import Cast
from tests.projects.stories import FIRM, OTHER_FIRM, YI, new_project, register

pytestmark = pytest.mark.usefixtures("demo_day")


def problems_of(cast: Cast, **changes: object) -> list[tuple[str, str]]:
    with pytest.raises(RowsRefused) as refused:
        register(cast, **changes)
    assert Project.objects.count() == 0
    return [(problem.field, problem.message) for problem in refused.value.problems]


def test_registered_project_is_a_fact_and_a_row(cast: Cast) -> None:
    project = register(cast, code="", tags=("advanced_manufacturing",), national_code="2009-430200-04-01-123456")
    assert (project.code, project.stage, project.stage_on) == ("XM2020-0001", "lead", date(2020, 10, 20))
    assert (project.total_investment, project.contract_amount, project.attracted_amount, project.year_plan) == (
        12 * YI, 10 * YI, 8 * YI, 3 * YI,
    )
    assert project.sort_key == "qing he zhi neng zhuang bei chan ye yuan"
    kinds = list(Fact.objects.filter(subject=project.id).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["projects.registered", "projects.listed", "projects.code_given"]
    assert Tagging.objects.get().code == "advanced_manufacturing"
    assert OutsideCode.objects.get().code == "2009-430200-04-01-123456"
    said = facts.Registered.read(Fact.objects.get(kind="projects.registered"))
    assert (said.unit, said.bringer, said.total_investment) == (cast.county.id, None, 12 * YI)


def test_numbers_run_on_within_a_year(cast: Cast) -> None:
    register(cast, name="第一个示例园区", code="XM2020-0041")
    register(cast, name="另一处冷链中心", code="本地-7")
    assert register(cast, name="云上数据工厂").code == "XM2020-0042"


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": "x"}, "name"),
    ({"name": "长" * 121}, "name"),
    ({"name": "示例\u202e园区"}, "name"),
    ({"name": "示例\u200b园区"}, "name"),
    ({"investor_name": "示例\ufeff公司"}, "investor_name"),
    ({"investor_code": "91350100M000100Y44"}, "investor_code"),
    ({"industry": "39"}, "industry"),
    ({"region": "990000"}, "region"),
    ({"total_investment": -1}, "total_investment"),
    ({"contract_amount": 10**15 + 1}, "contract_amount"),
    ({"stage": "started"}, "stage"),
    ({"stage": "talk", "industry": ""}, "industry"),
    ({"registered_on": date(2020, 10, 21)}, "registered_on"),
    ({"registered_on": date(1066, 10, 14)}, "registered_on"),
    ({"national_code": "2011-430200-04-01-123456"}, "national_code"),
    ({"tags": ("a|b",)}, "tags"),
    ({"lists": ("key",)}, "lists"),
    ({"code": "a b"}, "code"),
])
def test_wrong_input_is_refused_by_field(cast: Cast, changes: dict[str, object], field: str) -> None:
    assert [name for name, _ in problems_of(cast, **changes)] == [field]


def test_hidden_characters_are_named(cast: Cast) -> None:
    [(_, message)] = problems_of(cast, name="示例\u202e\u200b园区")
    assert "U+202E, U+200B" in message


def test_unit_out_of_scope_is_refused(cast: Cast) -> None:
    assert [field for field, _ in problems_of(cast, unit=cast.other_county.id)] == ["unit"]


def test_park_must_be_a_park(cast: Cast) -> None:
    assert [field for field, _ in problems_of(cast, park=cast.department.id)] == ["park"]
    assert register(cast, park=cast.park.id).park_id == cast.park.id


@pytest.mark.parametrize("who", ["leader", "inspector", "reader", "stranger", "system_admin", "owner"])
def test_others_do_not_register(cast: Cast, who: str) -> None:
    with pytest.raises(RowsRefused):
        register(cast, by=getattr(cast, who))


def test_office_registers_on_lists(cast: Cast) -> None:
    project = register(cast, by=cast.clerk, lists=("key", "key"))
    assert list(Tagging.objects.values_list("project_id", "kind", "code")) == [(project.id, "list", "key")]


def test_second_click_does_nothing_twice(cast: Cast) -> None:
    first = register(cast, key="k")
    assert register(cast, key="k").id == first.id
    assert Project.objects.count() == 1
    with pytest.raises(KeyReused):
        register(cast, key="k", name="完全不同的名字")


def test_likely_repeat_needs_a_reason(cast: Cast) -> None:
    register(cast)
    with pytest.raises(RowsRefused) as refused:
        register(cast, name="青禾智能装备产业园项目", investor_code=OTHER_FIRM, site="别处")
    assert refused.value.field == "not_duplicate_because"
    again = register(
        cast, name="青禾智能装备产业园项目", investor_code=OTHER_FIRM, not_duplicate_because="二期，另一家公司"
    )
    said = facts.Registered.read(Fact.objects.get(subject=again.id, kind="projects.registered"))
    assert said.not_duplicate_because == "二期，另一家公司"


def test_many_are_entered_all_or_none_with_errors_by_row(cast: Cast) -> None:
    rows = [
        new_project(cast, name="第一个示例园区"),
        new_project(cast, name="示例\u200b园区", total_investment=-5),
        new_project(cast, name="第一个示例园区"),
        new_project(cast, name="另一处冷链中心", unit=cast.other_county.id),
    ]
    with pytest.raises(RowsRefused) as refused:
        actions.register_projects(rows=rows, by=access_of(cast.reporter), key="file")
    found = [(problem.row, problem.field) for problem in refused.value.problems]
    assert found == [(1, "name"), (1, "total_investment"), (2, "not_duplicate_because"), (3, "unit")]
    assert isinstance(refused.value.problems[0], Problem)
    assert Project.objects.count() == 0


def test_many_are_entered_in_order_once(cast: Cast) -> None:
    rows = [new_project(cast, name=name) for name in ("第一个示例园区", "另一处冷链中心", "云上数据工厂")]
    ids = actions.register_projects(rows=rows, by=access_of(cast.reporter), key="file")
    assert actions.register_projects(rows=rows, by=access_of(cast.reporter), key="file") == ids
    codes = [Project.objects.get(id=id_).code for id_ in ids]
    assert codes == ["XM2020-0001", "XM2020-0002", "XM2020-0003"]
    assert Project.objects.count() == 3


def test_a_taken_number_is_refused(cast: Cast) -> None:
    register(cast, code="甲-1")
    rows = [new_project(cast, name="云上数据工厂", code="甲-1"), new_project(cast, name="另一处冷链中心", code="甲-2")]
    with pytest.raises(RowsRefused) as refused:
        actions.register_projects(rows=rows, by=access_of(cast.reporter))
    assert [(p.row, p.field) for p in refused.value.problems] == [(0, "code")]


def test_change_names_what_it_replaces(cast: Cast) -> None:
    project = register(cast)
    by = access_of(cast.reporter)
    first = actions.change_project(
        project=project, changes={"total_investment": 15 * YI, "name": project.name}, reason="追加投资", by=by
    )
    second = actions.change_project(project=project, changes={"total_investment": 14 * YI}, reason="更正", by=by)
    registered = Fact.objects.get(kind="projects.registered")
    assert first
    assert second
    said = facts.AttributeChanged.read(first)
    assert (said.changes, said.replaces) == ({"total_investment": 15 * YI}, {"total_investment": registered.uuid})
    assert facts.AttributeChanged.read(second).replaces == {"total_investment": first.uuid}
    project.refresh_from_db()
    assert project.total_investment == 14 * YI


def test_change_of_nothing_writes_nothing(cast: Cast) -> None:
    project = register(cast)
    changed = actions.change_project(
        project=project, changes={"name": project.name, "bringer": None}, reason="", by=access_of(cast.reporter)
    )
    assert changed is None


def test_second_click_on_a_change(cast: Cast) -> None:
    project = register(cast)
    by = access_of(cast.reporter)
    actions.change_project(project=project, changes={"site": "二号地块"}, reason="更正", by=by, key="k")
    again = actions.change_project(project=project, changes={"site": "二号地块"}, reason="更正", by=by, key="k")
    assert again is None
    with pytest.raises(KeyReused):
        actions.change_project(project=project, changes={"site": "三号地块"}, reason="更正", by=by, key="k")


@pytest.mark.parametrize(("who", "changes", "reason", "field"), [
    ("reporter", {"site": "二号地块"}, "", "reason"),
    ("reporter", {"year_plan": -1}, "更正", "year_plan"),
    ("reporter", {"code": "X"}, "更正", ""),
    ("reporter", {"stage": "signed"}, "更正", ""),
    ("other_reporter", {"site": "二号地块"}, "更正", ""),
    ("leader", {"site": "二号地块"}, "更正", ""),
    ("unit_lead", {"bringer": "other_county"}, "更正", "bringer"),
])
def test_change_refused(cast: Cast, who: str, changes: dict[str, object], reason: str, field: str) -> None:
    project = register(cast)
    meant = {name: getattr(cast, str(value)).id if name == "bringer" else value for name, value in changes.items()}
    with pytest.raises(Refused) as refused:
        actions.change_project(project=project, changes=meant, reason=reason, by=access_of(getattr(cast, who)))
    assert refused.value.field == field
    assert Fact.objects.filter(kind="projects.attribute_changed").count() == 0


def test_office_moves_a_project_to_another_unit(cast: Cast) -> None:
    project = register(cast)
    actions.change_project(
        project=project, changes={"unit": cast.other_county.id, "bringer": cast.department.id}, reason="区划调整",
        by=access_of(cast.clerk),
    )
    project.refresh_from_db()
    assert (project.unit_id, project.bringer_id) == (cast.other_county.id, cast.department.id)


def test_what_the_stage_demands_is_not_emptied(cast: Cast) -> None:
    project = register(cast, stage="talk")
    with pytest.raises(Refused) as refused:
        actions.change_project(project=project, changes={"industry": ""}, reason="x", by=access_of(cast.reporter))
    assert refused.value.field == "industry"


def test_change_made_meanwhile_is_not_overwritten(cast: Cast, demo_day: datetime) -> None:
    project = register(cast)
    seen = Fact.objects.order_by("-seq").first().seq
    by = access_of(cast.reporter)
    actions.change_project(project=project, changes={"site": "二号地块"}, reason="更正", by=by, seen=seen)
    actions.change_project(project=project, changes={"investor_code": ""}, reason="更正", by=by, seen=seen)
    with pytest.raises(Refused) as refused:
        actions.change_project(project=project, changes={"site": "三号地块"}, reason="更正", by=by, seen=seen)
    assert refused.value.field == "site"
    project.refresh_from_db()
    assert (project.site, project.investor_code, FIRM) == ("二号地块", "", FIRM)


def test_nobody_enters_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.register_project(new=new_project(cast), by=access_of(None))


def test_unknown_unit_and_a_number_that_is_no_number(cast: Cast) -> None:
    nowhere = cast.leader.id
    assert [field for field, _ in problems_of(cast, bringer=nowhere)] == ["bringer"]
    register(cast, name="云上数据工厂", code="XM2020-abc")
    assert register(cast).code == "XM2020-0001"
