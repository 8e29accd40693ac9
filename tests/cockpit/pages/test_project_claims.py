"""A project's claims and the figures they count in."""

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_what_a_claim_counted_for_is_named(season: Season) -> None:
    path = f"/stories/{season.projects['己'].id}/claims/"

    page = text_of(season.client(season.cast.company_reporter), path)

    assert "Projects signed" in page
    assert "Yuntang District" in page
    assert "Signings brought" in page
    assert "City Construction Group" in page


def test_a_project_that_counts_nowhere_says_so(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), f"/stories/{season.projects['戊'].id}/claims/")

    assert "No claim of this project counts" in page
    assert "Refused" in page


def test_htmx_gets_the_fragment_alone(season: Season) -> None:
    path = f"/stories/{season.projects['甲'].id}/claims/"

    page = season.client(season.cast.reporter).get(path, headers={"hx-request": "true"}).content.decode()

    assert "<html" not in page
    assert "甲投资合同.pdf" in page


def test_a_foreign_project_answers_404(season: Season) -> None:
    assert season.client(season.cast.other_reporter).get(f"/stories/{season.projects['甲'].id}/claims/").status_code == 404


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.reporter), f"/stories/{season.projects['甲'].id}/claims/") == 12
