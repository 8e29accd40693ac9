"""One claim: its story, what each may do with it, and nothing for those who may not see it."""

import uuid
from datetime import date

import pytest

from shuangbi.claims import actions
from shuangbi.claims.actions import Correction
from shuangbi.claims.choices import Kind
from tests.claims.stories import DAY, YI, Story, paper


def page(story: Story, who: str, claim: uuid.UUID, language: str = "") -> str:
    client = story.cast.client_of(getattr(story.cast, who))
    if language:
        client.cookies["shuangbi_language"] = language
    answer = client.get(f"/claims/{claim}/")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_the_story_says_who_when_why_and_what_changed(story: Story) -> None:
    cast = story.cast
    claim = story.checked(Kind.INVESTED, amount=3 * YI, evidence=(paper(),))
    actions.return_claim(claim=claim, by=story.access(cast.clerk), reason="一笔凭证重复")
    new = Correction(effective_on=date(2020, 9, 25), amount=2 * YI)
    actions.correct_claim(claim=claim, new=new, by=story.access(cast.reporter), reason="已核减重复凭证")

    text = page(story, "leader", claim)

    for words in ("一笔凭证重复", "已核减重复凭证", "3亿元", "2亿元", "2020-09-18", "2020-09-25", "苏禾", "贺广业", "程知远",
                  "施工合同.pdf"):
        assert words in text


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("reporter", {"correct", "withdraw", "evidence"}),
        ("unit_lead", {"correct", "withdraw", "evidence"}),
        ("owner", {"decide", "evidence"}),
        ("clerk", {"decide"}),
        ("office_lead", {"decide"}),
        ("leader", set()),
        ("reader", set()),
        ("inspector", set()),
    ],
)
def test_only_what_a_person_may_do_is_offered(story: Story, who: str, offered: set[str]) -> None:
    claim = story.report()

    text = page(story, who, claim)

    marks = {"correct": f"/claims/{claim}/correct/", "withdraw": f"/claims/{claim}/withdraw/",
             "evidence": f"/claims/{claim}/evidence/", "decide": f"/claims/{claim}/review/"}
    assert {name for name, mark in marks.items() if mark in text} == offered


def test_the_decisions_are_those_of_the_step(story: Story) -> None:
    claim = story.report()
    assert 'value="check"' in page(story, "owner", claim)
    assert 'value="check"' not in page(story, "clerk", claim)
    assert 'value="refuse"' in page(story, "clerk", claim)

    actions.check_claim(claim=claim, by=story.access(story.cast.owner))
    assert 'value="recognise"' in page(story, "clerk", claim)
    actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk))
    text = page(story, "office_lead", claim)
    assert 'value="revoke"' in text
    assert 'value="recognise"' not in text


def test_an_earlier_claim_of_the_same_is_shown(story: Story) -> None:
    first = story.report()
    second = story.report(effective_on=date(2020, 9, 19))

    assert f'href="/claims/{first}/"' in page(story, "clerk", second)


def test_a_foreign_claim_is_answered_like_an_absent_one(story: Story) -> None:
    claim = story.report()
    client = story.cast.client_of(story.cast.other_reporter)
    for address in ("/claims/{}/", "/claims/{}/correct/"):
        foreign = client.get(address.format(claim))
        absent = client.get(address.format(uuid.uuid4()))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.content == absent.content
    for address in ("/claims/{}/correct/", "/claims/{}/withdraw/", "/claims/{}/evidence/"):
        foreign = client.post(address.format(claim), {"reason": "不是我的"})
        assert foreign.status_code == client.post(address.format(uuid.uuid4()), {"reason": "不是我的"}).status_code == 404
    lead = story.cast.client_of(story.cast.other_unit_lead)
    foreign = lead.post(f"/claims/{claim}/review/", {"decision": "refuse", "reason": "不是"})
    assert foreign.status_code == 404


def test_foreign_money_and_batch_are_told(story: Story) -> None:
    from shuangbi.claims.amounts import Foreign

    money = Foreign("USD", 120000050, "6.8101", DAY, "外汇交易中心中间价")
    claim = story.report(Kind.FUNDS_IN_PLACE, foreign=money, note="首期到账")

    text = page(story, "clerk", claim)

    for words in ("1200000.50 USD", "6.8101", "外汇交易中心中间价", "817.2123万元", "首期到账"):
        assert words in text


def test_english_shows_the_same_claim(story: Story) -> None:
    text = page(story, "clerk", story.recognised(), "en")

    assert "Recognised figure" in text
    assert "Qinghe County" in text


@pytest.mark.parametrize("more", [0, 3])
def test_the_number_of_queries_does_not_grow(story: Story, more: int, django_assert_num_queries: object) -> None:
    claim = story.recognised(evidence=tuple(paper(b"%%PDF-1.4 %d" % n, f"材料{n}.pdf") for n in range(1 + more)))
    client = story.cast.client_of(story.cast.clerk)
    client.get(f"/claims/{claim}/")

    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get(f"/claims/{claim}/")
