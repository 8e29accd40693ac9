"""Issuing from the page: by another person, once, or with every problem said."""

from shuangbi.bulletins.models import Issue
from shuangbi.ledger.models import Fact
from tests.bulletins.stories import September


def test_the_lead_issues_and_a_second_click_does_nothing_twice(september: September) -> None:
    issue = september.signed(september.draft())
    client = september.cast.client_of(september.cast.office_lead)
    first, second = (client.post(f"/bulletins/{issue.id}/issue/", {"idempotency_key": "k"}) for _ in range(2))

    assert first["Location"] == second["Location"] == f"/bulletins/{issue.id}/"
    assert "通报已印发，文件已存档。" in client.get(f"/bulletins/{issue.id}/").content.decode()
    assert Fact.objects.filter(kind="bulletins.issued").count() == 1


def test_every_problem_is_said_and_nothing_issued(september: September) -> None:
    issue = september.draft()
    answer = september.cast.client_of(september.cast.office_lead).post(f"/bulletins/{issue.id}/issue/", follow=True)
    text = answer.content.decode()

    for section in ("开头", "全市完成情况", "下步要求"):
        assert f"“{section}”未签字。" in text
    assert Issue.objects.get(id=issue.id).is_draft


def test_the_author_and_the_clerk_cannot(september: September) -> None:
    issue = september.signed(september.draft())
    answer = september.cast.client_of(september.cast.clerk).post(f"/bulletins/{issue.id}/issue/", follow=True)

    assert "通报由竞赛办负责人签发，起草人不能签发。" in answer.content.decode()
    assert Issue.objects.get(id=issue.id).is_draft


def test_others_may_not_even_ask(september: September) -> None:
    issue = september.signed(september.draft())

    for who in ("reporter", "leader", "reader", "owner"):
        assert september.cast.client_of(getattr(september.cast, who)).post(f"/bulletins/{issue.id}/issue/").status_code == 403
