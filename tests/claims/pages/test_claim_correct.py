"""Correcting through the page."""

from datetime import date

from shuangbi.claims.amounts import Foreign
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim
from tests.claims.stories import DAY, YI, Story


def test_the_form_begins_with_what_the_claim_says_and_records_the_change(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI, note="九月")
    client = story.cast.client_of(story.cast.reporter)
    text = client.get(f"/claims/{claim}/correct/").content.decode()
    assert 'value="3亿元"' in text
    assert 'value="2020-09-18"' in text

    answer = client.post(f"/claims/{claim}/correct/", {
        "effective_on": "2020-09-25", "amount": "2亿元", "currency": "CNY", "note": "九月", "reason": "凭证重复",
    })

    assert answer["Location"] == f"/claims/{claim}/"
    now = Claim.objects.get(id=claim)
    assert (now.amount, now.effective_on) == (2 * YI, date(2020, 9, 25))


def test_foreign_money_is_corrected_in_its_currency(story: Story) -> None:
    claim = story.report(
        Kind.FUNDS_IN_PLACE, foreign=Foreign("USD", 120000050, "6.8101", DAY, "外汇交易中心中间价")
    )
    client = story.cast.client_of(story.cast.reporter)
    assert 'value="1200000.50"' in client.get(f"/claims/{claim}/correct/").content.decode()

    client.post(f"/claims/{claim}/correct/", {
        "effective_on": "2020-09-18", "amount": "1000000", "currency": "USD", "rate": "6.8", "rate_on": "2020-09-18",
        "rate_source": "银行牌价", "reason": "到账更正",
    })

    now = Claim.objects.get(id=claim)
    assert (now.amount, now.foreign_minor, now.rate) == (680_000_000, 100_000_000, "6.8")


def test_a_correction_that_cannot_be_shows_why(story: Story) -> None:
    claim = story.report()
    client = story.cast.client_of(story.cast.reporter)
    said = {"effective_on": "2020-09-18", "note": "", "reason": "日期更正"}
    for values in ({}, {"effective_on": "2020-10-21"}, {"effective_on": "2020-09-17", "reason": ""}):
        answer = client.post(f"/claims/{claim}/correct/", {**said, **values})
        assert answer.status_code == 200
        assert "form-error" in answer.content.decode() or "is-error" in answer.content.decode()

    assert Claim.objects.get(id=claim).effective_on == DAY


def test_a_plain_claim_corrects_its_title(story: Story) -> None:
    claim = story.report(Kind.PROBLEM_SOLVED, project=None, title="断头路打通")

    story.cast.client_of(story.cast.reporter).post(f"/claims/{claim}/correct/", {
        "effective_on": "2020-09-18", "title": "城东断头路打通", "due_on": "2020-09-30", "reason": "名称更正",
    })

    now = Claim.objects.get(id=claim)
    assert (now.title, now.due_on) == ("城东断头路打通", date(2020, 9, 30))
