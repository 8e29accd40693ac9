"""A fixed cast for all rooms: one invented region, its units, and a person for every role; made only through actions.

Use the fixture `cast` (tests/conftest.py): `cast.county`, `cast.other_county`, `cast.reporter`, `cast.client_of(person)`.
The cast enters on Tuesday 1 September 2020, 08:00 in Shanghai; grants hold from 2019-01-01, so any later day works.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.test import Client

from shuangbi.foundation import clock
from shuangbi.organisations import actions
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.choices import Role, UnitKind
from shuangbi.organisations.models import Person, Unit

ENTERED_AT = datetime(2020, 9, 1, 8, 0, tzinfo=clock.SHANGHAI)
SINCE = date(2019, 1, 1)
PASSWORD = "A-Long-Pass-2020"
INDICATOR = "contracts"


@dataclass(frozen=True)
class Cast:
    """Units and people. Whatever is named `other_…` belongs to the second county."""

    region: Unit
    county: Unit
    other_county: Unit
    department: Unit
    company: Unit
    park: Unit
    system_admin: Person
    security_admin: Person
    security_auditor: Person
    clerk: Person
    office_lead: Person
    reporter: Person
    other_reporter: Person
    unit_lead: Person
    other_unit_lead: Person
    owner: Person
    company_reporter: Person
    park_reporter: Person
    inspector: Person
    leader: Person
    reader: Person
    stranger: Person

    def client_of(self, person: Person | None) -> Client:
        """A test client logged in as the person; a stranger's client for None."""
        return client_of(person)

    def access_of(self, person: Person | None) -> Access:
        """The person's access, as a request would carry it."""
        return access_of(person)


# code, name, short name, English, kind, parent's code
UNITS = [
    ("region", "示例市", "示例市", "Sample City", UnitKind.REGION, ""),
    ("qinghe", "青禾县", "青禾县", "Qinghe County", UnitKind.COUNTY, "region"),
    ("yuntang", "云塘区", "云塘区", "Yuntang District", UnitKind.COUNTY, "region"),
    ("industry", "示例市产业促进局", "产业促进局", "Industry Bureau", UnitKind.DEPARTMENT, "region"),
    ("construct", "示例市城建集团", "城建集团", "City Construction Group", UnitKind.COMPANY, "region"),
    ("qinghe-park", "青禾工业园", "青禾工业园", "Qinghe Industrial Park", UnitKind.PARK, "qinghe"),
]

# attribute, log-in name, name, role, the unit's code ("" for none)
PEOPLE = [
    ("clerk", "clerk", "程知远", Role.OFFICE_CLERK, "region"),
    ("office_lead", "office.lead", "罗敬之", Role.OFFICE_LEAD, "region"),
    ("reporter", "reporter", "苏禾", Role.REPORTER, "qinghe"),
    ("other_reporter", "other.reporter", "云中石", Role.REPORTER, "yuntang"),
    ("unit_lead", "unit.lead", "何青山", Role.UNIT_LEAD, "qinghe"),
    ("other_unit_lead", "other.lead", "唐云开", Role.UNIT_LEAD, "yuntang"),
    ("owner", "owner", "贺广业", Role.INDICATOR_OWNER, "region"),
    ("company_reporter", "company", "成建业", Role.REPORTER, "construct"),
    ("park_reporter", "park", "苑小满", Role.REPORTER, "qinghe-park"),
    ("inspector", "inspector", "查实", Role.INSPECTOR, "region"),
    ("leader", "leader", "凌霄云", Role.LEADER, "region"),
    ("reader", "reader", "杜鉴明", Role.SUPERVISORY_READER, "region"),
]
ADMINISTRATORS = [
    ("system_admin", "system", "习统安", Role.SYSTEM_ADMIN),
    ("security_admin", "security", "安守正", Role.SECURITY_ADMIN),
    ("security_auditor", "auditor", "申计明", Role.SECURITY_AUDITOR),
]


def make_cast() -> Cast:
    """Enter the whole cast at ENTERED_AT."""
    with clock.standing_at(ENTERED_AT):
        units = _units()
        people = {}
        for attribute, username, name, role in ADMINISTRATORS:
            people[attribute] = make_person(username, name)
            actions.give_grant(person=people[attribute], role=role, unit=None, by=None, starts_on=SINCE)
        for attribute, username, name, role, code in PEOPLE:
            unit = units[code]
            people[attribute] = make_person(username, name, units["industry"] if role == Role.INDICATOR_OWNER else unit)
            actions.give_grant(
                person=people[attribute], role=role, unit=unit, by=people["security_admin"], starts_on=SINCE,
                indicator=INDICATOR if role == Role.INDICATOR_OWNER else "",
            )
        people["stranger"] = make_person("nobody", "莫识君")
    return Cast(
        region=units["region"], county=units["qinghe"], other_county=units["yuntang"],
        department=units["industry"], company=units["construct"], park=units["qinghe-park"], **people,
    )


def _units() -> dict[str, Unit]:
    actions.make_units(
        units=[
            actions.NewUnit(
                code=code, name=name, short_name=short, name_en=english, kind=kind, parent_code=parent,
                starts_on=SINCE, position=position,
            )
            for position, (code, name, short, english, kind, parent) in enumerate(UNITS)
        ],
        by=None,
    )
    return {unit.code: unit for unit in Unit.objects.order_by("code")}


def make_person(username: str, name: str, unit: Unit | None = None) -> Person:
    """A person who logs in with PASSWORD and holds no role yet."""
    return actions.make_person(username=username, name=name, unit=unit, password=PASSWORD)[0]


def give(cast: Cast, person: Person, role: str, unit: Unit | None, indicator: str = "") -> None:
    """Give one more role, in the name of the security administrator."""
    actions.give_grant(
        person=person, role=role, unit=unit, by=cast.security_admin, starts_on=SINCE, indicator=indicator
    )


def client_of(person: Person | None) -> Client:
    """A test client logged in as the person; a stranger's client for None."""
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
