"""Around every request: an id, and a clear answer when the store is busy or full."""

import errno
import json
import logging
import sqlite3

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from shuangbi.foundation.errors import Conflict
from shuangbi.foundation.logs import JsonLines, request_id
from shuangbi.foundation.middleware import is_disk_full, pages_middleware
from shuangbi.foundation.write_gate import GateBusy


def _answer(problem: Exception) -> HttpResponse | None:
    middleware = pages_middleware(lambda request: HttpResponse())
    with translation.override("en"):
        return middleware.process_exception(RequestFactory().get("/"), problem)


def _caused(problem: Exception, cause: Exception) -> Exception:
    problem.__cause__ = cause
    return problem


def test_every_answer_carries_the_id_that_the_log_has():
    seen = []

    def view(request):
        seen.append(request_id.get())
        return HttpResponse()

    answers = [pages_middleware(view)(RequestFactory().get("/")) for _ in range(2)]
    assert [answer["X-Request-Id"] for answer in answers] == seen
    assert len(set(seen)) == 2
    assert request_id.get() == "-"


def test_a_busy_gate_says_when_to_come_again():
    answer = _answer(GateBusy("x"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Nothing was saved" in answer.content.decode()


def test_a_form_that_comes_again_with_other_content_is_a_conflict():
    answer = _answer(Conflict("key"))
    assert answer.status_code == 409
    assert "nothing more was saved" in answer.content.decode()


@pytest.mark.parametrize(
    "problem",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "quota"),
        OperationalError("database or disk is full"),
        sqlite3.OperationalError("database or disk is full"),
        _caused(ValueError("outer"), OSError(errno.ENOSPC, "x")),
        OperationalError('could not extend file "base/1": No space left on device'),
    ],
)
def test_a_full_disk_says_that_nothing_was_saved(problem):
    answer = _answer(problem)
    assert answer.status_code == 503
    assert "no room left" in answer.content.decode()


@pytest.mark.parametrize("problem", [ValueError("full"), OSError(errno.EACCES, "x"), OperationalError("locked")])
def test_other_errors_are_not_taken_for_these(problem):
    assert not is_disk_full(problem)
    assert _answer(problem) is None


def test_a_log_record_is_one_line():
    record = logging.LogRecord("a", logging.ERROR, "", 0, "first\r\nsecond %s", ("x",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    entry = json.loads(line)
    assert (entry["message"], entry["level"], entry["request"]) == ("first\r\nsecond x", "ERROR", "-")
