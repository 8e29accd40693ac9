"""Reading a draft's figures anew."""

from datetime import date

from shuangbi.bulletins.actions import NewIssue
from tests.bulletins.stories import September

TODAY = NewIssue("weekly", "2020-W40", "2020-09", date(2020, 10, 20), date(2020, 10, 20))


def test_new_facts_are_read_and_signatures_lost(september: September) -> None:
    issue = september.signed(september.draft(TODAY))
    september.refuse("A1")
    answer = september.cast.client_of(september.cast.clerk).post(f"/bulletins/{issue.id}/refresh/", follow=True)

    issue.refresh_from_db()
    assert "各部分须重新签字" in answer.content.decode()
    assert issue.signed == {}


def test_nothing_new_changes_nothing(september: September) -> None:
    issue = september.signed(september.draft())
    answer = september.cast.client_of(september.cast.clerk).post(f"/bulletins/{issue.id}/refresh/", follow=True)

    issue.refresh_from_db()
    assert "各项数据不变" in answer.content.decode()
    assert issue.signed


def test_issued_bulletins_are_not_there(september: September) -> None:
    issue = september.issued()

    assert september.cast.client_of(september.cast.clerk).post(f"/bulletins/{issue.id}/refresh/").status_code == 404
