"""One unit's sheet."""

import uuid

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_the_sheet_shows_lines_steps_claims_and_papers(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), season.address(season.cast.county))

    assert "place 2 of 2 with 59.00 points" in page
    assert "each total is exactly the sum of the lines below it" in page
    assert "示例通报9号" in page
    assert "-5.0000" in page
    assert f"/claims/{season.claims['甲']}/" in page
    assert "甲投资合同.pdf" in page
    assert "1 claims count + 5 do not + 1 of other units = 7 in all" in page
    assert "given by 统计局" in page


def test_from_a_rank_to_its_evidence_it_is_three_clicks_at_most(season: Season) -> None:
    """Rank → sheet → evidence is two; rank → item → claim → evidence is three, by way of the claim's own page."""
    client = season.client(season.cast.reporter)
    sheet = season.address(season.cast.county)
    claim = f"/claims/{season.claims['甲']}/"

    assert f'href="{sheet}"' in text_of(client, season.address())
    page = text_of(client, sheet)
    assert f'href="{claim}"' in page
    assert 'href="/claims/evidence/' in page
    assert 'href="/claims/evidence/' in text_of(client, claim)


def test_another_units_sheet_shows_scores_but_no_claims(season: Season) -> None:
    page = text_of(season.client(season.cast.other_reporter), season.address(season.cast.county))

    assert "59.00" in page
    assert "30.0000" in page
    assert "1 claims count" in page
    assert str(season.claims["甲"]) not in page
    assert "青禾智能装备园" not in page
    assert "甲投资合同.pdf" not in page
    assert "open to the unit itself" in page


def test_a_missing_duty_is_said(season: Season) -> None:
    page = text_of(season.client(season.cast.other_reporter), season.address(season.cast.other_county))

    assert "No such duty in this round: the item is left out" in page
    assert "90.0000" in page


def test_a_companys_sheet_counts_what_it_brought(season: Season) -> None:
    page = text_of(season.client(season.cast.company_reporter), season.address(season.cast.company))

    assert "云塘冷链物流中心" in page
    assert "40.0000" in page


def test_foreign_things_answer_404(season: Season) -> None:
    client = season.client(season.cast.clerk)

    assert client.get(season.address() + f"{uuid.uuid4()}/").status_code == 404
    assert client.get(f"/standing/sample/2020-W39/{season.cast.county.id}/").status_code == 404


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.reporter), season.address(season.cast.county)) == 10
