"""Log-ins and accounts as the security auditor reads them."""

from django.test import Client

from tests.cast import PASSWORD, Cast


def test_the_auditor_reads_who_came_in_and_who_did_not(cast: Cast) -> None:
    Client().post("/log-in/", {"login": "reporter", "password": "wrong"}, REMOTE_ADDR="10.1.2.3")
    Client().post("/log-in/", {"login": "secret-typed-here", "password": "x"})
    Client().post("/log-in/", {"login": "reporter", "password": PASSWORD})
    page = cast.client_of(cast.security_auditor).get("/audit/door/")

    rows = [(row.act, row.person and row.person.username, row.succeeded) for row in page.context["listing"].page.object_list[:3]]
    assert rows == [("logged_in", "reporter", True), ("log_in_failed", None, False), ("log_in_failed", "reporter", False)]
    assert "10.1.2.3" in page.content.decode()
    assert "secret-typed-here" not in page.content.decode()


def test_records_are_filtered_by_act_and_day(cast: Cast) -> None:
    def acts(query: str) -> set[str]:
        response = cast.client_of(cast.security_auditor).get(f"/audit/door/{query}")
        return {row.act for row in response.context["listing"].page.object_list}

    assert acts("?act=person_made") == {"person_made"}
    assert acts("?act=locked_out") == set()
    assert acts("?since=2020-09-01&until=2020-09-01") == {"person_made"}
    assert acts("?until=2020-08-31") == set()


def test_nobody_else_reads_it(cast: Cast) -> None:
    for person in (cast.system_admin, cast.security_admin, cast.office_lead, cast.leader, cast.reader, cast.reporter):
        assert cast.client_of(person).get("/audit/door/").status_code == 403
