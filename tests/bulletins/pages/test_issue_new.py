"""Starting a draft: a first guess, one draft a form, and the reason of every refusal beside its field."""

import pytest

from shuangbi.bulletins.models import Issue
from tests.bulletins.stories import September

SENT = {
    "kind": "weekly", "week": "2020-W40", "month": "2020-09", "cutoff_on": "2020-10-11", "dated_on": "2020-10-12", "number": "",
    "idempotency_key": "a",
}


def test_the_form_guesses_the_last_week_and_its_month(september: September) -> None:
    text = september.cast.client_of(september.cast.clerk).get("/bulletins/new/").content.decode()

    assert '<option value="2020-W40" selected>' in text
    assert '<option value="2020-09" selected>' in text
    assert 'value="2020-10-11"' in text


def test_a_draft_is_started_once_however_often_the_form_is_sent(september: September) -> None:
    client = september.cast.client_of(september.cast.clerk)
    first, second = (client.post("/bulletins/new/", SENT) for _ in range(2))

    issue = Issue.objects.get()
    assert first.status_code == 302
    assert first["Location"] == second["Location"] == f"/bulletins/{issue.id}/edit/"
    assert issue.author == september.cast.clerk


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"week": ""}, "请选择本期通报的时段"),
        ({"cutoff_on": "2020-10-13"}, "数据截止日晚于成文日期"),
        ({"kind": "monthly"}, "请先公布2020-09的考核结果"),
        ({"cutoff_on": "2020-10-08"}, "尚未冻结计分办法"),
    ],
)
def test_refusals_are_said_and_nothing_is_made(september: September, changes: dict[str, str], words: str) -> None:
    answer = september.cast.client_of(september.cast.clerk).post("/bulletins/new/", {**SENT, **changes})

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Issue.objects.exists()


def test_only_the_office_may(september: September) -> None:
    for who in ("reporter", "leader", "reader", "system_admin"):
        assert september.cast.client_of(getattr(september.cast, who)).get("/bulletins/new/").status_code == 403


def test_without_a_competition_the_page_says_what_to_do(cast, demo_day) -> None:
    text = cast.client_of(cast.clerk).get("/bulletins/new/").content.decode()

    assert "请先设立竞赛、冻结计分办法、开设时段" in text
