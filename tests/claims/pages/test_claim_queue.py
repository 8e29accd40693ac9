"""What waits for one, and many decisions at once."""

from datetime import date
from uuid import uuid4

import pytest

from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim
from tests.claims.stories import YI, Story, report

ADDRESS = "/claims/queue/"


def test_many_are_checked_at_once_and_the_rest_says_why_not(story: Story) -> None:
    cast = story.cast
    one, two = story.report(), story.report(Kind.COMPLETED)
    amount = story.report(Kind.INVESTED, amount=YI)
    client = cast.client_of(cast.owner)
    chosen = [str(one), str(two), str(amount), str(uuid4()), "nonsense"]

    answer = client.post(ADDRESS, {"claim": chosen, "decision": "check", "idempotency_key": "b"})

    assert answer.status_code == 200
    assert [Claim.objects.get(id=claim).state for claim in (one, two, amount)] == ["checked", "checked", "reported"]
    assert [outcome.done for _claim, outcome in answer.context["outcomes"]] == [False, False]
    again = client.post(ADDRESS, {"claim": [str(one), str(two)], "decision": "check", "idempotency_key": "b"})
    assert again.context["outcomes"] == []


@pytest.mark.parametrize(
    "values", [{"decision": "check"}, {"claim": "x", "decision": "check"}, {"claim": "ONE"},
               {"claim": "ONE", "decision": "refuse"}, {"claim": "ONE", "decision": "dance"}]
)
def test_a_batch_that_says_too_little_changes_nothing(story: Story, values: dict[str, str]) -> None:
    claim = story.report()
    sent = {name: value.replace("ONE", str(claim)) for name, value in values.items()}

    answer = story.cast.client_of(story.cast.owner).post(ADDRESS, sent)

    assert answer.status_code == 200
    assert 'class="notice is-' in answer.content.decode()
    assert Claim.objects.get(id=claim).state == "reported"


def test_a_foreign_claim_is_answered_like_an_absent_one(story: Story) -> None:
    theirs = report(
        story.cast.other_reporter, story.cast.other_county, Kind.INVESTED, project=story.other_project.id, amount=YI
    )
    client = story.cast.client_of(story.cast.unit_lead)

    foreign = client.post(ADDRESS, {"claim": [str(theirs)], "decision": "check"})
    absent = client.post(ADDRESS, {"claim": [str(uuid4())], "decision": "check"})

    said = [answer.context["outcomes"][0] for answer in (foreign, absent)]
    assert [claim for claim, _outcome in said] == [None, None]
    assert said[0][1].message == said[1][1].message


def test_a_reporter_finds_what_came_back_but_no_boxes_to_decide(story: Story) -> None:
    from shuangbi.claims import actions

    claim = story.report()
    actions.return_claim(claim=claim, by=story.access(story.cast.owner), reason="缺照片")

    text = story.cast.client_of(story.cast.reporter).get(ADDRESS).content.decode()

    assert f"/claims/{claim}/" in text
    assert 'name="decision"' not in text
    assert 'type="checkbox"' not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(story: Story, count: int, django_assert_num_queries: object) -> None:
    for day in range(count):
        story.report(effective_on=date(2020, 9, 1 + day))
    client = story.cast.client_of(story.cast.owner)
    client.get(ADDRESS)

    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get(ADDRESS)
