"""Giving roles and ending them; who could act on which day."""

from datetime import date, datetime, timedelta

import pytest

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations import actions, queries
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import SEPARATED, Role
from shuangbi.organisations.models import Grant, Person, Unit
from tests.cast import Cast

DAY = date(2020, 10, 20)


def refused(cast: Cast, person: Person, role: str, unit: Unit | None, **more: object) -> str:
    by = more.pop("by", cast.security_admin)
    with pytest.raises(Refused) as refusal:
        actions.give_grant(person=person, role=role, unit=unit, by=by, **more)  # type: ignore[arg-type]
    return refusal.value.field


@pytest.mark.usefixtures("demo_day")
def test_a_grant_holds_from_its_first_day(cast: Cast) -> None:
    tomorrow = DAY + timedelta(days=1)
    actions.give_grant(person=cast.stranger, role=Role.REPORTER, unit=cast.county, by=cast.security_admin, starts_on=tomorrow)

    assert access_of(cast.stranger).roles == frozenset()
    with clock.standing_at(datetime(2020, 10, 21, 0, 0, tzinfo=clock.SHANGHAI)):
        assert access_of(cast.stranger).unit_ids == {cast.county.id, cast.park.id}


@pytest.mark.usefixtures("demo_day")
def test_the_same_key_gives_once(cast: Cast) -> None:
    ids = {
        actions.give_grant(person=cast.stranger, role=Role.REPORTER, unit=cast.county, by=cast.security_admin, key="k")
        for _click in range(2)
    }

    assert ids == {Grant.objects.get(person=cast.stranger).id}


def test_only_the_security_administrator_gives_and_ends(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.reporter)
    for by in (cast.system_admin, cast.security_auditor, cast.office_lead, cast.leader, cast.stranger):
        assert refused(cast, cast.inspector, Role.REPORTER, cast.county, by=by) == ""
        with pytest.raises(Refused):
            actions.end_grant(grant=grant, by=by)


def test_nobody_gives_to_or_takes_from_themselves(cast: Cast) -> None:
    assert refused(cast, cast.security_admin, Role.SYSTEM_ADMIN, None) == "person"
    with pytest.raises(Refused) as refusal:
        actions.end_grant(grant=Grant.objects.get(person=cast.security_admin), by=cast.security_admin)
    assert refusal.value.field == "person"


@pytest.mark.parametrize("role", sorted(SEPARATED))
@pytest.mark.parametrize("other", sorted(set(Role) - {Role.SECURITY_ADMIN}))
def test_the_three_administrators_exclude_each_other_and_all_else(cast: Cast, role: str, other: str) -> None:
    """Either way round, for every pair; the security administrator gives, so holds a role of their own already."""
    if role == other:
        return
    first, second = cast.stranger, cast.region

    def unit_for(name: str) -> Unit | None:
        return None if name in SEPARATED else second

    actions.give_grant(person=first, role=other, unit=unit_for(other), by=cast.security_admin)
    assert refused(cast, first, role, unit_for(role)) == "role"


def test_an_administrator_gets_no_business_role_not_even_for_later(cast: Cast) -> None:
    later = clock.today() + timedelta(days=400)

    assert refused(cast, cast.system_admin, Role.REPORTER, cast.county, starts_on=later) == "role"


@pytest.mark.usefixtures("demo_day")
def test_after_the_first_role_has_ended_the_other_may_be_given(cast: Cast) -> None:
    actions.end_grant(grant=Grant.objects.get(person=cast.reporter), by=cast.security_admin)
    actions.give_grant(person=cast.reporter, role=Role.SYSTEM_ADMIN, unit=None, by=cast.security_admin)

    assert access_of(cast.reporter).roles == {Role.SYSTEM_ADMIN}


def test_an_incomplete_or_double_grant_is_refused(cast: Cast) -> None:
    assert refused(cast, cast.stranger, "king", None) == "role"
    assert refused(cast, cast.stranger, Role.REPORTER, None) == "unit"
    assert refused(cast, cast.stranger, Role.SYSTEM_ADMIN, cast.region) == "unit"
    assert refused(cast, cast.stranger, Role.REPORTER, cast.county, indicator="contracts") == "indicator"
    assert refused(cast, cast.reporter, Role.REPORTER, cast.county) == "role"


@pytest.mark.usefixtures("demo_day")
def test_a_role_is_lost_on_the_day_it_ends(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.reporter)
    actions.end_grant(grant=grant, by=cast.security_admin, ends_on=date(2020, 10, 22))

    assert access_of(cast.reporter).roles == {Role.REPORTER}
    with clock.standing_at(datetime(2020, 10, 22, 0, 0, tzinfo=clock.SHANGHAI)):
        assert access_of(cast.reporter).roles == frozenset()


@pytest.mark.usefixtures("demo_day")
def test_an_end_may_be_drawn_nearer_but_not_put_off_and_not_be_in_the_past(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.reporter)
    actions.end_grant(grant=grant, by=cast.security_admin, ends_on=date(2020, 12, 1))
    actions.end_grant(grant=grant, by=cast.security_admin, ends_on=date(2020, 11, 1))

    for day in (date(2020, 10, 19), date(2020, 11, 1), date(2020, 12, 1)):
        with pytest.raises(Refused) as refusal:
            actions.end_grant(grant=grant, by=cast.security_admin, ends_on=day)
        assert refusal.value.field == "ends_on"
    assert Grant.objects.get(id=grant.id).ends_on == date(2020, 10, 31)


@pytest.mark.usefixtures("demo_day")
def test_the_same_key_ends_once(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.reporter)
    for _click in range(2):
        actions.end_grant(grant=grant, by=cast.security_admin, key="k")

    assert Fact.objects.filter(kind="organisations.grant_ended").count() == 1


@pytest.mark.usefixtures("demo_day")
def test_who_could_act_on_a_day_knows_when_it_was_learned(cast: Cast) -> None:
    late = actions.give_grant(
        person=cast.stranger, role=Role.REPORTER, unit=cast.county, by=cast.security_admin, starts_on=date(2020, 10, 1)
    )
    ended = Grant.objects.get(person=cast.reporter)
    actions.end_grant(grant=ended, by=cast.security_admin)

    def could_act(day: date) -> set[str]:
        grants = queries.grants_on(queries.grants_visible_to(cast.access_of(cast.security_auditor)), day)
        return {str(grant.id) for grant in grants} & {str(late), str(ended.id)}

    assert could_act(date(2020, 10, 5)) == {str(ended.id)}
    assert could_act(date(2020, 10, 19)) == {str(ended.id)}
    assert could_act(date(2020, 10, 20)) == {str(late)}
    assert could_act(date(2020, 8, 31)) == set()


@pytest.mark.usefixtures("demo_day")
def test_a_grant_ended_before_it_held_was_never_in_force(cast: Cast) -> None:
    actions.give_grant(person=cast.stranger, role=Role.REPORTER, unit=cast.county, by=cast.security_admin)
    grant = Grant.objects.get(person=cast.stranger)
    actions.end_grant(grant=grant, by=cast.security_admin)
    grant.refresh_from_db()

    assert grant.never_held
    assert (grant.given_by, grant.ended_by) == (cast.security_admin, cast.security_admin)
    actions.give_grant(person=cast.stranger, role=Role.REPORTER, unit=cast.county, by=cast.security_admin)
    assert access_of(cast.stranger).roles == {Role.REPORTER}


def test_a_separation_that_was_broken_behind_the_actions_is_named(cast: Cast) -> None:
    assert queries.separation_broken() == []
    Grant.objects.create(
        person=cast.system_admin, role=Role.REPORTER, unit=cast.county, starts_on=date(2019, 1, 1), given_at=clock.now()
    )

    assert len(queries.separation_broken()) == 1
    assert "习统安" in queries.separation_broken()[0]
