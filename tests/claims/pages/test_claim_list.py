"""The list: filters, search, export, scope, and a fixed number of queries."""

from datetime import date

import pytest
from django.test import Client

from shuangbi.claims.choices import Kind
from tests.claims.stories import YI, Story, report

ADDRESS = "/claims/"


@pytest.fixture
def clerk(story: Story) -> Client:
    return story.cast.client_of(story.cast.clerk)


def found(client: Client, **query: object) -> list[str]:
    """The rows of the exported file, without its head."""
    answer = client.get(ADDRESS, {**query, "export": "csv"})
    assert answer.status_code == 200
    return [line for line in answer.content.decode("utf-8-sig").strip().split("\r\n")[1:] if line]


def test_filters_narrow_the_list(story: Story, clerk: Client) -> None:
    cast = story.cast
    story.recognised()
    story.checked(Kind.INVESTED, amount=3 * YI, effective_on=date(2020, 10, 8))
    report(cast.other_reporter, cast.other_county, Kind.STARTED, project=story.other_project.id)
    report(cast.park_reporter, cast.park, Kind.LAND_RESERVED, title="园区储备地", amount=200_000)

    assert len(found(clerk)) == 4
    assert len(found(clerk, kind="started")) == 2
    assert len(found(clerk, state="recognised")) == 1
    assert len(found(clerk, level="reported")) == 2
    assert len(found(clerk, level="recognised")) == 1
    assert len(found(clerk, unit=str(cast.county.id))) == 3
    assert len(found(clerk, unit=str(cast.park.id))) == 1
    assert len(found(clerk, period="2020-10")) == 1
    assert len(found(clerk, period="2020-W38")) == 3
    assert len(found(clerk, period="2020-Q3")) == 3
    assert found(clerk, period="1999-13x") == []
    assert len(found(clerk, q="云塘冷链")) == 1
    assert len(found(clerk, q="园区储备")) == 1


def test_an_export_holds_amount_and_area_apart(story: Story, clerk: Client) -> None:
    story.report(Kind.INVESTED, amount=3 * YI)
    report(story.cast.park_reporter, story.cast.park, Kind.LAND_RESERVED, title="园区储备地", amount=200_000)

    lines = sorted(found(clerk))
    assert any(",30000" in line for line in lines)
    assert any(",300" in line and "园区储备地" in line for line in lines)


def test_the_export_is_scoped(story: Story) -> None:
    story.report()
    report(story.cast.other_reporter, story.cast.other_county, Kind.STARTED, project=story.other_project.id)

    lines = found(story.cast.client_of(story.cast.reporter))
    assert len(lines) == 1
    assert "云塘冷链" not in lines[0]


def test_a_period_of_the_address_stays_in_the_form(clerk: Client) -> None:
    assert '<option value="2020-W40" selected>' in clerk.get(ADDRESS, {"period": "2020-W40"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    story: Story, clerk: Client, count: int, django_assert_num_queries: object
) -> None:
    for day in range(count):
        story.report(effective_on=date(2020, 9, 1 + day))
    clerk.get(ADDRESS)

    with django_assert_num_queries(8):  # type: ignore[operator]
        clerk.get(ADDRESS)


def test_english_says_the_same(story: Story, clerk: Client) -> None:
    story.report()
    clerk.cookies["shuangbi_language"] = "en"

    text = clerk.get(ADDRESS).content.decode()

    assert "What units say was done" in text
    assert "Started" in text


def test_who_has_no_business_inside_is_kept_out(story: Story) -> None:
    for who in ("stranger", "system_admin", "security_admin", "security_auditor"):
        assert story.cast.client_of(getattr(story.cast, who)).get(ADDRESS).status_code == 403
