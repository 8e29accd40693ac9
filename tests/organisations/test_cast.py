"""The cast itself: it comes through actions, and each person holds the role their name says."""

from shuangbi.ledger.models import Fact
from shuangbi.organisations.choices import Role
from tests.cast import Cast


def test_cast_has_one_person_for_every_role(cast: Cast) -> None:
    people = [
        cast.reporter, cast.unit_lead, cast.owner, cast.clerk, cast.office_lead, cast.inspector, cast.leader,
        cast.reader, cast.system_admin, cast.security_admin, cast.security_auditor,
    ]

    assert [set(cast.access_of(person).roles) for person in people] == [{role} for role in Role.values]


def test_cast_is_made_of_facts(cast: Cast) -> None:
    kinds = list(Fact.objects.order_by("kind").values_list("kind", flat=True))

    assert kinds == ["organisations.grant_given"] * 15 + ["organisations.unit_made"] * 6


def test_client_of_a_person_is_logged_in(cast: Cast) -> None:
    assert cast.client_of(cast.reporter).get("/log-in/").headers["Location"] == "/"
