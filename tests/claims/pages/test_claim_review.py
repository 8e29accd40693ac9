"""Deciding through the page."""

from datetime import date
from uuid import UUID

import pytest
from django.http import HttpResponse

from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim, ReviewStep
from tests.claims.stories import YI, Story


def post(story: Story, who: str, claim: UUID, **values: str) -> HttpResponse:
    client = story.cast.client_of(getattr(story.cast, who))
    answer: HttpResponse = client.post(f"/claims/{claim}/review/", values)
    return answer


def state(claim: UUID) -> str:
    return Claim.objects.get(id=claim).state


def test_the_whole_chain_by_its_pages(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI)
    assert post(story, "unit_lead", claim, decision="confirm")["Location"] == f"/claims/{claim}/"
    assert post(story, "owner", claim, decision="check").status_code == 302
    assert state(claim) == "checked"
    answer = post(
        story, "clerk", claim, decision="recognise", amount="2.5亿元", reason="一笔凭证重复", recognised_on="2020-10-19"
    )
    assert answer.status_code == 302

    now = Claim.objects.get(id=claim)
    assert (now.state, now.amount, now.recognised_on) == ("recognised", 25 * 10**9, date(2020, 10, 19))
    assert post(story, "office_lead", claim, decision="revoke", reason="审计发现虚报").status_code == 302
    assert state(claim) == "refused"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"decision": "check"},
        {"decision": "return"},
        {"decision": "refuse", "reason": " "},
        {"decision": "recognise", "amount": "3"},
        {"decision": "recognise", "amount": "4亿元", "reason": "更多"},
        {"decision": "recognise", "amount": "2亿元"},
        {"decision": "recognise", "amount": "3亿元", "recognised_on": "2020-10-21"},
        {"decision": "recognise", "amount": "3亿元", "recognised_on": "nonsense"},
    ],
)
def test_a_decision_that_cannot_be_is_refused_beside_its_field(story: Story, values: dict[str, str]) -> None:
    claim = story.checked(Kind.FUNDS_IN_PLACE, amount=3 * YI)

    answer = post(story, "clerk", claim, **values)

    assert answer.status_code == 200
    assert state(claim) == "checked"


def test_a_second_click_answers_like_the_first(story: Story) -> None:
    claim = story.report()
    for _again in range(2):
        assert post(story, "owner", claim, decision="check", idempotency_key="x")["Location"] == f"/claims/{claim}/"

    assert ReviewStep.objects.filter(claim=claim, act="checked").count() == 1


def test_nothing_to_decide_leads_back(story: Story) -> None:
    claim = story.recognised()

    assert post(story, "owner", claim, decision="check").status_code == 302
    assert state(claim) == "recognised"


def test_who_never_reviews_may_not_open_the_page(story: Story) -> None:
    claim = story.report()
    for who in ("reporter", "leader", "reader", "inspector"):
        assert post(story, who, claim, decision="check").status_code == 403
        assert story.cast.client_of(getattr(story.cast, who)).get(f"/claims/{claim}/review/").status_code == 403

    assert state(claim) == "reported"


def test_the_page_shows_form_or_that_there_is_nothing_to_decide(story: Story) -> None:
    claim = story.report()
    text = story.cast.client_of(story.cast.owner).get(f"/claims/{claim}/review/?decision=return").content.decode()
    assert 'value="return"' in text
    assert 'checked' in text.split('value="return"')[1][:80]

    done = story.recognised(Kind.COMPLETED)
    text = story.cast.client_of(story.cast.unit_lead).get(f"/claims/{done}/review/").content.decode()
    assert 'name="decision"' not in text
