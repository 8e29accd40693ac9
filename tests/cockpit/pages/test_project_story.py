"""A project's whole story."""

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_facts_promises_events_and_claims_stand_on_one_line(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), f"/stories/{season.projects['甲'].id}/")

    assert "主体封顶" in page
    assert "示例集中签约" in page
    assert "Signed: Reported" in page
    assert "Signed: Recognised" in page
    assert "甲投资合同.pdf" in page
    assert f"/claims/{season.claims['甲']}/" in page


def test_a_foreign_project_answers_404(season: Season) -> None:
    assert season.client(season.cast.other_reporter).get(f"/stories/{season.projects['甲'].id}/").status_code == 404


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.reporter), f"/stories/{season.projects['甲'].id}/") == 12
