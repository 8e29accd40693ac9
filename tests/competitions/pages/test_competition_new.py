"""Opening a competition on a page."""

from django.urls import reverse

from shuangbi.competitions.models import Competition
from shuangbi.organisations.choices import Role
from tests.cast import give
from tests.competitions.stories import Race

URL = reverse("competitions:competition-new")
SAID = {
    "name": "双比双看", "name_en": "", "slug": "race-2020", "office": "示例市竞赛办", "basis": "示例2号", "starts_on": "2020-09-01",
    "ends_on": "2020-12-31", "idempotency_key": "one-click",
}


def test_the_office_opens_one_and_goes_to_it(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    assert client.get(URL).status_code == 200

    answers = [client.post(URL, {**SAID, "owner": race.cast.region.id}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == ["/competitions/race-2020/"] * 2
    assert Competition.objects.filter(slug="race-2020").count() == 1


def test_what_is_wrong_stands_beside_its_field(race: Race) -> None:
    client = race.cast.client_of(race.cast.clerk)
    for changes, field in (({"slug": "sample-2020"}, "slug"), ({"ends_on": "2020-08-01"}, "ends_on"), ({"slug": "双比"}, "slug")):
        answer = client.post(URL, {**SAID, "owner": race.cast.region.id, "idempotency_key": field, **changes})
        assert answer.status_code in {200, 422}
        assert list(answer.context["form"].errors) == [field]


def test_a_countys_office_is_offered_its_own_unit_and_those_below(race: Race) -> None:
    give(race.cast, race.cast.unit_lead, Role.OFFICE_LEAD, race.cast.county)
    client = race.cast.client_of(race.cast.unit_lead)

    offered = set(client.get(URL).context["form"].fields["owner"].queryset)

    assert offered == {race.cast.county, race.cast.park}
    assert client.post(URL, {**SAID, "owner": race.cast.region.id}).context["form"].errors


def test_nobody_else_opens_one(race: Race) -> None:
    for person in (race.cast.reporter, race.cast.unit_lead, race.cast.owner, race.cast.leader, race.cast.system_admin):
        assert race.cast.client_of(person).get(URL).status_code == 403
        assert race.cast.client_of(person).post(URL, SAID).status_code == 403
