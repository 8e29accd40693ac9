"""Changing one section: htmx gets the section and the draft's state; without scripts the editor comes again."""

import pytest
from django.http import HttpResponse

from shuangbi.bulletins import actions
from shuangbi.bulletins.models import Issue
from tests.bulletins.stories import September


def send(september: September, issue: Issue, who: str = "clerk", htmx: bool = True, **data: str) -> HttpResponse:
    headers = {"HX-Request": "true"} if htmx else {}
    client = september.cast.client_of(getattr(september.cast, who))
    return client.post(f"/bulletins/{issue.id}/section/", data, headers=headers)  # type: ignore[return-value]


def test_words_are_saved_and_only_the_section_and_the_state_come_back(september: September) -> None:
    issue = september.draft()
    answer = send(september, issue, section="patrol", act="words", words="巡查12个项目。")
    text = answer.content.decode()

    assert Issue.objects.get(id=issue.id).words["patrol"] == "巡查12个项目。"
    assert text.strip().startswith("<section") and text.count("<section") == 2  # noqa: PT018
    assert 'id="draft-state" hx-swap-oob="true"' in text
    assert answer["HX-Trigger"] == "draft-changed"


def test_signing_leaving_out_and_putting_back(september: September) -> None:
    issue = september.draft()
    assert "程知远已签字" in send(september, issue, section="city", act="sign").content.decode()
    assert "本期不列" in send(september, issue, section="events", act="leave").content.decode()
    assert Issue.objects.get(id=issue.id).left_out == ["events"]
    send(september, issue, section="events", act="back")
    assert Issue.objects.get(id=issue.id).left_out == []


def test_a_stale_signature_and_too_many_words_are_refused_in_place(september: September) -> None:
    issue = september.draft()
    assert "请重新阅读" in send(september, issue, section="requirements", act="sign", seen="0" * 16).content.decode()
    answer = send(september, issue, section="requirements", act="words", words="文" * 3001).content.decode()
    assert "has-error" in answer
    assert "文" * 3001 in answer, "what was written is not lost"
    assert Issue.objects.get(id=issue.id).signed == {}


def test_words_with_markup_are_text(september: September) -> None:
    issue = september.draft()
    text = send(september, issue, section="patrol", act="words", words="<script>alert(1)</script>").content.decode()

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_without_scripts_the_editor_comes_again(september: September) -> None:
    issue = september.draft()
    answer = send(september, issue, htmx=False, section="patrol", act="words", words="巡查。")

    assert answer["Location"] == f"/bulletins/{issue.id}/edit/#section-patrol"


@pytest.mark.parametrize("data", [{}, {"section": "nonsense", "act": "sign"}, {"section": "city", "act": "nonsense"}])
def test_nonsense_changes_nothing(september: September, data: dict[str, str]) -> None:
    issue = september.draft()
    assert send(september, issue, **data).status_code in {200, 400}
    now = Issue.objects.get(id=issue.id)
    assert (now.words, now.signed, now.left_out) == (issue.words, {}, [])


def test_an_issued_bulletin_and_a_stranger_s_draft_are_not_there(september: September) -> None:
    issued = september.issued()
    assert send(september, issued, section="city", act="words", words="文").status_code == 404
    assert send(september, september.draft(), who="reporter", section="city", act="sign").status_code == 403
    actions.discard_draft(issue=Issue.objects.get(state="draft"), by=september.clerk)
