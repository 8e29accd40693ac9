"""Throwing a draft away; what is issued stays."""

from shuangbi.bulletins.models import Issue
from tests.bulletins.stories import September


def test_the_office_throws_a_draft_away(september: September) -> None:
    issue = september.draft()
    answer = september.cast.client_of(september.cast.clerk).post(f"/bulletins/{issue.id}/discard/", follow=True)

    assert "草稿已删除。" in answer.content.decode()
    assert not Issue.objects.exists()


def test_an_issued_bulletin_stays(september: September) -> None:
    issue = september.issued()
    answer = september.cast.client_of(september.cast.clerk).post(f"/bulletins/{issue.id}/discard/", follow=True)

    assert "该通报已印发；更正须另行印发。" in answer.content.decode()
    assert Issue.objects.filter(id=issue.id).exists()


def test_others_may_not(september: September) -> None:
    issue = september.draft()

    assert september.cast.client_of(september.cast.unit_lead).post(f"/bulletins/{issue.id}/discard/").status_code == 403
