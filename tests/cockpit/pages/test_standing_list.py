"""The rounds of a competition."""

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_rounds_say_whether_they_are_published(season: Season) -> None:
    page = text_of(season.client(season.cast.reader), "/standing/")

    assert "2020-10-19 09:00" in page
    assert "Provisional" in page
    assert season.address() in page
    assert "2020-W39" not in page


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.reader), "/standing/") == 7
