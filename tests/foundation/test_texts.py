"""Characters that cannot be seen are found, whatever they are called."""

import pytest

from shuangbi.foundation.texts import hidden_characters, tidy


@pytest.mark.parametrize(("text", "found"), [
    ("示例 Park-1（一期）", []),
    ("a\u202eb", ["U+202E"]),
    ("\u200b\ufeff\u200b", ["U+200B", "U+FEFF"]),
    ("\u2066x\u2069", ["U+2066", "U+2069"]),
    ("line\nbreak", ["U+000A"]),
    ("\u3164", ["U+3164"]),
    ("\ue000", ["U+E000"]),
    ("\u2028", ["U+2028"]),
    ("\U000e0041", ["U+E0041"]),
])
def test_hidden_characters(text: str, found: list[str]) -> None:
    assert hidden_characters(text) == found


def test_line_breaks_pass_where_lines_are_allowed() -> None:
    assert hidden_characters("一\r\n二\t三\u200b", lines=True) == ["U+200B"]


def test_tidy_composes_and_keeps_one_blank() -> None:
    assert tidy("  cafe\u0301   一\u3000二 ") == "caf\u00e9 一 二"
