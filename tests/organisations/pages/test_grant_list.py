"""Who could do what on which day."""

from datetime import date

import pytest

from shuangbi.organisations import actions
from shuangbi.organisations.models import Grant
from tests.cast import Cast


def holders(cast: Cast, person: object, query: str = "") -> set[str]:
    response = cast.client_of(person).get(f"/grants/{query}")  # type: ignore[arg-type]
    return {grant.person.username for grant in response.context["listing"].page.object_list}


@pytest.mark.usefixtures("demo_day")
def test_a_day_shows_who_could_act_on_it(cast: Cast) -> None:
    actions.end_grant(grant=Grant.objects.get(person=cast.reporter), by=cast.security_admin, ends_on=date(2020, 10, 22))

    assert "reporter" in holders(cast, cast.security_auditor, "?day=2020-10-21")
    assert "reporter" not in holders(cast, cast.security_auditor, "?day=2020-10-22")
    assert holders(cast, cast.security_auditor, "?day=2020-08-31") == set()


def test_grants_are_filtered_by_role_and_unit(cast: Cast) -> None:
    assert holders(cast, cast.security_admin, "?role=unit_lead") == {"unit.lead", "other.lead"}
    assert holders(cast, cast.security_admin, f"?unit={cast.park.id}") == {"park"}
    assert holders(cast, cast.unit_lead) == {"reporter", "unit.lead", "park"}


def test_only_the_security_administrator_is_shown_ends(cast: Cast) -> None:
    assert "/end/" in cast.client_of(cast.security_admin).get("/grants/").content.decode()
    assert "/end/" not in cast.client_of(cast.security_auditor).get("/grants/").content.decode()


def test_the_export_holds_the_grants_of_the_day(cast: Cast) -> None:
    text = cast.client_of(cast.security_admin).get("/grants/?day=2020-10-20&export=csv").content.decode("utf-8-sig")

    assert "苏禾" in text
    assert "/grants/" not in text
