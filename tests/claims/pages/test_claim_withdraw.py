"""Withdrawing through the page."""

from shuangbi.claims.models import Claim
from tests.claims.stories import Story


def test_withdrawing_by_its_page(story: Story) -> None:
    claim = story.report()
    client = story.cast.client_of(story.cast.reporter)
    for _again in range(2):
        assert client.post(f"/claims/{claim}/withdraw/", {"idempotency_key": "w"}).status_code == 302
    assert Claim.objects.get(id=claim).state == "withdrawn"

    assert client.post(f"/claims/{claim}/withdraw/", {"idempotency_key": "other"}).status_code == 302
    assert client.get(f"/claims/{claim}/withdraw/").status_code == 405
