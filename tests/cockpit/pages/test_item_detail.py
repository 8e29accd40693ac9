"""One item of one unit, down to its claims."""

from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_each_claim_counts_or_says_why_not(season: Season) -> None:
    page = text_of(season.client(season.cast.clerk), season.address(season.cast.county, "signed"))

    assert "青禾智能装备园" in page
    assert "甲投资合同.pdf" in page
    assert "not recognised: checked" in page
    assert "not recognised: refused" in page
    assert "只有框架协议" in page
    assert "already counted by the claim of 2020-08-20" in page
    assert f"/claims/{season.claims['丁八月']}/" in page
    assert "smaller than 1亿元" in page
    assert "1 claim of other dates" in page


def test_the_reasons_are_chinese_in_chinese(season: Season) -> None:
    page = text_of(season.client(season.cast.clerk), season.address(season.cast.county, "signed"), "zh")

    assert "同一项目已按 2020-08-20 的申报 计过" in page
    assert "未计入的申报及原因" in page


def test_an_item_of_figures_has_no_claims(season: Season) -> None:
    assert "This item is not counted from claims." in text_of(
        season.client(season.cast.clerk), season.address(season.cast.county, "growth")
    )


def test_outside_the_scope_there_are_only_numbers(season: Season) -> None:
    page = text_of(season.client(season.cast.other_reporter), season.address(season.cast.county, "signed"))

    assert "1 claims count + 5 do not" in page
    assert not any(str(claim) in page for claim in season.claims.values())


def test_an_unknown_item_answers_404(season: Season) -> None:
    assert season.client(season.cast.clerk).get(season.address(season.cast.county, "unknown")).status_code == 404


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.clerk), season.address(season.cast.county, "signed")) == 10
