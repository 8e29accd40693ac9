"""The DOCX by its structure: page, grid, fonts, order of the schema, head rows, footers; and the same words as the content."""

import dataclasses
import io
import zipfile
from datetime import date

import docx
import pytest
from lxml import etree

from shuangbi.bulletins.content import (
    Document,
    Heading,
    Masthead,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    texts,
)
from shuangbi.bulletins.writers import docx as writer
from tests.bulletins import sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# the order of children in ECMA-376 part 1, as far as we use them
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs autoSpaceDE autoSpaceDN snapToGrid spacing"
    " ind jc outlineLvl rPr",
    "rPr": "rStyle rFonts b color spacing sz szCs lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "trPr": "cantSplit tblHeader",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "sectPr": "pgSz pgMar cols docGrid",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "style": "name basedOn uiPriority semiHidden qFormat pPr rPr tblPr",
    "font": "altName charset family pitch",
}


@pytest.fixture(scope="module")
def weekly() -> bytes:
    return writer.render(sample.weekly())


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def values(root: etree._Element, path: str, name: str) -> list[str | None]:
    return [found.get(W + name) for found in root.iterfind(path.replace("w:", W))]


def shown(data: bytes) -> str:
    """All text of the body and headers, without white space."""
    names = [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith(".xml")]
    found = "".join(
        node.text or "" for name in names if "word/" in name for node in part(data, name).iter(f"{W}t")
    )
    return "".join(found.split())


def test_package_is_whole_and_opens(weekly):
    with zipfile.ZipFile(io.BytesIO(weekly)) as package:
        assert package.testzip() is None
        names = package.namelist()
        types = package.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert names[0] == "[Content_Types].xml"
    assert len(docx.Document(io.BytesIO(weekly)).tables) == 5  # three of figures, checkpoint, 版记
    for name in names[1:]:
        assert f"/{name}" in types or f'Extension="{name.rpartition(".")[2]}"' in types


def test_members_have_one_date_one_order_and_no_compression(weekly):
    with zipfile.ZipFile(io.BytesIO(weekly)) as package:
        members = package.infolist()

    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
    assert [member.filename for member in members[1:]] == sorted(member.filename for member in members[1:])


def test_page_and_grid_hold_22_lines_of_28_characters(weekly):
    section = part(weekly, "word/document.xml").find(f"{W}body/{W}sectPr")
    margins = section.find(f"{W}pgMar")
    size = section.find(f"{W}pgSz")
    grid = section.find(f"{W}docGrid")
    sides = {name: int(margins.get(W + name)) for name in ("top", "left", "right", "bottom")}

    assert (size.get(W + "w"), size.get(W + "h")) == ("11906", "16838")
    assert {name: round(twips * 25.4 / 1440) for name, twips in sides.items()} == {
        "top": 37,
        "left": 28,
        "right": 26,
        "bottom": 35,
    }
    assert (grid.get(W + "type"), grid.get(W + "linePitch")) == ("lines", "579")
    assert 22 * 579 <= 16838 - sides["top"] - sides["bottom"] < 23 * 579
    assert values(part(weekly, "word/styles.xml"), "w:style[@w:styleId='Normal']/w:rPr/w:spacing", "val") == [
        "-5"
    ]
    assert 28 * (320 - 5) <= 11906 - sides["left"] - sides["right"] < 29 * (320 - 5)


def test_fonts_are_those_officials_have_with_alternatives_and_none_is_embedded(weekly):
    styles, fonts = part(weekly, "word/styles.xml"), part(weekly, "word/fontTable.xml")
    east = {
        name: values(styles, f"w:style[@w:styleId='{name}']/w:rPr/w:rFonts", "eastAsia")[0]
        for name in ("Masthead", "Title", "Heading1", "Heading2", "Heading3", "BodyText", "PageNumber")
    }

    assert east == {
        "Masthead": "方正小标宋_GBK",
        "Title": "方正小标宋_GBK",
        "Heading1": "黑体",
        "Heading2": "楷体_GB2312",
        "Heading3": "仿宋_GB2312",
        "BodyText": "仿宋_GB2312",
        "PageNumber": "宋体",
    }
    names = dict(zip(values(fonts, "w:font", "name"), values(fonts, "w:font/w:altName", "val"), strict=False))
    assert names["仿宋_GB2312"] == "仿宋"
    assert names["方正小标宋_GBK"] == "方正小标宋简体"
    assert not [name for name in zipfile.ZipFile(io.BytesIO(weekly)).namelist() if "fonts/" in name]


def test_sizes_are_3_2_and_4(weekly):
    styles = part(weekly, "word/styles.xml")
    sizes = {
        name: values(styles, f"w:style[@w:styleId='{name}']/w:rPr/w:sz", "val")[0]
        for name in ("BodyText", "Title", "Imprint", "PageNumber")
    }

    assert sizes == {"BodyText": "32", "Title": "44", "Imprint": "28", "PageNumber": "28"}


@pytest.mark.parametrize(
    "name", ["document", "styles", "settings", "fontTable", "footer1", "footer2", "header1"]
)
def test_children_stand_in_the_order_of_the_schema(weekly, name):
    for parent in part(weekly, f"word/{name}.xml").iter():
        order = ORDER.get(etree.QName(parent).localname, "").split()
        if order:
            names = [etree.QName(child).localname for child in parent]
            # references to headers and footers come first, in any order
            places = [-1 if child.endswith("Reference") else order.index(child) for child in names]
            assert places == sorted(places), etree.tostring(parent)[:300]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(weekly):
    opened = docx.Document(io.BytesIO(weekly))
    section = opened.sections[0]

    assert opened.settings.odd_and_even_pages_header_footer
    for footer, side, indent in (
        (section.footer, "right", "right"),
        (section.even_page_footer, "left", "left"),
    ):
        (paragraph,) = footer.paragraphs
        assert [found.get(W + "instr") for found in footer._element.iter(f"{W}fldSimple")] == [" PAGE "]
        assert values(footer._element, "w:p/w:pPr/w:jc", "val") == [side]
        assert values(footer._element, "w:p/w:pPr/w:ind", f"{indent}Chars") == ["100"]
        assert "".join(node.text for node in paragraph._element.iter(f"{W}t")) == "— 1 —"


def test_notices_stand_in_both_headers(weekly):
    for name in ("header1", "header2"):
        assert (
            "".join(node.text for node in part(weekly, f"word/{name}.xml").iter(f"{W}t"))
            == "演示数据　内部版"
        )


def test_head_rows_are_repeated_and_rows_are_not_split(weekly):
    table = docx.Document(io.BytesIO(weekly)).tables[1]._element
    rows = table.findall(f"{W}tr")

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True] + [False] * 11
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert values(rows[0], "w:tc/w:tcPr/w:gridSpan", "val") == ["3", "2"]
    assert values(rows[0], "w:tc/w:tcPr/w:vMerge", "val") == ["restart", "restart"]
    assert values(rows[1], "w:tc/w:tcPr/w:vMerge", "val") == ["continue", "continue"]


def test_table_widths_add_up_to_the_text_block_and_numbers_are_right_aligned(weekly):
    table = docx.Document(io.BytesIO(weekly)).tables[1]._element
    widths = [int(width or 0) for width in values(table, "w:tblGrid/w:gridCol", "w")]
    first = table.findall(f"{W}tr")[2]

    assert sum(widths) == 8845  # 156 mm
    assert values(first, "w:tc/w:p/w:pPr/w:jc", "val") == ["center", "left"] + ["right"] * 5


def test_table_without_groups_has_one_head_row():
    table = dataclasses.replace(
        sample.city_totals(),
        columns=tuple(dataclasses.replace(column, group="") for column in sample.city_totals().columns),
    )
    made = writer.render(dataclasses.replace(sample.circular(), blocks=(table,)))

    assert len(docx.Document(io.BytesIO(made)).tables[0].rows) == 1 + 4


def test_imprint_is_fixed_to_the_bottom_with_thicker_outer_rules_and_a_paragraph_after_it(weekly):
    body = part(weekly, "word/document.xml").find(f"{W}body")
    table, after, section = list(body)[-3:]
    place = table.find(f"{W}tblPr/{W}tblpPr")
    rules = {
        etree.QName(rule).localname: rule.get(W + "sz") for rule in table.find(f"{W}tblPr/{W}tblBorders")
    }

    assert (place.get(W + "vertAnchor"), place.get(W + "tblpYSpec")) == ("margin", "bottom")
    assert rules == {"top": "8", "bottom": "8", "insideH": "6"}
    assert (after.tag, section.tag) == (f"{W}p", f"{W}sectPr")


def test_headings_keep_their_level_in_the_outline(weekly):
    opened = docx.Document(io.BytesIO(weekly))
    headings = [
        (p.style.style_id, p.text) for p in opened.paragraphs if p.style.style_id.startswith("Heading")
    ]

    assert headings[0] == ("Heading1", "一、总体情况")
    assert ("Heading2", "（一）签约项目（1亿元及以上）") in headings


def test_masthead_begins_35_mm_down_in_red_with_a_red_rule(weekly):
    style = part(weekly, "word/styles.xml").find(f"{W}style[@{W}styleId='Masthead']")
    rule = part(weekly, "word/document.xml").find(f".//{W}pBdr/{W}bottom")

    assert values(style, "w:rPr/w:color", "val") == ["D8000F"]
    assert values(part(weekly, "word/document.xml"), ".//w:p/w:pPr/w:spacing", "before")[0] == "1984"
    assert (rule.get(W + "color"), rule.get(W + "space")) == ("D8000F", "11")


def test_document_number_copy_number_and_urgency_are_there():
    head = dataclasses.replace(sample.circular().masthead, copy_number="000012", urgency="加急")
    made = writer.render(dataclasses.replace(sample.circular(), masthead=head, subtitle="试行"))
    paragraphs = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]

    assert paragraphs[:3] == ["000012", "加急", "示例市项目建设竞赛办公室文件"]
    assert "示竞办〔2020〕8号" in paragraphs
    assert "试行" in paragraphs


def test_signature_is_indented_by_character_widths():
    def indents(document: Document) -> list[str | None]:
        return values(part(writer.render(document), "word/document.xml"), ".//w:pPr/w:ind", "rightChars")

    plain = sample.circular()  # 12 characters wide; the date 6½
    assert [i for i in indents(plain) if i] == ["200", "550"]
    assert [i for i in indents(sample.circular(sealed=True)) if i] == ["125", "400"]
    short = dataclasses.replace(plain, signature=Signature("竞赛办"))
    assert [i for i in indents(short) if i] == ["750", "200"]
    assert [i for i in indents(dataclasses.replace(plain, signature=None)) if i] == []


def test_annexes_and_page_breaks_begin_new_pages():
    made = docx.Document(io.BytesIO(writer.render(sample.circular())))
    assert [p.text for p in made.paragraphs if p.paragraph_format.page_break_before] == ["附件1", "附件2"]

    blocks = (Paragraph("前"), PageBreak(), Heading(1, "后"), PageBreak(), sample.city_totals())
    made = docx.Document(
        io.BytesIO(writer.render(dataclasses.replace(sample.circular(), attachments=(), blocks=blocks)))
    )
    broken = [p.text for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert broken == ["一、后", "表1　全市主要指标完成情况"]


@pytest.mark.parametrize("document", [sample.weekly(), sample.circular()], ids=["weekly", "circular"])
def test_every_text_of_the_content_is_in_the_document(document):
    found = shown(writer.render(document))

    for where, text in texts(document):
        assert where == "identifier" or "".join(text.split()) in found, where


def test_quotes_and_markup_are_text():
    hostile = "<w:p>&amp;\"甲\"'乙' “丙” ]]>"
    made = writer.render(dataclasses.replace(sample.circular(), blocks=(Paragraph(hostile),)))

    assert hostile in [p.text for p in docx.Document(io.BytesIO(made)).paragraphs]


def test_line_breaks_make_paragraphs_in_text_and_lines_in_cells():
    table = Table(sample.city_totals().columns[:1], (("上\n下",),))
    blocks = (Paragraph("一\n二", lead="先进："), table)
    made = docx.Document(io.BytesIO(writer.render(dataclasses.replace(sample.circular(), blocks=blocks))))

    assert [p.text for p in made.paragraphs if p.style.style_id == "BodyText"][:2] == ["先进：一", "二"]
    assert made.tables[0].cell(1, 0).text == "上\n下"


def test_properties_are_the_document_s_own(weekly):
    properties = docx.Document(io.BytesIO(weekly)).core_properties

    assert properties.title == "关于2020年9月28日至10月11日全市项目建设竞赛情况的通报"
    assert (properties.author, properties.identifier) == ("示例市项目建设竞赛办公室", "2020-weekly-2")
    assert properties.created == properties.modified
    assert properties.created.date() == date(2020, 10, 13)


def test_document_with_only_the_needed_parts_is_rendered():
    bare = Document(
        identifier="x",
        masthead=Masthead("document", "文件", "示竞办〔2020〕1号"),
        title="通知",
        dated_on=date(2020, 1, 2),
        blocks=(),
    )

    assert "通知" in [p.text for p in docx.Document(io.BytesIO(writer.render(bare))).paragraphs]
