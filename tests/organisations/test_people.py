"""Entering people, one-time passwords, closing accounts, and opening an empty site."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations import actions, queries
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Act, Role
from shuangbi.organisations.models import Person, SecurityRecord, Unit
from tests.cast import PASSWORD, Cast


def last_record() -> tuple[str, Person | None, Person | None, bool]:
    record = SecurityRecord.objects.order_by("-id")[0]
    return record.act, record.person, record.about, record.succeeded


def test_a_new_person_gets_a_one_time_password_and_a_record(cast: Cast) -> None:
    person, once = actions.make_person(username=" New.One ", name="辛一", unit=cast.county, by=cast.system_admin)

    assert person.username == "new.one"
    assert person.check_password(once)
    assert person.must_change_password
    assert len(once.replace("-", "")) == 15
    assert last_record() == (Act.PERSON_MADE, cast.system_admin, person, True)


def test_people_never_enter_the_ledger(cast: Cast) -> None:
    bodies = b"".join(bytes(fact.body) for fact in Fact.objects.order_by("seq")).decode()

    assert not any(person.name in bodies for person in Person.objects.order_by("id"))
    assert "office.lead" not in bodies


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [
        ("reporter", "又一人", "username"), ("REPORTER", "又一人", "username"), ("a", "短", "username"),
        ("名字", "中", "username"), ("with space", "隔", "username"), ("nameless", " ", "name"), ("hidden", "隐\u202e藏", "name"),
    ],
)
def test_a_bad_person_is_refused(cast: Cast, username: str, name: str, field: str) -> None:
    people = Person.objects.count()

    with pytest.raises(Refused) as refusal:
        actions.make_person(username=username, name=name, unit=None)

    assert refusal.value.field == field
    assert Person.objects.count() == people


def test_a_second_click_gives_the_same_person_a_password_that_works(cast: Cast) -> None:
    key = cast.region.id
    first, _once = actions.make_person(username="twice", name="双击", unit=None, person_id=key)
    second, once = actions.make_person(username="twice", name="双击", unit=None, person_id=key)

    assert first.id == second.id
    assert Person.objects.get(username="twice").check_password(once)


def test_a_second_click_does_not_reset_who_has_come_in_already(cast: Cast) -> None:
    person, _once = actions.make_person(username="twice", name="双击", unit=None, person_id=cast.region.id)
    actions.change_password(person=person, password="An-Own-Pass-1")

    with pytest.raises(Refused):
        actions.make_person(username="twice", name="双击", unit=None, person_id=cast.region.id)


def test_who_may_reset_whose_password(cast: Cast) -> None:
    business = [cast.reporter, cast.office_lead, cast.leader, cast.stranger]
    administrators = [cast.system_admin, cast.security_admin, cast.security_auditor]

    def may(by: Person, people: list[Person]) -> list[bool]:
        return [actions.may_reset(by=access_of(by), person=person) for person in people]

    assert may(cast.system_admin, business) == [True] * 4
    assert may(cast.system_admin, administrators) == [False] * 3
    assert may(cast.security_admin, business) == [False] * 4
    assert may(cast.security_admin, administrators) == [True, False, True]
    assert may(cast.security_auditor, business + administrators) == [False] * 7
    assert may(cast.office_lead, business + administrators) == [False] * 7
    assert not actions.may_reset(by=access_of(None), person=cast.reporter)


def test_a_closed_administrator_is_an_administrator_still(cast: Cast) -> None:
    actions.close_person(person=cast.security_auditor, by=cast.security_admin)
    cast.security_auditor.refresh_from_db()

    assert not actions.may_reset(by=access_of(cast.system_admin), person=cast.security_auditor)
    assert actions.may_reset(by=access_of(cast.security_admin), person=cast.security_auditor)


def test_a_reset_replaces_the_password_and_is_noted(cast: Cast) -> None:
    once = actions.reset_password(person=cast.reporter, by=cast.system_admin)

    person = Person.objects.get(username="reporter")
    assert person.check_password(once)
    assert not person.check_password(PASSWORD)
    assert person.must_change_password
    assert last_record() == (Act.PASSWORD_RESET, cast.system_admin, cast.reporter, True)


def test_a_reset_out_of_turn_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.reset_password(person=cast.security_admin, by=cast.system_admin)

    assert Person.objects.get(username="security").check_password(PASSWORD)


@pytest.mark.parametrize(
    "password", ["short-1A", "1234567890123", "password123", "alllowercaseletters", "Reporter-2020-xx", PASSWORD]
)
def test_a_weak_password_is_refused(cast: Cast, password: str) -> None:
    with pytest.raises(ValidationError):
        actions.change_password(person=cast.reporter, password=password)

    assert Person.objects.get(username="reporter").check_password(PASSWORD)


def test_an_own_password_ends_the_duty_to_change(cast: Cast) -> None:
    actions.reset_password(person=cast.reporter)
    actions.change_password(person=cast.reporter, password="Own-Enough-77", address="10.0.0.8")

    assert not Person.objects.get(username="reporter").must_change_password
    assert last_record() == (Act.PASSWORD_CHANGED, cast.reporter, None, True)


def test_a_closed_account_sees_nothing_and_may_be_opened_again(cast: Cast) -> None:
    actions.close_person(person=cast.reporter, by=cast.system_admin)
    assert access_of(Person.objects.get(username="reporter")).roles == frozenset()
    assert last_record() == (Act.PERSON_CLOSED, cast.system_admin, cast.reporter, True)

    actions.open_person(person=cast.reporter, by=cast.system_admin)
    actions.open_person(person=cast.reporter, by=cast.system_admin)
    assert access_of(Person.objects.get(username="reporter")).roles == {Role.REPORTER}
    assert SecurityRecord.objects.filter(act=Act.PERSON_OPENED).count() == 1


def test_closing_out_of_turn_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.close_person(person=cast.security_auditor, by=cast.system_admin)

    assert Person.objects.get(username="auditor").is_active


@pytest.mark.django_db
def test_an_empty_site_opens_with_the_region_and_three_administrators() -> None:
    made = actions.create_admin(region="示例市", starts_on=date(2019, 1, 1))

    assert [one.role for one in made] == ["system_admin", "security_admin", "security_auditor"]
    assert [unit.name for unit in Unit.objects.order_by("code")] == ["示例市"]
    for one in made:
        person = queries.person_by_username(one.username)
        assert person is not None
        assert person.must_change_password
        assert person.check_password(one.password)
        assert access_of(person).roles == {one.role}


@pytest.mark.django_db
def test_the_names_of_the_first_three_may_be_chosen() -> None:
    made = actions.create_admin(region="示例市", usernames=("one", "two", "three"))

    assert [one.username for one in made] == ["one", "two", "three"]


def test_a_site_with_people_is_not_opened_again(cast: Cast) -> None:
    people, facts = Person.objects.count(), Fact.objects.count()

    with pytest.raises(Refused):
        actions.create_admin(region="别市", code="other")

    assert (Person.objects.count(), Fact.objects.count()) == (people, facts)


def test_whom_one_may_look_up(cast: Cast) -> None:
    def names(person: Person | None) -> set[str]:
        return {other.username for other in queries.people_visible_to(cast.access_of(person))}

    everyone = {person.username for person in Person.objects.order_by("id")}
    assert names(cast.system_admin) == names(cast.security_admin) == names(cast.security_auditor) == everyone
    assert names(cast.unit_lead) == {"reporter", "unit.lead", "park"}
    assert names(cast.other_unit_lead) == {"other.reporter", "other.lead"}
    assert names(cast.clerk) == everyone - {"system", "security", "auditor", "nobody"}
    assert names(cast.reporter) == names(cast.stranger) == names(None) == set()


def test_grants_are_read_by_those_who_answer_for_them(cast: Cast) -> None:
    def holders(person: Person | None) -> set[str]:
        return {grant.person.username for grant in queries.grants_visible_to(cast.access_of(person))}

    everyone = {person.username for person in Person.objects.order_by("id")} - {"nobody"}
    assert holders(cast.security_admin) == holders(cast.security_auditor) == everyone
    assert holders(cast.unit_lead) == {"reporter", "unit.lead", "park"}
    assert holders(cast.reporter) == set()


def test_names_stand_beside_ids(cast: Cast) -> None:
    assert queries.names_of_people({cast.reporter.id}) == {cast.reporter.id: "苏禾"}


def test_the_auditor_alone_reads_facts_and_all_records(cast: Cast) -> None:
    assert queries.facts_for_audit(cast.access_of(cast.security_auditor)).count() == Fact.objects.count()
    assert queries.facts_for_audit(cast.access_of(cast.security_admin)).count() == 0
    assert queries.security_records_visible_to(cast.access_of(cast.security_auditor)).count() == SecurityRecord.objects.count()
    assert queries.security_records_visible_to(cast.access_of(cast.reporter)).count() == 0
    assert queries.security_records_visible_to(cast.access_of(None)).count() == 0
