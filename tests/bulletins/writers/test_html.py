"""The HTML fragment: well formed, semantic, escaped, without script or style; and the same words as the content."""

import dataclasses
from xml.etree import ElementTree as ET

import pytest

from shuangbi.bulletins.content import (
    Attachment,
    Column,
    Heading,
    Masthead,
    PageBreak,
    Paragraph,
    Table,
    texts,
)
from shuangbi.bulletins.writers import html
from tests.bulletins import sample


def tree(document):
    """The fragment as XML; the few void elements are closed first."""
    text = html.render(document).decode()
    for void in ("<br>", '<hr class="bulletin-page-break">'):
        text = text.replace(void, void[:-1] + "/>")
    return ET.fromstring(text)  # noqa: S314  # our own output


def words(element):
    return "".join("".join(element.itertext()).split())


@pytest.mark.parametrize("document", [sample.weekly(), sample.circular()], ids=["weekly", "circular"])
def test_every_text_of_the_content_is_in_the_fragment(document):
    found = words(tree(document))

    for where, text in texts(document):
        assert where == "identifier" or "".join(text.split()) in found, where


def test_fragment_has_neither_script_nor_style_nor_foreign_address():
    shown = html.render(sample.weekly()).decode()

    assert not [word for word in ("<script", "<style", "style=", "onclick", "href", "src=") if word in shown]
    assert shown.replace("http://www.w3.org/2000/svg", "").count("http") == 0


def test_every_text_is_escaped():
    hostile = "<script>alert(\"1\")</script>&'x'"
    document = dataclasses.replace(
        sample.weekly(),
        masthead=Masthead("newsletter", hostile, hostile, hostile, hostile, hostile),
        title=hostile,
        subtitle=hostile,
        recipients=hostile,
        blocks=(
            Heading(1, hostile),
            Paragraph(hostile, hostile),
            Table((Column(hostile, hostile, group=hostile),), ((hostile,),), hostile, hostile),
        ),
        attachments=(Attachment(hostile, (Paragraph(hostile),)),),
        annotation=hostile,
        imprint=dataclasses.replace(sample.weekly().imprint, office=hostile, copy_to=(hostile,)),
        checkpoint=dataclasses.replace(sample.weekly().checkpoint, title=hostile, lines=(hostile,)),
        notices=(hostile,),
    )
    root = tree(document)

    assert not list(root.iter("script"))
    assert words(root).count("<script>alert(\"1\")</script>&'x'") >= 20


def test_headings_follow_the_title_and_keep_their_numbers():
    root = tree(sample.weekly())

    assert [words(found) for found in root.iter("h1")] == [
        "关于2020年9月28日至10月11日全市项目建设竞赛情况的通报"
    ]
    assert [words(found) for found in root.iter("h2")][:2] == ["一、总体情况", "二、分项指标"]
    assert words(next(root.iter("h3"))) == "（一）签约项目（1亿元及以上）"


def test_table_has_caption_head_cells_with_scope_and_a_strong_total():
    figure = list(tree(sample.weekly()).iter("figure"))[1]
    heads = [row.findall("th") for row in figure.find("table/thead")]
    total = figure.findall("table/tbody/tr")[-1]

    assert figure.find("table/caption").text == "表2　各县市区签约项目完成情况"
    assert [(h.get("scope"), h.get("rowspan"), h.get("colspan")) for h in heads[0]] == [
        ("col", "2", None),
        ("col", "2", None),
        ("colgroup", None, "3"),
        ("colgroup", None, "2"),
    ]
    assert words(heads[1][2]) == "完成率（%）"
    assert total.get("class") == "strong"
    assert [cell.get("class") for cell in total] == ["center", "left"] + ["right"] * 5


def test_table_without_groups_has_one_head_row_and_page_breaks_are_marked():
    table = Table((Column("单位"), Column("完成", "个", "right")), (("甲", "1"),))
    root = tree(dataclasses.replace(sample.circular(), blocks=(Paragraph("一\n二"), PageBreak(), table)))

    assert [words(cell) for cell in root.find("figure/table/thead/tr")] == ["单位", "完成（个）"]
    assert root.find("hr").get("class") == "bulletin-page-break"
    assert [p.text for p in root.findall("p") if p.text in ("一", "二")] == ["一", "二"]


def test_dates_are_machine_readable_and_the_audience_is_named():
    root = tree(dataclasses.replace(sample.circular(), audience="public"))

    assert {found.get("datetime") for found in root.iter("time")} == {"2020-10-06"}
    assert root.get("data-audience") == "public"
    assert root.get("lang") == "zh-Hans"


def test_page_is_complete_and_says_its_encoding():
    fragment = html.render(sample.weekly())
    page = html.page(fragment, sample.weekly())

    assert page.startswith(b"<!doctype html>")
    assert b'<meta charset="utf-8">' in page
    assert fragment in page
    assert b"<script" not in page
