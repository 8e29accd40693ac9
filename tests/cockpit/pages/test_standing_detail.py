"""A round's groups ranked: as published, now, or as known then."""

import io

import openpyxl

from shuangbi.claims.actions import refuse_claim
from shuangbi.competitions.counting import catch_up
from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season


def test_groups_are_ranked_with_their_items(season: Season) -> None:
    page = text_of(season.client(season.cast.reporter), season.address())

    assert "90.00" in page
    assert "59.00" in page
    assert "-5.00" in page
    assert season.address(season.cast.county) in page
    assert "What reads otherwise" not in page


def test_as_known_now_lists_what_reads_otherwise(season: Season) -> None:
    refuse_claim(claim=season.claims["甲"], by=season.access(season.second_clerk), reason="合同已解除")
    catch_up()

    now = text_of(season.client(season.cast.leader), season.address() + "?as_of=now")
    published = text_of(season.client(season.cast.leader), season.address())

    assert "What reads otherwise than published on 2020-10-19 09:00" in now
    assert "29.00" in now
    assert "Projects signed" in now
    assert "59.00" in published
    assert "29.00" not in published


def test_as_known_then(season: Season) -> None:
    page = text_of(season.client(season.cast.leader), season.address() + "?as_of=2020-10-14T12:00")

    assert "as known at 2020-10-14 12:00" in page


def test_a_time_that_is_none_is_said_and_left_out(season: Season) -> None:
    page = text_of(season.client(season.cast.leader), season.address() + "?as_of=soon")

    assert "soon is no time" in page
    assert "as published on" in page


def test_a_group_is_exported_as_a_spreadsheet(season: Season) -> None:
    response = season.client(season.cast.reader).get(season.address() + "?export=counties")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [list(row[:3]) for row in sheet.iter_rows(values_only=True)]
    assert rows == [["名次", "单位", "得分"], [1, "云塘区", 90], [2, "青禾县", 59]]


def test_a_round_that_is_not_there_answers_404(season: Season) -> None:
    assert season.client(season.cast.reader).get("/standing/sample/2031-01/").status_code == 404
    assert season.client(season.cast.reader).get("/standing/other/2020-09/").status_code == 404


def test_queries(season: Season) -> None:
    assert queries_of(season.client(season.cast.reader), season.address()) == 6
    assert queries_of(season.client(season.cast.reader), season.address() + "?as_of=now") == 7
