"""Templates to fill in."""

import io

import openpyxl
from django.urls import reverse

from tests.cast import Cast
from tests.exchange.sheets import head


def test_a_template_is_a_workbook_of_its_heads(cast: Cast) -> None:
    answer = cast.client_of(cast.reporter).get(reverse("exchange:import-template", args=["claims"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book.worksheets[0][1]] == head("claims")
    assert "attachment" in answer["Content-Disposition"]


def test_tables_of_others_are_not_there(cast: Cast) -> None:
    client = cast.client_of(cast.reporter)
    for kind in ("units", "people", "targets", "stars"):
        assert client.get(reverse("exchange:import-template", args=[kind])).status_code == 404
    assert cast.client_of(cast.leader).get(reverse("exchange:import-template", args=["claims"])).status_code == 403
