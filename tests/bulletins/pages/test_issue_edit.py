"""The editor of a draft: every section with its figures and words, what stands against issuing, who may do what next."""

import pytest

from shuangbi.bulletins import actions
from tests.bulletins.stories import September


def page(september: September, issue_id: object, who: str = "clerk", language: str = "") -> str:
    client = september.cast.client_of(getattr(september.cast, who))
    if language:
        client.cookies["shuangbi_language"] = language
    answer = client.get(f"/bulletins/{issue_id}/edit/")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_sections_stand_one_under_another_with_figures_that_cannot_be_written(september: September) -> None:
    issue = september.draft()
    actions.edit_words(issue=issue, section="patrol", words="巡查12个项目。", by=september.clerk)
    text = page(september, issue.id)

    places = [text.index(f'id="section-{name}"') for name in ("head", "city", "indicators", "events", "patrol", "problems", "requirements", "note")]
    assert places == sorted(places)
    assert "巡查情况：</strong>巡查12个项目。" in text
    assert "<td class=\"right\">18.2</td>" in text
    assert text.count("<textarea") == 8, "a field of words in each section that takes any, and no field for a figure"
    assert 'type="number"' not in text


def test_the_state_lists_what_is_still_to_be_done_and_the_length(september: September) -> None:
    text = page(september, september.draft().id)

    assert "“全市完成情况”未签字。" in text
    assert "不超过5000字" in text
    assert "/issue/" not in text


def test_who_signed_is_named_and_only_the_lead_who_is_not_the_author_may_issue(september: September) -> None:
    issue = september.signed(september.draft())

    assert "程知远已签字" in page(september, issue.id)
    assert f"/bulletins/{issue.id}/issue/" in page(september, issue.id, "office_lead")
    assert f"/bulletins/{issue.id}/issue/" not in page(september, issue.id, "clerk")
    own = actions.draft_issue(competition=september.competition, new=issue_of(2), by=september.lead)
    assert "起草人不能签发" in page(september, september.signed(own).id, "office_lead")


def issue_of(number: int) -> actions.NewIssue:
    from tests.bulletins.stories import WEEKLY

    return actions.NewIssue(**{**WEEKLY.__dict__, "number": number})


def test_an_issued_bulletin_has_no_editor(september: September) -> None:
    issue = september.issued()
    answer = september.cast.client_of(september.cast.clerk).get(f"/bulletins/{issue.id}/edit/")

    assert answer["Location"] == f"/bulletins/{issue.id}/"


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("reporter", 403), ("owner", 403), ("system_admin", 403)])
def test_only_the_office_edits(september: September, who: str, status: int) -> None:
    client = september.cast.client_of(getattr(september.cast, who))

    assert client.get(f"/bulletins/{september.draft().id}/edit/").status_code == status


def test_english(september: September) -> None:
    text = page(september, september.draft().id, language="en")

    assert "Before it is issued" in text
    assert "“City totals” has not been signed." in text
