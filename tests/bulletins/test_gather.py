"""The figures of a bulletin, worked out by hand in stories.py; as known at the issue's seq and never moving by themselves."""

from datetime import date

from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.section import Difference, NamedProject, Problems, Source
from shuangbi.competitions import actions as competitions
from shuangbi.projects import actions as projects
from shuangbi.projects.models import Milestone
from tests.bulletins.stories import MONTHLY, YI, September, hold

P = 10_000


def rows(source: Source, indicator: str) -> list[tuple[object, ...]]:
    return [
        (row.unit, row.label, row.figures.span, row.figures.target, row.figures.actual, row.figures.rate)
        for row in source.units[indicator]
    ]


def test_a_weekly_bulletin_s_figures_are_those_of_the_hand_calculation(september: September) -> None:
    source = source_of(september.draft())

    # 快报数: A 2, B 2 of 1 and 3; added from 28 September to 11 October: A on 29 September and 5 October, B on the 30th.
    assert rows(source, "signed") == [("青禾县", "exceeded", 2, 1, 2, "200.0"), ("云塘区", "missed", 1, 3, 2, "66.7")]
    # B was not asked and stands last though it did one; A was asked and has none.
    assert rows(source, "started") == [("青禾县", "zero", 0, 1, 0, "0.0"), ("云塘区", "no_task", 0, None, 1, None)]
    assert rows(source, "funds") == [("云塘区", "met", YI, YI, YI, "100.0"), ("青禾县", "missed", 3 * YI // 2, 2 * YI, 3 * YI // 2, "75.0")]
    city = source.city[0]
    assert (city.span, city.target, city.actual, city.rate) == (3, 4, 4, "100.0")
    # 4 of 22 is 18.18%; 274 of 366 days are 74.86%: 56.7 points behind.
    assert (city.year_target, city.to_date, city.year_rate, city.ahead) == (22, 4, "18.2", "-56.7")
    assert (source.level, source.level_text, source.cutoff_on) == (1, "快报数", date(2020, 10, 11))
    assert source.ranking == ()
    assert source.differences == ()


def test_a_monthly_bulletin_takes_the_published_standing_s_figures(september: September) -> None:
    unit = september.cast.other_county
    competitions.set_adjustment(
        competition=september.competition, unit=unit, round_name="2020-09", kind="criticism", points=-5 * P,
        document="示例〔2020〕9号", by=september.clerk,
    )
    standing = september.publish()
    issue = september.draft(MONTHLY)
    source = source_of(issue)

    assert (issue.as_of_seq, issue.level) == (standing.as_of_seq, 2)
    assert rows(source, "signed") == [("青禾县", "exceeded", 2, 1, 2, "200.0"), ("云塘区", "missed", 1, 3, 1, "33.3")]
    # A: signed 2 of 1, capped at 120% of 60 = 72; started 0 of 40. B: 1 of 3 of 60 = 20, no starting task = 40, less 5.
    assert [(r.unit, r.rank, r.score, r.parts) for r in source.ranking] == [
        ("青禾县", 1, "72.00", (("过程考核", "0.00"), ("结果考核", "72.00"), ("加减分", "0.00"))),
        ("云塘区", 2, "55.00", (("过程考核", "40.00"), ("结果考核", "20.00"), ("加减分", "−5.00"))),
    ]
    # One of B's contracts is checked and not recognised.
    assert source.differences == (Difference("签约项目", "count", 4, 3, (("云塘区", 1),)),)


def test_problems_milestones_and_events_of_the_span(september: September) -> None:
    source = source_of(september.draft())

    assert source.problems == (Problems("青禾县", 2, 1),)
    assert source.ahead == (NamedProject("青禾智能装备园", "青禾县", "10月1日开工，较计划提前9天"),)
    # Working days after 25 September up to 11 October: 27 to 30 September, 9 and 10 October.
    assert source.behind == (NamedProject("云塘数据中心", "云塘区", "应于9月25日竣工，逾期6个工作日，原因：等待供电"),)
    (event,) = source.events
    assert (event.title, event.held_on, event.count, event.amount, event.qualifier) == (
        "第三季度集中签约", date(2020, 9, 30), 42, 316 * YI, "exact"
    )


def test_a_draft_s_figures_do_not_move_when_later_facts_come(september: September) -> None:
    issue = september.draft()
    before = source_of(issue)

    september.refuse("A1")
    late = Milestone.objects.get(project=september.projects["B1"])
    projects.reach_milestone(milestone=late, on=date(2020, 10, 2), by=september.clerk)
    hold(september.cast, september.cast.region, "补充签约", date(2020, 10, 8), amount=YI)
    competitions.set_targets(
        competition=september.competition, by=september.clerk,
        targets=[competitions.NewTarget(unit=september.cast.county, measure="signed", round="2020-09", value=9, reason="调整")],
    )

    assert source_of(issue) == before


def test_only_the_competition_s_own_tree_is_named(september: September) -> None:
    """A county's own competition never names another county's projects or events."""
    issue = september.draft()
    issue.competition.owner = september.cast.county
    source = source_of(issue)

    assert [project.unit for project in source.ahead] == ["青禾县"]
    assert source.behind == ()
    assert source.events == ()
