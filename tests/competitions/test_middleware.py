"""A busy gate after the deed does not undo it: the postings wait for the next one who writes."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse

from shuangbi.competitions import middleware
from shuangbi.foundation.write_gate import GateBusy


def test_a_busy_gate_leaves_the_answer_as_it_is(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def busy() -> int:
        raise GateBusy

    monkeypatch.setattr(middleware, "catch_up", busy)
    request = HttpRequest()
    request.method = "POST"

    with caplog.at_level(logging.WARNING):
        answer = middleware.catch_up_middleware(lambda _request: HttpResponse("done"))(request)

    assert answer.content == b"done"
    assert "behind" in caplog.text
