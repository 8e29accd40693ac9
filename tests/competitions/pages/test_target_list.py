"""Targets of a round: sums, what does not add up, named projects, and the log of revisions."""

import re

from shuangbi.competitions import actions, asked
from shuangbi.competitions.actions import NewRound, NewTarget
from shuangbi.competitions.queries import frozen_scheme, parsed, rounds_of
from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Person
from tests.cast import Cast
from tests.competitions.pages.scope import address, holds_scope, in_english, shown
from tests.competitions.stories import YI, Race, open_race, project_of

PAGE = "target-list"


def of(race: Race, person: Person, name: str = "2020-09") -> asked.TargetPage:
    file = frozen_scheme(race.competition)
    assert file is not None
    return asked.target_page(race.competition, parsed(file), name, rounds_of(race.competition), access_of(person))


def splits(race: Race, name: str = "2020-09") -> list[tuple[str, str, str, str]]:
    found = of(race, race.cast.clerk, name).splits
    return [(one.unit.short_name if one.unit else "", one.what, one.parts, one.whole) for one in found]


def test_targets_with_their_sums_and_the_whole(race: Race) -> None:
    cast = race.cast
    race.ask(cast.county, 3)
    race.ask(cast.other_county, 4)
    race.ask(cast.county, 12 * YI // 10, measure="funds")
    race.ask(cast.region, 7)

    table = of(race, cast.clerk).table

    assert table.heads == ["签约", "到位资金"]
    assert [(unit.short_name, cells) for _title, rows in table.groups for unit, cells in rows] == [
        ("青禾县", ["3", "1.2亿元"]), ("云塘区", ["4", ""]), ("城建集团", ["", ""]),
    ]
    assert (table.sums, table.whole) == (["7", "1.2亿元"], ["7", ""])
    text = shown(cast.client_of(cast.reporter), address(PAGE) + "?round=2020-09")
    assert "1.2亿元" in text
    assert "不符" not in text
    assert address("target-set") not in text
    assert address("target-set") in shown(cast.client_of(cast.clerk), address(PAGE))


def test_parts_that_do_not_sum_to_the_whole_are_named(race: Race) -> None:
    race.ask(race.cast.county, 3)
    race.ask(race.cast.other_county, 4)
    race.ask(race.cast.region, 10)

    assert splits(race) == [("", "县市区", "7", "10")]
    assert "各单位合计 7" in shown(race.cast.client_of(race.cast.clerk), address(PAGE) + "?round=2020-09")
    race.ask(race.cast.region, 7, reason="订正")
    assert splits(race) == []


def test_months_are_held_against_the_year(race: Race) -> None:
    county = race.cast.county
    race.ask(county, 10, round_name="2020")
    race.ask(county, 4, round_name="2020-09")
    race.ask(county, 5, round_name="2020-10")
    # Two months of twelve may well stay below the year.
    assert splits(race) == splits(race, "2020") == []

    race.ask(county, 7, round_name="2020-10", reason="调增")
    assert splits(race) == splits(race, "2020") == [("青禾县", "2020", "11", "10")]
    race.ask(county, 6, round_name="2020-10", reason="调减")
    assert splits(race) == []


def test_months_that_cover_the_year_must_sum_to_it(race: Race) -> None:
    from datetime import date

    county = race.cast.county
    race.ask(county, 10, round_name="2020")
    race.ask(county, 4, round_name="2020-09")
    race.ask(county, 5, round_name="2020-10")
    for name, first, last in (("2020-01", date(2020, 1, 1), date(2020, 8, 31)), ("2020-11", date(2020, 11, 1), date(2020, 12, 31))):
        actions.open_round(
            competition=race.competition, by=race.office, new=NewRound(name, "month", first, last, date(2020, 1, 1), "2020")
        )
    # Only when every month has its target is the year asked for whole.
    assert splits(race) == []
    race.ask(county, 0, round_name="2020-01")
    race.ask(county, 0, round_name="2020-11")
    assert splits(race) == [("青禾县", "2020", "9", "10")]


def test_named_projects_are_shown_by_name_to_whoever_may_open_them(race: Race) -> None:
    cast = race.cast
    own, other = project_of(cast, cast.county, "青禾一号"), project_of(cast, cast.other_county, "云塘冷链")
    third = project_of(cast, cast.county, "湖光三号厂")

    def name(*projects: object, reason: str = "") -> None:
        subjects = tuple(str(project.id) for project in projects)  # type: ignore[attr-defined]
        target = NewTarget(cast.county, "named", "2020-09", subjects=subjects, reason=reason)
        actions.set_targets(competition=race.competition, targets=[target], by=race.office)

    name(own, other)
    name(own, third, reason="云塘冷链调出")

    page = of(race, cast.reporter)
    assert [([p.name for p in one.projects], one.others) for one in page.named] == [(["青禾一号", "湖光三号厂"], 0)]
    (revision,) = page.revisions
    assert (revision.before, revision.after, revision.reason, revision.by) == ("2", "2", "云塘冷链调出", "程知远")
    assert (revision.added, revision.removed, revision.removed_others) == (["湖光三号厂"], [], 1)
    office = of(race, cast.clerk).revisions[0]
    assert (office.removed, office.removed_others) == (["云塘冷链"], 0)
    assert [one.others for one in of(race, cast.other_reporter).named] == [2]

    text = shown(cast.client_of(cast.clerk), address(PAGE) + "?round=2020-09")
    assert re.search(r"调入：\s*<span data-content>湖光三号厂", text)
    assert re.search(r"调出：\s*<span data-content>云塘冷链", text)
    assert "云塘冷链</" not in shown(cast.client_of(cast.reporter), address(PAGE) + "?round=2020-09")


def test_a_revision_keeps_the_old_target_in_the_log(race: Race) -> None:
    race.ask(race.cast.county, 3)
    race.ask(race.cast.county, 4, reason="市委会议调增")

    text = in_english(race.cast.client_of(race.cast.leader), address(PAGE) + "?round=2020-09")

    assert "市委会议调增" in text
    assert "Signings" in text


def test_the_month_that_runs_is_shown_unless_another_is_asked_for(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    assert 'href="?round=2020-10" aria-current="true"' in shown(client, address(PAGE))
    assert 'href="?round=2020-10" aria-current="true"' in shown(client, address(PAGE) + "?round=never")
    assert 'href="?round=2020" aria-current="true"' in shown(client, address(PAGE) + "?round=2020")


def test_without_a_scheme_there_are_no_targets(cast: Cast, demo_day: object) -> None:
    open_race(cast)
    assert "尚无任务" in shown(cast.client_of(cast.clerk), address(PAGE))


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
