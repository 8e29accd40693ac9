"""One event: which of its projects count, and why each other does not."""

import uuid

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_each_project_counts_or_says_why_not(season: Season) -> None:
    page = text_of(season.client(season.cast.leader), f"/reconciliation/{season.event}/")

    assert "青禾智能装备园" in page
    assert "not recognised: checked" in page
    assert "只有框架协议" in page
    assert "already counted by the claim of 2020-08-20" in page
    assert "smaller than 1亿元" in page


def test_projects_of_others_are_only_counted(season: Season) -> None:
    page = text_of(season.client(season.cast.other_reporter), f"/reconciliation/{season.event}/")

    assert "5 projects lie outside your scope" in page
    assert "Of the 5 projects 1 count among the 2." in page
    assert "青禾智能装备园" not in page
    assert "只有框架协议" not in page


def test_an_unknown_event_answers_404(season: Season) -> None:
    assert season.client(season.cast.leader).get(f"/reconciliation/{uuid.uuid4()}/").status_code == 404


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.leader), f"/reconciliation/{season.event}/") == 11
