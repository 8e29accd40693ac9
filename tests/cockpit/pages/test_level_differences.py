"""What stands between 快报数 and 认定数."""

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_the_claims_between_are_listed_with_what_they_wait_for(season: Season) -> None:
    page = text_of(season.client(season.cast.clerk), "/levels/?round=2020-09")

    assert f"/claims/{season.claims['乙']}/" in page
    assert "白鹭新材料基地" in page
    assert "Recognised by the office" in page


def test_outside_the_scope_the_name_is_not_told(season: Season) -> None:
    page = text_of(season.client(season.cast.other_reporter), "/levels/?round=2020-09")

    assert "白鹭新材料基地" not in page
    assert str(season.claims["乙"]) not in page
    assert "outside your scope" in page


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.clerk), "/levels/") == 8
