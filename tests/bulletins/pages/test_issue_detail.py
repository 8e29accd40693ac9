"""One issued bulletin: as it went out, its hashes and checkpoint, what reads otherwise now; and its correction."""

from datetime import date

from shuangbi.bulletins import actions
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import checkpoint_of
from tests.bulletins.stories import MONTHLY, September


def page(september: September, issue: Issue, who: str = "leader", query: str = "") -> str:
    answer = september.cast.client_of(getattr(september.cast, who)).get(f"/bulletins/{issue.id}/{query}")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_it_shows_the_frozen_words_the_hashes_and_the_checkpoint(september: September) -> None:
    issue = september.issued()
    text = page(september, issue)

    assert "关于2020年9月28日至10月11日<br>示例竞赛进展情况的通报" in text
    for sha256 in (issue.files[f"{audience}.{form}"] for audience in ("internal", "public") for form in ("pdf", "docx", "html")):
        assert sha256 in text
    assert checkpoint_of(issue) in text
    assert "印发后没有变化" in text


def test_the_public_version_holds_nothing_internal(september: September) -> None:
    issue = september.issued()

    assert "下步要求" in page(september, issue)
    public = page(september, issue, query="?audience=public")
    assert "下步要求" not in public
    assert "推进缓慢" not in public
    assert 'data-audience="public"' in public


def test_what_reads_otherwise_now_is_listed_beside_the_unchanged_bulletin(september: September) -> None:
    september.publish()
    issue = september.issued(MONTHLY)
    september.refuse("A2")
    text = page(september, issue)

    assert "下列数据今天会有所不同" in text
    assert '<td class="num">72.00</td><td class="num">60.00</td>' in text


def test_the_correction_and_the_corrected_lead_to_each_other(september: September) -> None:
    old = september.issued()
    made = actions.draft_correction(issue=old, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20), by=september.clerk)
    assert "本期已更正" not in page(september, old), "a draft corrects nothing yet"
    actions.edit_words(issue=made, section="correction", words="原因。", by=september.clerk)
    new = actions.issue_bulletin(issue=september.signed(made), by=september.lead)

    assert f'本期已更正： <a href="/bulletins/{new.id}/">' in page(september, old)
    assert f'本期更正： <a href="/bulletins/{old.id}/">' in page(september, new)
    assert f"/bulletins/{old.id}/correct/" not in page(september, old, "clerk")
    assert f"/bulletins/{new.id}/correct/" in page(september, new, "clerk")


def test_only_the_office_is_offered_to_correct(september: September) -> None:
    issue = september.issued()

    assert f"/bulletins/{issue.id}/correct/" in page(september, issue, "clerk")
    assert f"/bulletins/{issue.id}/correct/" not in page(september, issue, "reporter")


def test_a_draft_leads_its_office_to_the_editor_and_is_not_there_for_others(september: September) -> None:
    issue = september.draft()
    cast = september.cast

    assert cast.client_of(cast.clerk).get(f"/bulletins/{issue.id}/")["Location"] == f"/bulletins/{issue.id}/edit/"
    assert cast.client_of(cast.leader).get(f"/bulletins/{issue.id}/").status_code == 404


def test_english(september: September) -> None:
    client = september.cast.client_of(september.cast.leader)
    client.cookies["shuangbi_language"] = "en"
    text = client.get(f"/bulletins/{september.issued().id}/").content.decode()

    assert "Nothing has changed since" in text
    assert "Weekly bulletin No. 1" in text
