"""Uploading a table: checked at once, written only on a second word."""

import pytest
from django.urls import reverse

from shuangbi.exchange.models import Attempt
from shuangbi.ledger.models import Fact
from shuangbi.organisations.models import Unit
from tests.cast import Cast
from tests.competitions.pages.scope import countys_own, shown
from tests.competitions.stories import Race
from tests.exchange.pages.uploading import UNIT, send, sent
from tests.exchange.sheets import filled, head, row, xlsx


def test_the_page_says_which_columns_there_are(cast: Cast) -> None:
    text = shown(cast.client_of(cast.clerk), reverse("exchange:import-upload", args=["projects"]))
    assert "总投资（万元）" in text


def test_a_good_table_is_checked_and_nothing_written(cast: Cast) -> None:
    before = Fact.objects.count()
    attempt = sent(cast.client_of(cast.clerk), "units", UNIT, {**UNIT, "code": "x02"})
    assert (attempt.state, attempt.count, attempt.errors, attempt.person) == ("checked", 2, [], cast.clerk)
    assert Fact.objects.count() == before


def test_a_bad_one_keeps_its_errors(cast: Cast) -> None:
    attempt = sent(cast.client_of(cast.clerk), "units", UNIT, {**UNIT, "code": "x02", "parent": "nowhere"})
    assert (attempt.state, [error[:2] for error in attempt.errors]) == ("refused", [[3, "上级代码"]])


def test_the_next_upload_of_a_table_takes_the_place_of_the_last(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    first = sent(client, "units", UNIT)
    second = sent(client, "units", UNIT)
    assert list(Attempt.objects.all()) == [second]
    assert first != second


@pytest.mark.parametrize("name", ["table.xlsx", "table.csv", "table.exe", "table"])
def test_what_is_no_table_is_refused_beside_the_field(cast: Cast, name: str) -> None:
    answer = send(cast.client_of(cast.clerk), "units", b"\x00\x01\x02 no table", name)
    assert answer.status_code in {200, 422}
    assert not Attempt.objects.exists()
    assert answer.context["form"].errors  # type: ignore[attr-defined]


def test_merged_heads_are_refused_beside_the_field(cast: Cast) -> None:
    answer = send(cast.client_of(cast.clerk), "units", xlsx([head("units"), row("units", **UNIT)], merged="C1:D1"))
    assert "合并" in answer.content.decode()
    assert not Unit.objects.filter(code="x01").exists()


def test_a_table_of_a_competition_names_one_that_is_seen(race: Race) -> None:
    other, client = countys_own(race.cast), race.cast.client_of(race.cast.clerk)
    content = filled("targets", {"round": "2020-09", "unit": "青禾县", "measure": "签约", "value": 3})

    assert send(client, "targets", content, competition=race.competition.id).status_code == 302
    assert Attempt.objects.get().competition == race.competition
    assert send(client, "targets", content).context["form"].errors.keys() == {"competition"}  # type: ignore[attr-defined]
    # A scheme was never frozen there.
    assert send(client, "targets", content, competition=other.id).context["form"].errors  # type: ignore[attr-defined]


def test_only_the_roles_of_a_table_upload_it(cast: Cast) -> None:
    content = filled("units", UNIT)
    assert send(cast.client_of(cast.reporter), "units", content).status_code == 404
    assert send(cast.client_of(cast.leader), "units", content).status_code == 403
    assert send(cast.client_of(cast.clerk), "stars", content).status_code == 404
