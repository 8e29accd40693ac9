"""Starting a correction from the bulletin it corrects."""

from shuangbi.bulletins.models import Issue
from tests.bulletins.stories import September

SENT = {"dated_on": "2020-10-20", "cutoff_on": "2020-10-20", "idempotency_key": "c"}


def test_a_correction_is_started_once_and_names_the_old_bulletin(september: September) -> None:
    old = september.issued()
    client = september.cast.client_of(september.cast.clerk)
    assert "更正：周通报第1期" in client.get(f"/bulletins/{old.id}/correct/").content.decode()
    first, second = (client.post(f"/bulletins/{old.id}/correct/", SENT) for _ in range(2))

    made = Issue.objects.get(corrects=old)
    assert first["Location"] == second["Location"] == f"/bulletins/{made.id}/edit/"
    assert made.name == "2020-weekly-1-correction-1"


def test_a_second_correction_of_the_same_bulletin_is_refused(september: September) -> None:
    old = september.issued()
    client = september.cast.client_of(september.cast.clerk)
    client.post(f"/bulletins/{old.id}/correct/", SENT)

    answer = client.post(f"/bulletins/{old.id}/correct/", {**SENT, "idempotency_key": "d"})
    assert "2020-weekly-1-correction-1 已更正该通报" in answer.content.decode()


def test_a_date_before_the_corrected_bulletin_is_refused_at_its_field(september: September) -> None:
    old = september.issued()
    answer = september.cast.client_of(september.cast.clerk).post(
        f"/bulletins/{old.id}/correct/", {**SENT, "dated_on": "2020-10-01", "cutoff_on": "2020-10-01"}
    )

    assert "更正的日期不能早于所更正的通报" in answer.content.decode()
    assert Issue.objects.count() == 1


def test_only_the_office_may_and_drafts_are_edited_instead(september: September) -> None:
    old = september.issued()
    cast = september.cast
    assert cast.client_of(cast.reporter).get(f"/bulletins/{old.id}/correct/").status_code == 403
    draft = september.draft()
    answer = cast.client_of(cast.clerk).post(f"/bulletins/{draft.id}/correct/", SENT)
    assert "只有已印发的通报才需更正" in answer.content.decode()
