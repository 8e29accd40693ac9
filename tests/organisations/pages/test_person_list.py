"""The list of people."""

from shuangbi.organisations import actions
from tests.cast import Cast


def names(cast: Cast, person: object, query: str = "") -> set[str]:
    response = cast.client_of(person).get(f"/people/{query}")  # type: ignore[arg-type]
    return {other.username for other in response.context["listing"].page.object_list}


def test_each_sees_the_people_they_answer_for(cast: Cast) -> None:
    assert names(cast, cast.unit_lead) == {"reporter", "unit.lead", "park"}
    assert len(names(cast, cast.system_admin)) == 16


def test_people_are_filtered_by_role_and_account_and_found_by_pinyin(cast: Cast) -> None:
    actions.close_person(person=cast.leader, by=cast.system_admin)

    assert names(cast, cast.system_admin, "?role=reporter") == {"reporter", "other.reporter", "company", "park"}
    assert names(cast, cast.system_admin, "?is_active=false") == {"leader"}
    assert "leader" not in names(cast, cast.system_admin, "?is_active=true")
    assert names(cast, cast.system_admin, "?q=su he") == {"reporter"}


def test_a_reporter_has_no_business_here(cast: Cast) -> None:
    for person in (cast.reporter, cast.owner, cast.inspector, cast.leader, cast.reader, cast.stranger):
        assert cast.client_of(person).get("/people/").status_code == 403


def test_the_export_stays_within_the_scope(cast: Cast) -> None:
    text = cast.client_of(cast.unit_lead).get("/people/?export=csv").content.decode("utf-8-sig")

    assert "苏禾" in text
    assert "云中石" not in text


def test_the_list_takes_few_queries_however_long(cast: Cast, django_assert_max_num_queries: object) -> None:
    client = cast.client_of(cast.system_admin)
    client.get("/people/")

    with django_assert_max_num_queries(7):  # type: ignore[operator]
        client.get("/people/")
