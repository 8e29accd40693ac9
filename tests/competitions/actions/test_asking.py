"""Participants, targets, figures, points and waivers: refused by row, all or none, once per click, never overwritten."""

from uuid import UUID, uuid4

import pytest

from shuangbi.competitions import actions
from shuangbi.competitions.actions import NewFigure, NewParticipant, NewTarget
from shuangbi.competitions.models import Adjustment, OwnersFigure, Participant, Target, Waiver
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Role
from tests.cast import Cast, give
from tests.competitions.stories import Race, open_race, project_of

KEY = "one-click"
P = 10_000


def problems(action: object, **values: object) -> list[tuple[int, str]]:
    """Row and field of all that is wrong; nothing was written."""
    before = Fact.objects.count()
    with pytest.raises(RowsRefused) as found:
        action(**values)  # type: ignore[operator]
    assert Fact.objects.count() == before
    return [(problem.row, problem.field) for problem in found.value.problems]


def field_of(action: object, **values: object) -> str:
    before = Fact.objects.count()
    with pytest.raises(Refused) as found:
        action(**values)  # type: ignore[operator]
    assert Fact.objects.count() == before
    return found.value.field


def target(race: Race, **changes: object) -> NewTarget:
    said: dict[str, object] = {"unit": race.cast.county, "measure": "signed", "round": "2020-09", "value": 3}
    return NewTarget(**{**said, **changes})  # type: ignore[arg-type]


def test_nothing_is_asked_before_a_scheme_is_frozen(cast: Cast, demo_day: object) -> None:
    race = open_race(cast)
    competition, by = race.competition, race.office

    assert field_of(actions.set_participants, competition=competition, participants=[NewParticipant(cast.county, "counties")], by=by) == ""
    assert field_of(actions.set_targets, competition=competition, targets=[target(race)], by=by) == ""
    assert field_of(actions.set_figures, competition=competition, figures=[], by=by) == ""


@pytest.mark.parametrize("who", ["reporter", "unit_lead", "owner", "leader", "reader", "stranger"])
def test_only_the_office_asks(race: Race, who: str) -> None:
    by = access_of(getattr(race.cast, who))
    county, competition = race.cast.county, race.competition

    field_of(actions.set_participants, competition=competition, participants=[NewParticipant(county, "counties")], by=by)
    field_of(actions.set_targets, competition=competition, targets=[target(race)], by=by)
    field_of(
        actions.set_adjustment, competition=competition, unit=county, round_name="2020-09", kind="criticism",
        points=-5 * P, document="通报", by=by,
    )
    field_of(actions.set_waiver, competition=competition, unit=county, item="signed", round_name="2020-09", reason="灾害", by=by)


def test_participants_are_put_in_groups_moved_and_taken_out(race: Race) -> None:
    county, other, competition = race.cast.county, race.cast.other_county, race.competition
    before = Participant.objects.count()

    actions.set_participants(
        competition=competition, by=race.office, key=KEY,
        participants=[NewParticipant(county, "counties"), NewParticipant(other, "", reason="并入青禾县"),
                      NewParticipant(county, "counties", "2020-10", (county.id, other.id))],
    )

    # The first row says what stands already, so only two are written.
    rows = list(Participant.objects.order_by("seq").values_list("unit", "group", "round", "feeds", "reason"))[before:]
    assert rows == [
        (other.id, "", "", [], "并入青禾县"), (county.id, "counties", "2020-10", [str(county.id), str(other.id)], ""),
    ]


def test_participants_are_refused_by_row(race: Race) -> None:
    county = race.cast.county
    rows = [NewParticipant(county, "counties"), NewParticipant(county, "towns"), NewParticipant(county, "counties", "2021-01")]

    wrong = problems(actions.set_participants, competition=race.competition, participants=rows, by=race.office)

    assert wrong == [(1, "group"), (2, "round")]


def test_targets_are_revised_with_a_reason_and_the_old_ones_stay(race: Race) -> None:
    race.ask(race.cast.county, 3)
    actions.set_targets(competition=race.competition, targets=[target(race)], by=race.office)
    assert Target.objects.count() == 1

    assert problems(actions.set_targets, competition=race.competition, targets=[target(race, value=4)], by=race.office) == [(0, "reason")]
    for _ in range(2):
        actions.set_targets(
            competition=race.competition, targets=[target(race, value=4, reason="任务调整")], by=race.office, key=KEY
        )

    assert list(Target.objects.order_by("seq").values_list("value", "reason")) == [(3, ""), (4, "任务调整")]


def test_targets_are_refused_by_row_and_nothing_of_them_is_kept(race: Race) -> None:
    project = project_of(race.cast, race.cast.county, "青禾一号")
    rows = [
        target(race),
        target(race, unit=race.cast.department),
        target(race, measure="sold"),
        target(race, round="2021-01"),
        target(race, measure="funds", value=-1),
        target(race, measure="shared", value=None),
        target(race, measure="brought", value=1, subjects=(str(project.id),)),
        target(race, measure="named", value=2),
        target(race, measure="key_signed", value=2**62 + 1),
        target(race),
    ]

    wrong = problems(actions.set_targets, competition=race.competition, targets=rows, by=race.office)

    assert wrong == [
        (1, "unit"), (2, "measure"), (3, "round"), (4, "value"), (5, "value"), (6, "value"), (7, "projects"), (8, "value"),
        (9, "measure"),
    ]
    assert not Target.objects.exists()


def test_the_target_of_the_whole_stands_with_the_competitions_own_unit(race: Race) -> None:
    race.ask(race.cast.region, 10)

    assert Target.objects.get().unit == race.cast.region


def test_named_projects_are_kept_by_id(race: Race) -> None:
    ids = tuple(str(project_of(race.cast, race.cast.county, name).id) for name in ("青禾一号", "云塘二号厂"))

    actions.set_targets(competition=race.competition, targets=[target(race, measure="named", value=None, subjects=ids)], by=race.office)

    assert Target.objects.get().subjects == list(ids)


def test_figures_are_given_by_their_owner_or_the_office(race: Race) -> None:
    cast = race.cast
    figure = NewFigure(cast.county, "growth", "2020-09", "17/2")
    assert problems(actions.set_figures, competition=race.competition, figures=[figure], by=access_of(cast.owner)) == [(0, "figure")]
    assert problems(actions.set_figures, competition=race.competition, figures=[figure], by=access_of(cast.reporter)) == [(0, "figure")]

    give(cast, cast.owner, Role.INDICATOR_OWNER, cast.region, "growth")
    for _ in range(2):
        actions.set_figures(competition=race.competition, figures=[figure], by=access_of(cast.owner), key=KEY)
    actions.set_figures(competition=race.competition, figures=[figure], by=race.office)
    actions.set_figures(competition=race.competition, figures=[NewFigure(cast.county, "growth", "2020-09", "")], by=race.office)

    rows = OwnersFigure.objects.order_by("seq").values_list("value", "by")
    assert list(rows) == [("17/2", cast.owner.id), ("", cast.clerk.id)]


def test_an_owner_of_another_countys_figures_gives_none_here(race: Race) -> None:
    give(race.cast, race.cast.unit_lead, Role.INDICATOR_OWNER, race.cast.county, "growth")
    figure = NewFigure(race.cast.county, "growth", "2020-09", "8")

    wrong = problems(actions.set_figures, competition=race.competition, figures=[figure], by=access_of(race.cast.unit_lead))

    assert wrong == [(0, "figure")]


def test_figures_are_refused_by_row(race: Race) -> None:
    county = race.cast.county
    rows = [
        NewFigure(county, "growth", "2020-09", "8"), NewFigure(county, "height", "2020-09", "8"),
        NewFigure(county, "growth", "2020-09", "many"), NewFigure(county, "growth", "2020-09", "1/0"),
        NewFigure(county, "growth", "2020-09", "9" * 41), NewFigure(race.cast.park, "growth", "2021", "8"),
    ]

    wrong = problems(actions.set_figures, competition=race.competition, figures=rows, by=race.office)

    assert wrong == [(1, "figure"), (2, "value"), (3, "value"), (4, "value"), (5, "unit"), (5, "round")]


def adjust(race: Race, **changes: object) -> UUID:
    said: dict[str, object] = {
        "competition": race.competition, "unit": race.cast.county, "round_name": "2020-09", "kind": "criticism",
        "points": -5 * P, "document": "示例〔2020〕9号", "by": race.office,
    }
    return actions.set_adjustment(**{**said, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "praise"}, "kind"),
        ({"points": 0}, "points"),
        ({"points": -4 * P}, "points"),
        ({"points": -21 * P}, "points"),
        ({"document": " "}, "document"),
        ({"round_name": "2021"}, "round"),
        ({"adjustment": uuid4()}, "adjustment"),
    ],
)
def test_what_points_cannot_be_given(race: Race, changes: dict[str, object], field: str) -> None:
    assert field_of(adjust, race=race, **changes) == field


def test_points_go_to_participants_only(race: Race) -> None:
    assert field_of(adjust, race=race, unit=race.cast.park) == "unit"


def test_points_are_given_once_per_click_changed_and_cancelled(race: Race) -> None:
    first, second = adjust(race, key=KEY), adjust(race, key=KEY)
    assert first == second

    adjust(race, adjustment=first, points=-10 * P)
    adjust(race, adjustment=first, points=0, document="撤销示例〔2020〕9号")

    assert list(Adjustment.objects.order_by("seq").values_list("adjustment", "points")) == [(first, -5 * P), (first, -10 * P), (first, 0)]


def test_a_unit_is_excused_from_an_item_and_no_longer(race: Race) -> None:
    said = {"competition": race.competition, "unit": race.cast.county, "round_name": "2020-09", "by": race.office}
    assert field_of(actions.set_waiver, item="dancing", reason="灾害", **said) == "item"
    assert field_of(actions.set_waiver, item="signed", reason="灾害", **{**said, "round_name": "2021"}) == "round"
    assert field_of(actions.set_waiver, item="signed", reason="灾害", **{**said, "unit": race.cast.park}) == "unit"

    for _ in range(2):
        actions.set_waiver(item="signed", reason="洪涝灾害，市竞赛办同意", key=KEY, **said)  # type: ignore[arg-type]
    actions.set_waiver(item="signed", reason="", **said)  # type: ignore[arg-type]

    assert list(Waiver.objects.order_by("seq").values_list("item", "reason")) == [("signed", "洪涝灾害，市竞赛办同意"), ("signed", "")]
