"""What the ledger refuses is answered in words, not by an error page."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from shuangbi.ledger.actions import ClockWentBack, KeyReused
from shuangbi.ledger.middleware import ledger_middleware


@pytest.mark.parametrize(
    ("problem", "status", "words", "chinese"),
    [
        (KeyReused("k"), 409, "What was sent first stands", "先提交的内容有效"),
        (ClockWentBack("then < now"), 503, "must set the server", "校正服务器时钟"),
    ],
)
def test_the_ledgers_no_is_said_in_words(problem, status, words, chinese):
    middleware = ledger_middleware(lambda request: HttpResponse())
    for language, expected in (("en", words), ("zh-hans", chinese)):
        with translation.override(language):
            answer = middleware.process_exception(RequestFactory().post("/"), problem)
        assert answer.status_code == status
        assert expected in answer.content.decode()


def test_anything_else_goes_on():
    middleware = ledger_middleware(lambda request: HttpResponse("page"))
    assert middleware(RequestFactory().get("/")).content == b"page"
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None
