"""Who sees, runs and feeds a competition."""

from shuangbi.competitions.access import competitions_visible_to, may_give_figure, may_run, sees_all
from shuangbi.competitions.queries import competition_for
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Role
from tests.cast import give
from tests.competitions.pages.scope import countys_own
from tests.competitions.stories import Race

EVERYONE = (
    "clerk", "office_lead", "reporter", "unit_lead", "owner", "company_reporter", "park_reporter", "inspector", "leader",
    "reader", "system_admin", "security_admin", "security_auditor", "stranger",
)


def those(race: Race, rule: object) -> set[str]:
    return {name for name in EVERYONE if rule(access_of(getattr(race.cast, name)))}  # type: ignore[operator]


def test_everyone_of_the_business_below_the_owner_sees_it(race: Race) -> None:
    assert those(race, lambda access: competitions_visible_to(access).exists()) == set(EVERYONE) - {
        "system_admin", "security_admin", "security_auditor", "stranger",
    }


def test_the_office_alone_runs_it(race: Race) -> None:
    assert those(race, lambda access: may_run(access, race.competition)) == {"clerk", "office_lead"}


def test_figures_come_from_their_owner_or_the_office(race: Race) -> None:
    give(race.cast, race.cast.owner, Role.INDICATOR_OWNER, race.cast.region, "growth")
    assert those(race, lambda access: may_give_figure(access, race.competition, "growth")) == {"clerk", "office_lead", "owner"}
    assert those(race, lambda access: may_give_figure(access, race.competition, "bonds")) == {"clerk", "office_lead"}


def test_those_of_the_owning_unit_open_everybodys_evidence(race: Race) -> None:
    assert those(race, lambda access: sees_all(access, race.competition)) == {
        "clerk", "office_lead", "owner", "inspector", "leader", "reader",
    }


def test_a_competition_by_its_address_or_the_newest(race: Race) -> None:
    countys_own(race.cast)
    clerk, reporter = access_of(race.cast.clerk), access_of(race.cast.reporter)

    assert competition_for(reporter, None) == race.competition
    assert competition_for(reporter, "yuntang-2020") is None
    assert competition_for(clerk, "yuntang-2020") is not None
    assert competition_for(access_of(None), None) is None
