"""Scores at a seq: worked out by hand, at both levels, and never different later."""

from datetime import date
from fractions import Fraction

import pytest

from shuangbi.competitions import actions, scoring
from shuangbi.competitions.actions import NewFigure, NewParticipant, NewTarget
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.queries import facts_at
from shuangbi.competitions.scoring import score, sums_by_span
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.queries import head_seq
from shuangbi_engine.known import known_facts
from tests.cast import Cast
from tests.competitions.stories import SCHEME, Race, check, frozen_race, open_race, project_of, report, signed

P = 10_000


def month_of(race: Race) -> None:
    """September: of 2 asked the county signed 1, of 1 asked its neighbour 2; growth 8.5 and 12; five points taken."""
    cast = race.cast
    race.ask(cast.county, 2)
    race.ask(cast.other_county, 1)
    race.ask(cast.region, 4)
    signed(cast, cast.county, project_of(cast, cast.county, "青禾一号", bringer=cast.company.id))
    for name in ("云塘一号", "云塘二号冷库"):
        signed(cast, cast.other_county, project_of(cast, cast.other_county, name))
    figures = [NewFigure(cast.county, "growth", "2020-09", "17/2"), NewFigure(cast.other_county, "growth", "2020-09", "12")]
    actions.set_figures(competition=race.competition, figures=figures, by=race.office)
    actions.set_adjustment(
        competition=race.competition, unit=cast.other_county, round_name="2020-09", kind="criticism", points=-5 * P,
        document="示例〔2020〕9号", by=race.office,
    )
    catch_up()


def totals(race: Race, level: int = 2, seq: int | None = None) -> dict[str, int]:
    """Points in 1/10000 by unit."""
    scored = score(competition=race.competition, round_name="2020-09", level=level, seq=seq)  # type: ignore[arg-type]
    names = {str(unit.id): unit.short_name for unit in (race.cast.county, race.cast.other_county, race.cast.company)}
    return {names[one.participant]: one.points for group in scored.sheet.groups for one in group.sheets}


def test_a_month_worked_out_by_hand(race: Race) -> None:
    month_of(race)

    # County: 1/2 of 60 = 30, and 8.5. Neighbour: 2/1 capped at 1 gives 60, and 12, less 5. Company: no target, so 0.
    assert totals(race) == {"青禾县": 385_000, "云塘区": 670_000, "城建集团": 0}
    scored = score(competition=race.competition, round_name="2020-09")
    city = next(row for row in scored.sheet.progress if row.participant == "city")
    assert (city.target, city.actual) == (Fraction(4), Fraction(3))


def test_a_quick_figure_counts_what_is_checked(race: Race) -> None:
    month_of(race)
    cast = race.cast
    check(cast, report(cast.reporter, cast.county, project_of(cast, cast.county, "青禾二号仓库")))
    catch_up()

    assert totals(race, level=2)["青禾县"] == 385_000
    assert totals(race, level=1)["青禾县"] == 685_000


def test_what_was_known_at_a_seq_never_changes(race: Race) -> None:
    month_of(race)
    cast, seq = race.cast, head_seq()
    then = {level: totals(race, level, seq) for level in (1, 2)}

    race.ask(cast.county, 1, reason="任务调减")
    signed(cast, cast.county, project_of(cast, cast.county, "青禾三号车间"))
    actions.set_figures(
        competition=race.competition, figures=[NewFigure(cast.county, "growth", "2020-09", "40")], by=race.office
    )
    actions.set_waiver(
        competition=race.competition, unit=cast.other_county, item="growth", round_name="2020-09", reason="灾害", by=race.office
    )
    actions.set_participants(competition=race.competition, participants=[NewParticipant(cast.company, "")], by=race.office)
    softer = SCHEME.replace("full: 60}", "full: 50}").replace("full: 60", "full: 50").replace("full: 40", "full: 50")
    file = actions.upload_scheme(competition=race.competition, text=softer, by=race.office)
    actions.freeze_scheme(file=file, by=race.lead)
    catch_up()
    scoring._cache.clear()

    assert {level: totals(race, level, seq) for level in (1, 2)} == then
    # Now: 2 of 1, capped, 50 and 40; the neighbour's growth is waived and its weight goes to the item that is left.
    assert totals(race) == {"青禾县": 900_000, "云塘区": 950_000}


def test_a_scored_round_is_kept_once_the_postings_have_read_so_far(race: Race) -> None:
    month_of(race)
    scoring._cache.clear()
    first = score(competition=race.competition, round_name="2020-09")
    assert score(competition=race.competition, round_name="2020-09") is first

    ahead = score(competition=race.competition, round_name="2020-09", seq=head_seq() + 100)
    assert score(competition=race.competition, round_name="2020-09", seq=head_seq() + 100) is not ahead


def test_what_cannot_be_scored(race: Race, cast: Cast) -> None:
    catch_up()
    with pytest.raises(Refused) as found:
        score(competition=race.competition, round_name="2021-01")
    assert found.value.field == "round"
    # Before the scheme was frozen there was none.
    with pytest.raises(Refused):
        score(competition=race.competition, round_name="2020-09", seq=1)


def test_without_a_scheme_nothing_is_scored(cast: Cast, demo_day: object) -> None:
    race = open_race(cast)
    with pytest.raises(Refused):
        score(competition=race.competition, round_name="2020-09")


def test_two_competitions_with_two_policies_do_not_touch(race: Race) -> None:
    month_of(race)
    cast, before = race.cast, totals(race)
    other = actions.open_competition(
        new=actions.NewCompetition(
            slug="two", name="另一竞赛", owner=cast.region, office="示例办", basis="示例2号", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)
        ),
        by=race.lead,
    )
    # Another rule: every claim counts, however often a project comes.
    text = SCHEME.replace("where: {lists: [key]}", "where: {size_at_least: 5亿元}").replace("once: subject", "once: no")
    actions.freeze_scheme(file=actions.upload_scheme(competition=other, text=text, by=race.office), by=race.lead)
    for new in (actions.NewRound("2020-09", "month", date(2020, 9, 1), date(2020, 9, 30)),):
        actions.open_round(competition=other, new=new, by=race.office)
    actions.set_participants(competition=other, participants=[NewParticipant(cast.county, "counties")], by=race.office)
    actions.set_targets(competition=other, targets=[NewTarget(cast.county, "signed", "2020-09", 1)], by=race.office)
    catch_up()

    scored = score(competition=other, round_name="2020-09")
    assert [one.points for one in scored.sheet.groups[0].sheets] == [600_000]
    assert totals(race) == before


def test_a_merged_countys_projects_feed_its_successor(race: Race) -> None:
    month_of(race)
    cast = race.cast
    both = NewParticipant(cast.county, "counties", "2020-09", (cast.county.id, cast.other_county.id))
    gone = NewParticipant(cast.other_county, "", "2020-09", reason="并入青禾县")
    actions.set_participants(competition=race.competition, participants=[both, gone], by=race.office)
    catch_up()

    # 3 of 2, capped at 60, and 8.5.
    assert totals(race) == {"青禾县": 685_000, "城建集团": 0}


def test_named_projects_count_and_no_others(race: Race) -> None:
    cast = race.cast
    on_list, off_list = (project_of(cast, cast.county, name) for name in ("青禾一号", "云雾山二号库"))
    for project in (on_list, off_list):
        signed(cast, cast.county, project)
    actions.set_targets(
        competition=race.competition, by=race.office,
        targets=[NewTarget(cast.county, "named", "2020-09", subjects=(str(on_list.id), "00000000-0000-4000-8000-0000000000aa"))],
    )
    catch_up()

    values = score(competition=race.competition, round_name="2020-09").values

    county = str(cast.county.id)
    assert values.measured["named", "round"][county] == 1
    assert values.measured["signed", "round"][county] == 2
    assert values.targets["named", "2020-09"] == {county: Fraction(2)}


def test_sums_of_many_spans_in_one_query(race: Race, django_assert_num_queries: object) -> None:
    month_of(race)
    scored = score(competition=race.competition, round_name="2020-09")
    spans = [(date(2020, 9, 1), date(2020, 9, 17)), (date(2020, 9, 18), date(2020, 9, 30)), (date(2020, 1, 1), date(2020, 9, 30))]

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = sums_by_span(scored, ["signed", "brought"], spans)

    assert found == [{"signed": 0, "brought": 0}, {"signed": 3, "brought": 1}, {"signed": 3, "brought": 1}]


def test_what_is_asked_can_be_read_as_at_any_seq(race: Race) -> None:
    cast = race.cast
    marks = []
    for value in (3, 4, 5):
        race.ask(cast.county, value, reason="调整")
        marks.append(head_seq())

    def target(seq: int | None) -> Fraction | None:
        return known_facts(facts_at(race.competition, seq)).target(str(cast.county.id), "signed", "2020-09")

    assert [target(seq) for seq in (marks[0] - 1, *marks, None)] == [None, 3, 4, 5, 5]
    assert len(facts_at(race.competition, None, ["targets"]).targets) == 3
    assert facts_at(race.competition, None, ["targets"]).rounds == ()
    assert facts_at(race.competition, 0).rounds == ()


def test_a_race_is_the_same_for_whoever_freezes_it(cast: Cast, demo_day: object) -> None:
    race = frozen_race(cast)
    assert sorted(str(row.round) for row in facts_at(race.competition, None).rounds) == ["2020", "2020-09", "2020-10"]
