"""What refuses issuing: glyphs, levels, empty sections; and what only warns."""

import dataclasses

import pytest

from shuangbi.bulletins.checks import Problem, check
from shuangbi.bulletins.content import Attachment, Heading, PageBreak, Paragraph, Table
from shuangbi.bulletins.glyphs import characters_shown, missing_glyphs
from tests.bulletins import sample

TEXT = Paragraph("文")


def problems(*blocks, **changes):
    return check(dataclasses.replace(sample.circular(), attachments=(), blocks=blocks, **changes))


@pytest.mark.parametrize("document", [sample.weekly(), sample.circular(), sample.running_text()])
def test_sound_document_has_no_problem(document):
    assert check(document) == []


def test_missing_glyph_is_named_with_its_place_and_blocks():
    table = dataclasses.replace(sample.city_totals(), rows=(("𠮷",) * 8,))
    document = dataclasses.replace(sample.circular(), attachments=(), blocks=(TEXT, table))

    assert missing_glyphs(document)[0] == ("𠮷", "blocks[1].rows[0][0]")
    assert check(document)[0] == Problem("glyph_missing", "blocks[1].rows[0][0]", "𠮷")
    assert check(document)[0].blocking


def test_emoji_and_private_characters_are_missing():
    document = dataclasses.replace(sample.circular(), title="通知😀\ue000")

    assert missing_glyphs(document) == [("😀", "title"), ("\ue000", "title")]


def test_every_gbk_character_and_the_usual_name_characters_can_be_shown():
    gbk = {chr(code) for code in range(0x4E00, 0x9FA6)}
    names = set("镕堃喆昇翀旻玥珺祎頔霂潠㎡①〔〕—…“”·％℃±×÷≥≤→")

    assert not {character for character in gbk | names if ord(character) not in characters_shown()}


def test_skipped_level_is_named():
    assert problems(Heading(1, "甲"), Heading(3, "乙"), TEXT) == [Problem("level_skipped", "blocks[1]", "乙")]
    assert problems(Heading(2, "甲"), TEXT) == [Problem("level_skipped", "blocks[0]", "甲")]


def test_numbered_sentence_may_stand_at_any_level_without_text_below():
    assert (
        problems(
            Heading(1, "甲"), TEXT, Heading(3, "施工便道未通，10月16日前解决。"), Heading(3, "供电不足；")
        )
        == []
    )


@pytest.mark.parametrize(
    "following", [(), (Heading(1, "乙"), TEXT), (PageBreak(),), (Heading(2, ""), TEXT)], ids=str
)
def test_section_without_text_is_named(following):
    found = problems(Heading(1, "甲"), *following)

    assert [problem.code for problem in found] == ["section_empty"]


def test_section_with_only_a_subsection_or_a_table_is_not_empty():
    assert problems(Heading(1, "甲"), Heading(2, "乙"), TEXT) == []
    assert problems(Heading(1, "甲"), sample.city_totals()) == []


def test_empty_paragraph_table_and_parts_are_named():
    empty = Table(sample.city_totals().columns, (), caption="表1")
    found = problems(Paragraph(" "), empty, title=" ")

    assert found == [
        Problem("part_missing", "title"),
        Problem("paragraph_empty", "blocks[0]"),
        Problem("table_empty", "blocks[1]", "表1"),
    ]


def test_annexes_are_checked_too():
    document = dataclasses.replace(sample.circular(), attachments=(Attachment("清单", (Heading(1, "甲"),)),))

    assert check(document) == [Problem("section_empty", "attachments[0].blocks[0]", "甲")]


def test_long_text_warns_and_does_not_block():
    title = len("关于做好项目建设竞赛月度考核工作的通知")

    assert problems(Paragraph("文" * (5000 - title))) == []
    (problem,) = problems(Paragraph("文" * (5001 - title)))
    assert problem == Problem("too_long", "", "5001")
    assert not problem.blocking
