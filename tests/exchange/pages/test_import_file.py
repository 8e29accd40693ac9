"""The person's own file with what is wrong in each row."""

import io

import openpyxl

from tests.cast import Cast
from tests.exchange.pages.uploading import UNIT, address, send, sent


def test_it_opens_again_with_the_errors_in_their_rows(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", UNIT, {**UNIT, "code": "x02", "parent": "nowhere"})

    answer = client.get(address("import-file", attempt))

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[0][-1] == "错误说明"
    assert rows[1][-1] is None
    assert rows[2][-1].startswith("上级代码：")
    # Mended, the same file can be sent again.
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    book.worksheets[0].cell(3, 5).value = "qinghe"
    out = io.BytesIO()
    book.save(out)
    assert send(client, "units", out.getvalue()).status_code == 302
    assert client.get(address("import-file", attempt)).status_code == 404


def test_after_loading_there_is_nothing_to_take_back(cast: Cast) -> None:
    client = cast.client_of(cast.clerk)
    attempt = sent(client, "units", UNIT)
    client.post(address("import-load", attempt))
    assert client.get(address("import-file", attempt)).status_code == 404


def test_it_is_its_senders(cast: Cast) -> None:
    attempt = sent(cast.client_of(cast.clerk), "units", UNIT)
    assert cast.client_of(cast.office_lead).get(address("import-file", attempt)).status_code == 404
