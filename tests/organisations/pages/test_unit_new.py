"""Entering one unit."""

from shuangbi.organisations.models import Unit
from tests.cast import Cast

ENTRY = {"name": "临川镇", "code": "linchuan", "kind": "town", "starts_on": "2020-01-01", "position": "3"}


def test_the_office_lead_enters_a_unit(cast: Cast) -> None:
    client = cast.client_of(cast.office_lead)
    response = client.post("/units/new/", {**ENTRY, "parent": str(cast.county.id), "idempotency_key": "one"})
    again = client.post("/units/new/", {**ENTRY, "parent": str(cast.county.id), "idempotency_key": "one"})

    unit = Unit.objects.get(code="linchuan")
    assert response.headers["Location"] == again.headers["Location"] == f"/units/{unit.id}/"
    assert (unit.name, unit.short_name, unit.parent, unit.position) == ("临川镇", "临川镇", cast.county, 3)


def test_a_taken_code_is_said_beside_the_field(cast: Cast) -> None:
    response = cast.client_of(cast.office_lead).post(
        "/units/new/", {**ENTRY, "code": "qinghe", "parent": str(cast.county.id), "idempotency_key": "one"}
    )

    assert list(response.context["form"].errors) == ["code"]
    assert "已存在" in response.content.decode()


def test_what_is_not_in_the_form_changes_nothing(cast: Cast) -> None:
    extra = {"id": str(cast.county.id), "tree_key": "0", "sort_key": "x", "ends_on": "2020-02-02", "successor": str(cast.county.id)}
    cast.client_of(cast.office_lead).post("/units/new/", {**ENTRY, **extra, "parent": str(cast.county.id)})

    unit = Unit.objects.get(code="linchuan")
    assert unit.id != cast.county.id
    assert (unit.ends_on, unit.successor, unit.sort_key) == (None, None, "lin chuan zhen")


def test_nobody_else_enters_units(cast: Cast) -> None:
    for person in (cast.clerk, cast.reporter, cast.system_admin, cast.security_admin, cast.security_auditor, cast.leader):
        assert cast.client_of(person).post("/units/new/", ENTRY).status_code == 403
