"""The events of a round beside its counts."""

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_announced_exact_and_counted_stand_together(season: Season) -> None:
    page = text_of(season.client(season.cast.leader), "/reconciliation/?round=2020-09")

    assert "Of the 5 projects 1 count among the 2." in page
    assert "1 more count that stood on none of these lists." in page
    assert "11.50" in page
    assert "云塘冷链物流中心" in page
    assert "checked, not yet recognised" in page
    assert "smaller than 1 亿元" in page


def test_a_round_without_events_says_so(season: Season) -> None:
    assert "No event was held in this round" in text_of(season.client(season.cast.leader), "/reconciliation/?round=2020-10")


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.leader), "/reconciliation/?round=2020-09") == 11
