"""All bulletins: filters, export, drafts only for the office."""

import csv
import io

import pytest

from shuangbi.bulletins import actions
from tests.bulletins.stories import MONTHLY, September


def page(september: September, who: str, query: str = "", language: str = "") -> str:
    client = september.cast.client_of(getattr(september.cast, who))
    if language:
        client.cookies["shuangbi_language"] = language
    answer = client.get(f"/bulletins/{query}")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


@pytest.fixture
def three(september: September) -> September:
    """A weekly and a monthly bulletin issued, a second weekly one drafted."""
    september.issued()
    september.publish()
    september.issued(MONTHLY)
    september.draft()
    return september


def test_issued_bulletins_stand_with_level_cut_off_and_files(three: September) -> None:
    text = page(three, "leader")

    for words in ("周通报第1期", "月通报第9期", "快报数", "认定数", "2020-10-11", "/internal/pdf/", "/public/pdf/"):
        assert words in text
    assert "2020-weekly-2" not in text
    assert "起草通报" not in text


def test_the_office_sees_drafts_and_may_start_one(three: September) -> None:
    text = page(three, "clerk")

    assert "2020-weekly-2" in text
    assert "起草通报" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?kind=weekly", {"2020-weekly-1", "2020-weekly-2"}), ("?kind=monthly", {"2020-monthly-9"}),
        ("?state=draft", {"2020-weekly-2"}), ("?corrects=true", set()), ("?q=monthly", {"2020-monthly-9"}),
        ("?corrects=false", {"2020-weekly-1", "2020-weekly-2", "2020-monthly-9"}),
    ],
)
def test_filters_narrow(three: September, query: str, shown: set[str]) -> None:
    text = page(three, "clerk", query)

    assert {name for name in ("2020-weekly-1", "2020-weekly-2", "2020-monthly-9") if name in text} == shown


def test_the_export_holds_what_is_shown(three: September) -> None:
    client = three.cast.client_of(three.cast.reporter)
    rows = list(csv.reader(io.StringIO(client.get("/bulletins/?export=csv").content.decode("utf-8-sig"))))

    assert [row[1] for row in rows[1:]] == ["2020-monthly-9", "2020-weekly-1"]
    assert rows[1][4] == "认定数"


def test_english_is_complete(three: September) -> None:
    text = page(three, "clerk", language="en")

    assert "Weekly bulletin No. 1" in text
    actions.discard_draft(issue=three.draft(), by=three.clerk)
