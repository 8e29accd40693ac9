"""Sums of events, stories, and what a duplicate check may tell."""

from datetime import date, datetime

import pytest
from django.utils import translation

from shuangbi.foundation import clock
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions, queries
from shuangbi.projects.actions import NewEvent
from shuangbi.projects.models import Assignment, Event, Milestone, Project
from tests.cast import Cast
from tests.projects.stories import CLAIM, YI, make_scene, new_project, register

pytestmark = pytest.mark.usefixtures("demo_day")


def three_projects(cast: Cast) -> list[Project]:
    """8亿, 20.0001亿 and 288亿 of attracted amount, with tags that overlap."""
    clerk = cast.clerk
    return [
        register(cast, by=clerk, tags=("advanced_manufacturing", "chain_supporting"), total_investment=12 * YI),
        register(
            cast, by=clerk, name="云上数据工厂", industry="I6510", attracted_amount=20 * YI + YI // 10_000,
            total_investment=40 * YI, tags=("top500",),
        ),
        register(
            cast, by=clerk, name="另一处冷链中心", unit=cast.other_county.id, attracted_amount=288 * YI, contract_amount=0,
            total_investment=300 * YI, tags=("advanced_manufacturing",), industry="",
        ),
    ]


def event_of(cast: Cast, projects: list[Project], **changes: object) -> Event:
    said = {
        "kind": "signing", "title": "集中签约", "held_on": date(2020, 9, 18), "unit": cast.region.id,
        "money": "attracted_amount", "announced_count": 3, "announced_amount": 316 * YI, **changes,
    }
    ids = [project.id for project in projects]
    return Event.objects.get(id=actions.hold_event(new=NewEvent(**said), projects=ids, by=access_of(cast.clerk)))


def test_totals_are_exact_and_no_money_is_mixed_with_another(cast: Cast) -> None:
    totals = queries.event_totals(event_of(cast, three_projects(cast)))
    assert totals.count == 3
    assert totals.moneys == {
        "total_investment": 352 * YI, "contract_amount": 20 * YI, "attracted_amount": 316 * YI + YI // 10_000,
        "year_plan": 9 * YI,
    }
    assert [(cut.code, cut.count, cut.amount) for cut in totals.by_tag] == [
        ("tag:advanced_manufacturing", 2, 296 * YI),
        ("tag:chain_supporting", 1, 8 * YI),
        ("tag:top500", 1, 20 * YI + YI // 10_000),
    ]
    assert totals.tagged == 4
    assert [(cut.code, cut.count, cut.amount) for cut in totals.by_industry] == [
        ("", 1, 288 * YI), ("C", 1, 8 * YI), ("I", 1, 20 * YI + YI // 10_000),
    ]
    assert [(cut.code, cut.count) for cut in totals.by_unit] == [("qinghe", 2), ("yuntang", 1)]


@pytest.mark.parametrize(("qualifier", "announced", "holds"), [
    ("exact", 316 * YI, True),        # 316.0001 at two decimals
    ("exact", 315 * YI, False),
    ("over", 316 * YI, True),
    ("over", 317 * YI, False),
    ("nearly", 317 * YI, True),
    ("nearly", 316 * YI, False),
    ("about", 300 * YI, None),
    ("exact", None, None),
])
def test_whether_the_announcement_holds(
    cast: Cast, qualifier: str, announced: int | None, holds: bool | None
) -> None:
    event = event_of(cast, three_projects(cast), qualifier=qualifier, announced_amount=announced)
    assert queries.announcement_holds(event, queries.event_totals(event)) is holds


def test_what_was_taken_off_is_not_summed(cast: Cast) -> None:
    projects = three_projects(cast)
    event = event_of(cast, projects)
    actions.remove_from_event(event=event, project=projects[2], reason="未到场", by=access_of(cast.clerk))
    totals = queries.event_totals(event)
    assert (totals.count, totals.moneys["attracted_amount"]) == (2, 28 * YI + YI // 10_000)
    [listed] = queries.listed_events(access_of(cast.clerk))
    assert (listed.listed_count, listed.listed_amount) == (2, 28 * YI + YI // 10_000)


def test_rows_of_an_event_only_as_far_as_one_sees(cast: Cast) -> None:
    event = event_of(cast, three_projects(cast))
    assert [row.position for row in queries.projects_of_event(event, access_of(cast.clerk))] == [1, 2, 3]
    assert [row.position for row in queries.projects_of_event(event, access_of(cast.reporter))] == [1, 2]
    assert list(queries.projects_of_event(event, access_of(cast.stranger))) == []
    assert list(queries.events_visible_to(access_of(cast.stranger))) == []


def test_who_sees_a_project(cast: Cast) -> None:
    project = register(cast, by=cast.clerk, bringer=cast.department.id)
    seers = ("clerk", "leader", "owner", "reporter", "unit_lead", "inspector", "reader")
    for who in seers:
        assert list(queries.projects_visible_to(access_of(getattr(cast, who)))) == [project]
    for who in ("other_reporter", "company_reporter", "park_reporter", "stranger", "system_admin"):
        assert list(queries.projects_visible_to(access_of(getattr(cast, who)))) == []
    lead = access_of(cast.unit_lead)
    actions.set_credit(project=project, unit=cast.company, share=100, contract="协议", by=lead)
    assert list(queries.projects_visible_to(access_of(cast.company_reporter))) == [project]
    actions.set_credit(project=project, unit=cast.company, share=0, contract="协议", by=lead)
    assert list(queries.projects_visible_to(access_of(cast.company_reporter))) == []


def test_a_foreign_repeat_tells_its_unit_and_no_more(cast: Cast) -> None:
    mine = register(cast, name="云塘轨道装备一期")
    foreign = register(
        cast, by=cast.clerk, unit=cast.other_county.id, name="云塘轨道装备一期工程", not_duplicate_because="异地"
    )
    likenesses = actions.find_duplicates(new_project(cast, name="云塘轨道装备一期"))
    repeats = queries.repeats_shown(likenesses, access_of(cast.reporter))
    assert {(repeat.unit.code, repeat.project) for repeat in repeats} == {("qinghe", mine), ("yuntang", None)}
    office = queries.repeats_shown(likenesses, access_of(cast.clerk))
    assert {repeat.project for repeat in office} == {mine, foreign}
    assert queries.repeats_shown([], access_of(cast.clerk)) == []


def test_lines_of_text_mean_projects_one_sees(cast: Cast) -> None:
    one, two, three = three_projects(cast)
    twin = register(cast, name=one.name, not_duplicate_because="二期")
    found = queries.projects_named(access_of(cast.reporter), [one.code, one.name, two.name, three.name, "没有"])
    assert found == {one.code: one.id, two.name: two.id}
    assert twin.id not in found.values()


def test_story_tells_everything_once_in_order(cast: Cast) -> None:
    scene = make_scene(cast)
    with clock.standing_at(datetime(2020, 10, 21, 9, 0, tzinfo=clock.SHANGHAI)), translation.override("en"):
        reporter = access_of(cast.reporter)
        project = Project.objects.get(id=scene.project.id)
        actions.change_project(
            project=project, changes={"total_investment": 15 * YI, "park": cast.park.id}, reason="追加投资", by=access_of(cast.clerk)
        )
        actions.stage_withdrawn(project=project, stage="signed", claim=CLAIM, by=None)
        story = queries.project_story(project, reporter)
        told = [(entry.when.isoformat(), str(entry.title), str(entry.text), entry.state, entry.by) for entry in story.entries]
    late = "entered on 2020-10-20"
    assert told == [
        ("2020-03-01", "Contract signed: 招商合同12号", late, "done", "苏禾"),
        ("2020-05-20", "Special bond issued: 2020年第二批", f"1亿元, to be spent by 2020-11-20 · {late}", "done", "苏禾"),
        ("2020-09-01", "Stage: Signed", f"by a recognised claim · {late}", "done", ""),
        ("2020-09-18", "Joint signing", "第三季度集中签约", "done", ""),
        ("2020-10-01", "主体封顶", "overdue by 10 working days", "overdue", ""),
        ("2020-10-20", "Registered", "XM2020-0001", "done", "苏禾"),
        ("2020-10-20", "Tagged Public welfare", "", "done", "苏禾"),
        ("2020-10-20", "National project code", "2009-430200-04-01-123456", "done", "苏禾"),
        ("2020-10-20", "Promised: 主体封顶", "by 2020-10-01", "done", "苏禾"),
        ("2020-10-20", "Supervising leader", "凌霄云", "done", "程知远"),
        ("2020-10-20", "Added to the list Key projects", "", "done", "程知远"),
        ("2020-10-20", "Share of City Construction Group: 25.00%", "合作协议", "done", "何青山"),
        ("2020-10-20", "Funding planned for 2020", "银行贷款 1亿元", "done", "苏禾"),
        (
            "2020-10-21", "Changed",
            "park: nothing → Qinghe Industrial Park · total investment: 12亿元 → 15亿元 · 追加投资", "done", "程知远",
        ),
        ("2020-10-21", "No longer at the stage: Signed", "the claim no longer stands", "stopped", ""),
    ]
    assert [row.light.state for row in story.milestones] == ["overdue"]
    assert ([row.code for row in story.lists], [row.code for row in story.tags]) == (["key"], ["livelihood"])


def test_story_of_moves_and_endings(cast: Cast) -> None:
    scene = make_scene(cast)
    reporter, lead, clerk = (access_of(person) for person in (cast.reporter, cast.unit_lead, cast.clerk))
    milestone = Milestone.objects.get(id=scene.milestone)
    project = scene.project
    with clock.standing_at(datetime(2020, 10, 21, 9, 0, tzinfo=clock.SHANGHAI)), translation.override("en"):
        actions.move_milestone(milestone=milestone, forecast_on=date(2020, 11, 1), reason="阴雨", by=reporter)
        waiting = queries.project_story(project, reporter)
        actions.move_milestone(
            milestone=milestone, forecast_on=date(2020, 12, 1), planned_on=date(2020, 12, 1), reason="设计变更", by=lead
        )
        actions.reach_milestone(milestone=milestone, on=date(2020, 10, 21), note="完工", by=reporter)
        actions.take_off_list(project=project, kind="list", code="key", reason="调出", by=clerk)
        actions.take_off_list(project=project, kind="tag", code="livelihood", reason="更正", by=reporter)
        actions.release_person(assignment=Assignment.objects.get(id=scene.assignment), by=lead)
        actions.assign_person(project=project, person=cast.reporter, part="service_officer", stage="signed", by=lead)
        actions.change_project(project=project, changes={"bringer": cast.department.id}, reason="更正", by=clerk)
        actions.move_stage(project=project, stage="ended", on=date(2020, 10, 21), reason="终止", by=reporter)
        told = [
            (str(entry.title), str(entry.text), entry.state)
            for entry in queries.project_story(project, reporter).entries if entry.when == date(2020, 10, 21)
        ]
    assert ("主体封顶", "overdue by 10 working days · expected on 2020-11-01") in [
        (entry.title, entry.text) for entry in waiting.entries
    ]
    assert told == [
        ("主体封顶 is now expected on 2020-11-01", "阴雨", "done"),
        ("New plan for 主体封顶: 2020-12-01", "设计变更", "done"),
        ("Milestone reached: 主体封顶", "完工", "done"),
        ("Taken from the list Key projects", "调出", "stopped"),
        ("Tag Public welfare removed", "更正", "stopped"),
        ("No longer: Supervising leader", "凌霄云", "stopped"),
        ("Service officer", "苏禾 (Signed)", "done"),
        ("Changed", "bringing unit: nothing → Industry Bureau · 更正", "done"),
        ("Stage: Ended", "终止", "done"),
    ]
