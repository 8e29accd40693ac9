"""Content: what is cleaned, refused, numbered, counted; and its canonical JSON."""

import dataclasses
import json
from datetime import date

import pytest

from shuangbi.bulletins.content import (
    Column,
    ContentError,
    Document,
    Heading,
    Masthead,
    PageBreak,
    Paragraph,
    Table,
    block_from_plain,
    characters,
    chinese_date,
    chinese_number,
    clean,
    from_json,
    heading_numbers,
    plain,
    texts,
    to_json,
)
from tests.bulletins import sample


@pytest.mark.parametrize("document", [sample.weekly(), sample.circular(), sample.running_text()])
def test_json_gives_the_same_document_and_the_same_bytes_again(document):
    data = to_json(document)

    assert from_json(data) == document
    assert to_json(from_json(data)) == data


def test_json_is_canonical():
    data = to_json(sample.weekly())
    body = json.loads(data)

    assert data == json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert body["format"] == 1
    assert body["dated_on"] == "2020-10-13"


def test_page_break_and_every_other_block_come_back_alone():
    for block in (PageBreak(), Heading(2, "甲"), Paragraph("乙", "丙"), sample.city_totals()):
        assert block_from_plain(json.loads(json.dumps(plain(block)))) == block


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":2}',
        b'{"format":1}',
        b'{"format":1,"blocks":[{"block":"script"}]}',
        b"\xff",
    ],
)
def test_json_of_another_form_is_refused(data):
    with pytest.raises(ContentError):
        from_json(data)


def test_unknown_block_is_refused_by_name():
    with pytest.raises(ContentError, match="unknown block 'chart'"):
        block_from_plain({"block": "chart"})


def test_text_is_composed_and_freed_of_control_and_invisible_characters():
    assert clean("e\u0301\u202e甲\x00乙\u200b\r\n丙\t丁") == "é甲乙\n丙 丁"
    assert Paragraph("e\u0301") == Paragraph("é")
    table = Table([Column("甲\x07")], [["1\u200b"]])  # type: ignore[arg-type,list-item]
    assert (table.columns[0].title, table.rows) == ("甲", (("1",),))


def test_row_of_another_width_is_refused_with_its_number():
    with pytest.raises(ContentError, match="row 2: 1 cells for 2 columns"):
        Table((Column("甲"), Column("乙")), (("1", "2"), ("3",)), caption="表1")


def test_table_without_columns_column_without_width_and_heading_of_level_5_are_refused():
    with pytest.raises(ContentError, match="no columns"):
        Table((), ())
    with pytest.raises(ContentError, match="level 5"):
        Heading(5, "甲")
    with pytest.raises(ContentError, match="weight 0"):
        Column("甲", weight=0)


def test_headings_are_numbered_by_level_and_begin_again_below_a_higher_one():
    blocks = (
        Heading(1, ""),
        Heading(2, ""),
        Heading(2, ""),
        Heading(3, ""),
        Heading(4, ""),
        Paragraph(""),
        Heading(4, ""),
        Heading(3, ""),
        Heading(1, ""),
        Heading(2, ""),
    )

    assert heading_numbers(blocks) == (
        "一、",
        "（一）",
        "（二）",
        "1.",
        "（1）",
        "",
        "（2）",
        "2.",
        "二、",
        "（一）",
    )


def test_chinese_numbers():
    assert [chinese_number(n) for n in (1, 10, 11, 20, 35, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "三十五",
        "九十九",
    ]
    with pytest.raises(ContentError):
        chinese_number(100)


def test_date_has_no_leading_zeros():
    assert chinese_date(date(2026, 3, 6)) == "2026年3月6日"


def test_characters_count_words_and_notes_but_no_cells_and_no_spaces():
    table = Table((Column("列"),), (("单元格",),), caption="表 1", note="注释")
    document = Document(
        identifier="x",
        masthead=Masthead("newsletter", "刊", "第1期"),
        title="标 题",
        dated_on=date(2020, 1, 1),
        blocks=(Heading(1, "总体"), Paragraph("正文\n二", "先进："), table, PageBreak()),
    )

    assert characters(document) == 2 + 2 + 6 + 2 + 2


def test_texts_name_every_printed_text_and_nothing_else():
    found = dict(texts(sample.circular(sealed=True)))

    assert found["masthead.number"] == "示竞办〔2020〕8号"
    assert found["attachments[1].blocks[0].text"] == "说明"
    assert found["imprint.copy_to[0]"] == "市委办公室"
    assert not {"document", "internal"} & set(found.values())


def test_documents_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        sample.weekly().title = "另一标题"  # type: ignore[misc]
