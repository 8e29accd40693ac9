"""Opening an account again."""

from shuangbi.organisations import actions
from shuangbi.organisations.models import Person
from tests.cast import Cast


def test_the_system_administrator_opens_an_account_again(cast: Cast) -> None:
    actions.close_person(person=cast.reporter, by=cast.system_admin)
    client = cast.client_of(cast.system_admin)
    assert "/open/" in client.get(f"/people/{cast.reporter.id}/").content.decode()
    client.post(f"/people/{cast.reporter.id}/open/")

    assert Person.objects.get(username="reporter").is_active
