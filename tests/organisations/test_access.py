"""What a person may: roles, scope, indicators, counted from the grants that hold today."""

from shuangbi.organisations import actions
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.choices import Role
from tests.cast import INDICATOR, Cast, give


def test_a_stranger_may_nothing(cast: Cast) -> None:
    for access in (access_of(None), access_of(cast.stranger)):
        assert access.roles == access.unit_ids == access.units_above == access.indicators == frozenset()
        assert not access.is_office
        assert not access.has(*Role.values)
        assert not access.has(*Role.values, unit=cast.county.id)


def test_scope_is_the_unit_and_all_below_it(cast: Cast) -> None:
    everything = {cast.region.id, cast.county.id, cast.other_county.id, cast.department.id, cast.company.id, cast.park.id}

    assert access_of(cast.leader).unit_ids == everything
    assert access_of(cast.reporter).unit_ids == {cast.county.id, cast.park.id}
    assert access_of(cast.park_reporter).unit_ids == {cast.park.id}


def test_one_takes_part_in_what_the_units_above_undertake(cast: Cast) -> None:
    assert access_of(cast.park_reporter).units_above == {cast.park.id, cast.county.id, cast.region.id}
    assert access_of(cast.company_reporter).units_above == {cast.company.id, cast.region.id}


def test_administrators_see_no_business(cast: Cast) -> None:
    for person in (cast.system_admin, cast.security_admin, cast.security_auditor):
        assert access_of(person).unit_ids == frozenset()


def test_only_clerk_and_lead_are_the_office(cast: Cast) -> None:
    office = [cast.clerk, cast.office_lead]
    others = [cast.reporter, cast.unit_lead, cast.owner, cast.inspector, cast.leader, cast.reader, cast.system_admin]

    assert [access_of(person).is_office for person in office] == [True, True]
    assert not any(access_of(person).is_office for person in others)


def test_a_role_counts_for_its_units_only(cast: Cast) -> None:
    give(cast, cast.reporter, Role.UNIT_LEAD, cast.park)
    access = access_of(cast.reporter)

    assert access.has(Role.UNIT_LEAD)
    assert access.has(Role.UNIT_LEAD, unit=cast.park.id)
    assert not access.has(Role.UNIT_LEAD, unit=cast.county.id)
    assert access.has(Role.REPORTER, Role.UNIT_LEAD, unit=cast.county.id)
    assert access.units_as({Role.UNIT_LEAD}) == {cast.park.id}


def test_an_indicator_owner_owns_the_indicators_named(cast: Cast) -> None:
    access = access_of(cast.owner)

    assert access.indicators == {INDICATOR}
    assert access.has(Role.INDICATOR_OWNER, indicator=INDICATOR)
    assert not access.has(Role.INDICATOR_OWNER, indicator="another")
    assert access.units_as({Role.INDICATOR_OWNER}, "another") == frozenset()
    assert cast.county.id in access.units_as({Role.INDICATOR_OWNER}, INDICATOR)


def test_an_owner_of_no_named_indicator_owns_all(cast: Cast) -> None:
    give(cast, cast.stranger, Role.INDICATOR_OWNER, cast.region)

    assert access_of(cast.stranger).has(Role.INDICATOR_OWNER, unit=cast.county.id, indicator="any")


def test_a_closed_account_may_nothing(cast: Cast) -> None:
    actions.close_person(person=cast.leader, by=cast.system_admin)
    cast.leader.refresh_from_db()

    assert access_of(cast.leader).grants == []


def test_access_asks_the_database_twice_at_most(cast: Cast, django_assert_num_queries: object) -> None:
    access: Access = access_of(cast.reporter)

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert access.unit_ids
        assert access.roles
        assert access.units_above
        assert access.has(Role.REPORTER, unit=cast.county.id)
