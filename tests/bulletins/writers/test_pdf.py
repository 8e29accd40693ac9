"""The PDF measured against GB/T 9704-2012 (docs/bulletin-checklist.md says which row is tested where)."""

import dataclasses
import re
from datetime import date
from itertools import pairwise

import pytest

from shuangbi.bulletins.content import Attachment, Document, Heading, Imprint, Paragraph, Signature
from shuangbi.bulletins.writers import pdf
from tests.bulletins import sample
from tests.bulletins.paper import NEEDS_POPPLER, ink, line_with, pages, picture, rules, text_of

pytestmark = NEEDS_POPPLER
CHARACTER = 15.75 * 25.4 / 72  # 3号, mm
FOUR = 14 * 25.4 / 72  # 4号, mm
PITCH = (225 - CHARACTER) / 21  # line to line, mm
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0


def near(value: float, tolerance: float = 0.15) -> object:
    return pytest.approx(value, abs=tolerance)


@pytest.fixture(scope="module")
def weekly() -> bytes:
    return pdf.render(sample.weekly())


@pytest.fixture(scope="module")
def circular() -> bytes:
    return pdf.render(sample.circular())


@pytest.fixture(scope="module")
def running() -> bytes:
    return pdf.render(sample.running_text())


def test_page_is_a4(running):
    width, height = picture(running, 1).size

    assert (width, height) == (2481, 3508)  # 210 × 297 mm at 300 dpi


@pytest.mark.parametrize("sheet", [2, 3])
def test_page_of_running_text_has_22_lines_of_28_characters_filling_the_text_block(running, sheet):
    lines = [line for line in pages(running)[sheet - 1] if TOP - 1 < line.top < BOTTOM]

    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}
    assert all(line.left == near(LEFT, 0.02) and line.right == near(RIGHT, 0.02) for line in lines)
    steps = [after.top - before.top for before, after in pairwise(lines)]
    assert all(step == near(PITCH, 0.02) for step in steps)


def test_ink_of_running_text_lies_inside_the_text_block(running):
    box = ink(running, 2, (0, 0, 210, 266))

    assert LEFT <= box.left < LEFT + 1
    assert RIGHT - 1 < box.right <= RIGHT
    assert TOP <= box.top < TOP + 1.5
    assert BOTTOM - 1.5 < box.bottom <= BOTTOM + 0.1  # a pixel


def test_first_line_of_a_paragraph_is_indented_two_characters(running):
    first = next(line for line in pages(running)[0] if line.text.startswith("项目建设推进"))

    assert first.left == near(LEFT + 2 * CHARACTER)
    assert len(first.text) == 26


def test_masthead_name_begins_35_mm_below_the_text_block_s_upper_edge_and_is_centred(weekly, circular):
    for made in (weekly, circular):
        box = ink(made, 1, (0, 60, 210, 95), red=True)

        assert box.top == near(TOP + 35, 0.6)
        assert (box.left + box.right) / 2 == near((LEFT + RIGHT) / 2, 0.6)
        assert box.left >= LEFT
        assert box.right <= RIGHT


def test_document_number_stands_two_blank_lines_below_the_name_with_the_rule_4_mm_below_it(circular):
    number = line_with(circular, "示竞办〔2020〕8号")
    name = ink(circular, 1, (0, 60, 210, 95), red=True)
    (rule,) = rules(circular, 1, red=True)
    shown = ink(circular, 1, (60, number.top - 1, 150, rule.top - 1))

    assert (number.left + number.right) / 2 == near(106, 0.5)
    assert shown.top - name.bottom == near(2 * PITCH, 1.0)
    assert rule.top - shown.bottom == near(4, 0.5)
    assert (rule.left, rule.right) == (near(LEFT), near(RIGHT))


def test_newsletter_head_has_issue_number_office_left_and_date_right_above_the_rule(weekly):
    number = line_with(weekly, "第2期")
    office = line_with(weekly, "示例市项目建设竞赛办公室", 1)
    day = line_with(weekly, "2020年10月13日", 1)
    (rule,) = rules(weekly, 1, red=True)

    assert (number.left + number.right) / 2 == near(106, 0.3)
    assert office.left == near(LEFT + CHARACTER, 0.3)
    assert day.right == near(RIGHT - CHARACTER, 0.3)
    assert day.top == office.top
    assert number.top < office.top < rule.top
    assert (rule.left, rule.right) == (near(LEFT), near(RIGHT))


def test_copy_number_and_urgency_stand_top_left():
    head = dataclasses.replace(sample.circular().masthead, copy_number="000012", urgency="加急")
    made = pdf.render(dataclasses.replace(sample.circular(), masthead=head))
    copy, urgency = line_with(made, "000012"), line_with(made, "加急")

    assert (copy.left, urgency.left) == (near(LEFT), near(LEFT))
    assert urgency.top - copy.top == near(PITCH, 0.6)  # two faces, two ascents
    assert ink(made, 1, (0, 60, 210, 95), red=True).top == near(TOP + 35, 0.6)


def test_title_of_22_points_is_centred_two_blank_lines_below_the_rule(weekly):
    (rule,) = rules(weekly, 1, red=True)
    first, second = (
        line_with(weekly, "关于2020年9月28日至10月11日"),
        line_with(weekly, "全市项目建设竞赛情况的通报"),
    )
    shown = ink(weekly, 1, (LEFT, rule.bottom + 1, RIGHT, first.bottom))

    assert shown.top - rule.bottom == near(2 * PITCH, 1.0)
    assert second.right - second.left == near(13 * 22 * 25.4 / 72, 0.1)
    for line in (first, second):
        assert (line.left + line.right) / 2 == near(106, 0.3)


def test_long_title_without_breaks_is_broken_into_like_lines():
    title = "关于进一步做好全市重点项目建设竞赛月度考核评价和情况通报工作有关事项的通知"  # 37 characters
    made = pdf.render(dataclasses.replace(sample.circular(), title=title))
    lines = [line for line in pages(made)[0] if line.text in title and len(line.text) > 3]

    assert "".join(line.text for line in lines) == title
    assert abs(len(lines[0].text) - len(lines[1].text)) <= 2


def test_recipients_stand_flush_left_one_blank_line_below_the_title_with_a_full_colon(weekly):
    title, recipients = line_with(weekly, "全市项目建设竞赛情况的通报"), line_with(weekly, "各县市区人民政府")

    assert recipients.left == near(LEFT)
    assert recipients.text.endswith("：")
    middle = (recipients.top + recipients.bottom) / 2 - (title.top + title.bottom) / 2
    assert middle == near(2 * PITCH, 1.5)


def test_first_page_shows_body_text(weekly):
    assert "根据《示例市重点项目建设竞赛办法》" in "".join(line.text for line in pages(weekly)[0])


def test_headings_are_numbered_indented_and_stand_on_the_line_grid():
    blocks = (
        Heading(1, "甲"),
        Heading(2, "乙"),
        Heading(3, "丙"),
        Heading(4, "丁"),
        Paragraph("文"),
        Heading(1, "戊"),
        Paragraph("文"),
    )
    made = pdf.render(dataclasses.replace(sample.running_text(), blocks=blocks))
    lines = [line_with(made, text) for text in ("一、甲", "（一）乙", "1.丙", "（1）丁", "二、戊")]

    assert [line.text for line in lines] == ["一、甲", "（一）乙", "1.丙", "（1）丁", "二、戊"]
    assert all(line.left == near(LEFT + 2 * CHARACTER, 0.3) for line in lines)
    assert lines[3].top - lines[2].top == near(PITCH, 0.05)


@pytest.mark.parametrize(("sheet", "odd"), [(1, True), (2, False), (3, True)])
def test_page_number_is_7_mm_below_the_text_block_and_outside(running, sheet, odd):
    number = line_with(running, f"—{sheet}—", sheet)
    dash = ink(running, sheet, (number.left - 1, 265, number.left + 3, 275))

    assert dash.top == near(BOTTOM + 7, 0.2)
    if odd:
        assert number.right == near(RIGHT - FOUR)
    else:
        assert number.left == near(LEFT + FOUR)


def test_imprint_s_last_rule_is_the_lower_edge_of_the_last_page_s_text_block(weekly, circular):
    for made in (weekly, circular):
        last = len(pages(made))
        first, inner, final = rules(made, last)[-3:]

        assert final.bottom == near(BOTTOM)
        assert [first.bottom - first.top, final.bottom - final.top] == [near(0.35, 0.09)] * 2
        assert inner.bottom - inner.top == near(0.25, 0.09)
        assert all((rule.left, rule.right) == (near(LEFT), near(RIGHT)) for rule in (first, inner, final))


def test_imprint_has_copies_and_issuing_office_one_character_in(weekly):
    last = len(pages(weekly))
    copies, wrapped = line_with(weekly, "抄送：", last), line_with(weekly, "各成员单位。", last)
    office, day = (
        line_with(weekly, "示例市项目建设竞赛办公室", last),
        line_with(weekly, "2020年10月13日印发", last),
    )

    assert copies.left == near(LEFT + FOUR, 0.2)
    assert wrapped.left == near(LEFT + 4 * FOUR, 0.2)  # after the colon
    assert (office.left, day.right) == (near(LEFT + FOUR, 0.2), near(RIGHT - FOUR, 0.2))


@pytest.mark.parametrize("count", range(1, 30, 3))
def test_imprint_never_stands_alone_and_always_at_the_bottom(count):
    blocks = tuple(Paragraph("各单位要对照任务清单倒排工期。") for _ in range(count))
    made = pdf.render(dataclasses.replace(sample.weekly(), blocks=blocks, annotation=""))
    last = pages(made)[-1]

    assert any("倒排工期" in line.text for line in last)
    assert line_with(made, "印发").bottom == near(BOTTOM - 2, 1.5)


def test_signature_without_seal_is_two_characters_in_and_the_date_two_further_right(circular):
    office, day = line_with(circular, "示例市项目建设竞赛办公室", 1), line_with(circular, "2020年10月6日", 1)

    assert office.right == near(RIGHT - 2 * CHARACTER, 0.3)
    assert day.left == near(office.left + 2 * CHARACTER, 0.3)
    assert day.top - office.top == near(PITCH, 0.05)


def test_signature_shorter_than_the_date_keeps_the_date_two_characters_in():
    made = pdf.render(dataclasses.replace(sample.circular(), signature=Signature("竞赛办")))
    office, day = line_with(made, "竞赛办", 1), line_with(made, "2020年10月6日", 1)

    assert day.right == near(RIGHT - 2 * CHARACTER, 0.3)
    assert day.left == near(office.left + 2 * CHARACTER, 0.3)


def test_signature_with_seal_has_the_date_four_characters_in_and_the_office_centred_on_it():
    made = pdf.render(dataclasses.replace(sample.circular(sealed=True), attachments=(), imprint=None))
    office, day = line_with(made, "示例市项目建设竞赛办公室", 1), line_with(made, "2020年10月6日", 1)

    assert day.right == near(RIGHT - 4 * CHARACTER, 0.3)
    assert (office.left + office.right) / 2 == near((day.left + day.right) / 2, 0.3)


def test_annexes_are_listed_and_begin_on_new_pages_before_the_imprint(circular):
    listed, second = line_with(circular, "附件：1.考核项目清单"), line_with(circular, "2.考核指标说明", 1)

    assert listed.left == near(LEFT + 2 * CHARACTER, 0.3)
    assert second.left == near(LEFT + 5 * CHARACTER, 0.3)
    for page, label, title in ((2, "附件1", "考核项目清单"), (3, "附件2", "考核指标说明")):
        first = line_with(circular, label, page)
        assert first.left == near(LEFT)
        assert TOP - 1 < first.top < TOP + 2
        headline = line_with(circular, title, page)
        assert (headline.left + headline.right) / 2 == near(106, 0.3)
        assert (headline.top + headline.bottom - first.top - first.bottom) / 2 == near(2 * PITCH, 1.5)
    assert line_with(circular, "印发", 3)
    assert len(pages(circular)) == 3


def test_only_annex_has_no_number():
    alone = dataclasses.replace(sample.circular(), attachments=(Attachment("清单", (Paragraph("文"),)),))
    made = pdf.render(alone)

    assert "附件：清单" in text_of(made)
    assert line_with(made, "附件", 2).text == "附件"


def test_annotation_stands_in_round_brackets_two_characters_in(weekly):
    assert line_with(weekly, "（完成率＝").left == near(
        LEFT + 2 * CHARACTER, 1.6
    )  # the bracket's own blank half


def test_table_fills_the_width_of_the_text_block(weekly):
    box = rules(weekly, 2)[-1]

    assert (box.left, box.right) == (near(LEFT, 0.2), near(RIGHT, 0.2))


@pytest.mark.parametrize("count", range(4, 34, 3))
def test_table_across_pages_repeats_its_head_and_leaves_no_lone_row(count):
    table = sample.unit_table(1, "签约项目", (1,) * 10, (1,) * 10)
    rows = tuple((f"第{number}", *table.rows[0][1:]) for number in range(count))
    made = pdf.render(
        dataclasses.replace(
            sample.circular(), attachments=(), blocks=(dataclasses.replace(table, rows=rows),)
        )
    )
    shown = [[line.text for line in lines] for lines in pages(made)]
    counts = [sum(text.startswith("第") and len(text) < 4 for text in lines) for lines in shown]

    assert sum(counts) == count
    for lines, number in zip(shown, counts, strict=True):
        assert ("名次" in lines) == (number > 0)
        assert number == 0 or number >= min(2, count)


def test_numbers_in_a_table_are_right_aligned(weekly):
    cells = [line for line in pages(weekly)[1] if re.fullmatch(r"\d{3}\.\d", line.text)]
    columns: dict[int, set[float]] = {}
    for cell in cells:
        columns.setdefault(round(cell.right), set()).add(round(cell.right, 1))

    assert len(cells) > 8
    assert all(len(rights) == 1 for rights in columns.values())


def test_notices_stand_on_every_page_outside_the_text_block(weekly):
    for number in range(1, len(pages(weekly)) + 1):
        assert line_with(weekly, "演示数据", number).bottom < TOP


def test_checkpoint_is_printed_as_text_and_as_a_code(weekly):
    last = len(pages(weekly))
    digest = line_with(weekly, "9f2c5be07a41d3886c5e10f4b7d29a63518e0cfd4472b96a3e17c08d5fb2e941", last)
    code = ink(weekly, last, (RIGHT - 22, digest.bottom - 20, RIGHT + 1, digest.bottom + 2))

    assert code.right == near(RIGHT, 0.3)
    assert code.right - code.left == near(21, 0.3)


def test_characters_beyond_gb2312_are_shown_by_the_fallback(weekly):
    assert "㎡计）。联系人：邱镕堃。" in text_of(weekly)


def test_text_is_never_markup():
    hostile = "#strong[甲] $x^2$ *乙* _丙_ <丁> \\ @戊 // 己 /* \"庚\" '辛' `壬`"
    made = pdf.render(dataclasses.replace(sample.circular(), blocks=(Paragraph(hostile),), title=hostile))

    assert text_of(made).count("".join(hostile.split())) == 2


def test_file_is_pdf_a_2b_with_the_document_s_own_date(weekly):
    assert b"<pdfaid:part>2</pdfaid:part>" in weekly
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in weekly
    assert b"<xmp:CreateDate>2020-10-13" in weekly


def test_document_with_only_the_needed_parts_is_rendered():
    bare = Document(
        identifier="x",
        masthead=sample.circular().masthead,
        title="通知",
        dated_on=date(2020, 1, 2),
        blocks=(),
    )

    assert "通知" in text_of(pdf.render(bare))
    assert "抄送" not in text_of(
        pdf.render(dataclasses.replace(bare, imprint=Imprint("办公室", date(2020, 1, 2))))
    )
