"""Setting one target on a page."""

from shuangbi.competitions.models import Target
from tests.cast import Cast
from tests.competitions.pages.scope import address, holds_scope, shown
from tests.competitions.stories import YI, Race, open_race, project_of

PAGE = "target-set"


def said(race: Race, **changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "unit": race.cast.county.id, "round": "2020-09", "measure": "signed", "value": "3", "projects": "", "reason": "",
        "idempotency_key": str(changes),
    }
    return {**plain, **changes}


def test_a_target_with_its_unit_once_per_click(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    shown(client, address(PAGE) + "?round=2020-09")

    for _ in range(2):
        answer = client.post(address(PAGE), said(race, measure="funds", value="1.2亿元"))
        assert answer["Location"] == address("target-list") + "?round=2020-09"

    assert Target.objects.get().value == 12 * YI // 10


def test_named_projects_by_number_or_name(race: Race) -> None:
    first, second = (project_of(race.cast, race.cast.county, name) for name in ("青禾一号", "湖光三号厂"))
    client = race.cast.client_of(race.cast.clerk)

    client.post(address(PAGE), said(race, measure="named", value="", projects=f"{first.code}\n 湖光三号厂 \n\n{first.code}"))

    assert Target.objects.get().subjects == [str(first.id), str(second.id)]


def test_the_whole_has_a_target_of_its_own(race: Race) -> None:
    race.cast.client_of(race.cast.clerk).post(address(PAGE), said(race, unit=race.cast.region.id, value="10"))
    assert Target.objects.get().unit == race.cast.region


def test_what_is_wrong_stands_beside_its_field(race: Race) -> None:
    race.ask(race.cast.county, 9, round_name="2020-10")
    client = race.cast.client_of(race.cast.clerk)
    cases = [
        ({"value": "许多"}, "value"), ({"value": "1.5"}, "value"), ({"value": "-1"}, "value"), ({"value": ""}, "value"),
        ({"projects": "不存在的项目"}, "projects"), ({"unit": race.cast.department.id}, "unit"), ({"round": "2021-01"}, "round"),
        ({"round": "2020-10"}, "reason"), ({"measure": "named"}, "projects"),
    ]
    for changes, field in cases:
        answer = client.post(address(PAGE), said(race, **changes))
        assert list(answer.context["form"].errors) == [field], changes
    assert Target.objects.count() == 1


def test_without_a_scheme_the_way_leads_back(cast: Cast, demo_day: object) -> None:
    open_race(cast)
    assert cast.client_of(cast.clerk).get(address(PAGE))["Location"] == address("competition-detail")


def test_scope(race: Race) -> None:
    holds_scope(race, PAGE)
    assert race.cast.client_of(race.cast.reporter).post(address(PAGE), said(race)).status_code == 403
