"""The ledger as the security auditor reads it."""

from collections.abc import Iterator

from django.utils.translation import gettext, override

from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact
from tests.cast import Cast


def test_the_auditor_reads_every_fact_newest_first(cast: Cast) -> None:
    response = cast.client_of(cast.security_auditor).get("/audit/")

    seqs = [fact.seq for fact in response.context["listing"].page.object_list]
    assert seqs == sorted(Fact.objects.order_by("seq").values_list("seq", flat=True), reverse=True)
    assert "安守正" in response.content.decode()
    assert "角色授予" in response.content.decode()


def test_facts_are_filtered_by_kind_and_day(cast: Cast) -> None:
    def kinds(query: str) -> set[str]:
        response = cast.client_of(cast.security_auditor).get(f"/audit/{query}")
        return {fact.kind for fact in response.context["listing"].page.object_list}

    assert kinds("?kind=organisations.unit_made") == {"organisations.unit_made"}
    assert kinds("?since=2020-09-01&until=2020-09-01") == {"organisations.unit_made", "organisations.grant_given"}
    assert kinds("?until=2020-08-31") == set()
    assert kinds("?since=2020-09-02") == set()


def test_the_export_holds_whole_hashes(cast: Cast) -> None:
    text = cast.client_of(cast.security_auditor).get("/audit/?export=csv").content.decode("utf-8-sig")

    assert Fact.objects.get(seq=1).hash in text


def test_nobody_else_reads_it(cast: Cast) -> None:
    for person in (cast.system_admin, cast.security_admin, cast.office_lead, cast.leader, cast.reader, cast.reporter):
        assert cast.client_of(person).get("/audit/").status_code == 403


def test_every_kind_of_fact_has_a_chinese_name() -> None:
    kinds = {body.KIND for body in _bodies(Body) if body.__module__.startswith("shuangbi.")}
    with override("zh-hans"):
        unnamed = sorted(kind for kind in kinds if gettext(kind) == kind)

    assert len(kinds) > 30

    assert unnamed == []


def _bodies(base: type[Body]) -> Iterator[type[Body]]:
    """The rooms' facts are loaded with the site's addresses."""
    for body in base.__subclasses__():
        yield from (body, *_bodies(body)) if hasattr(body, "KIND") else _bodies(body)
