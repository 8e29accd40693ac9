"""Files that people send: what is taken, what is refused and in which words, and that no bomb reaches the site."""

import io
import struct
import zipfile
import zlib
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from docx import Document
from PIL import Image

from shuangbi.foundation import uploads
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.uploads import (
    Row,
    annotated_table,
    bare_picture,
    check_upload,
    read_table,
    safe_name,
)
from shuangbi.foundation.workbook import exact

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINK = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WORKBOOK = f'<workbook {MAIN} {LINK}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def picture(kind="PNG", size=(8, 6), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(target, kind, **options)
    return target.getvalue()


def zipped(parts: dict[str, str | bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(sheet: str, **more: str | bytes) -> bytes:
    """A workbook made by hand around a sheet's inside."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
    }
    return zipped({**parts, **more})


def written(rows, **formats) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("项目")
    day = book.add_format({"num_format": formats.get("day", "yyyy-mm-dd")})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            else:
                sheet.write(number, column, cell)
    book.close()
    return target.getvalue()


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def word_document() -> bytes:
    target = io.BytesIO()
    Document().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("合同.pdf", PDF, "application/pdf"),
        ("现场.JPG", picture("JPEG"), "image/jpeg"),
        ("a.jpeg", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.docx", word_document(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", written([["a"]]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_true_files_are_taken(name, data, media_type):
    import hashlib

    checked = check_upload(sent(name, data))
    assert (checked.media_type, checked.size, checked.name) == (media_type, len(data), name)
    assert checked.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", picture("PNG"), "is named .pdf but is a png file"),
        ("a.png", picture("JPEG"), "is named .png but is a jpeg file"),
        ("a.docx", written([["a"]]), "is named .docx but is a xlsx file"),
        ("a.pdf", b"<html><script>alert(1)</script></html>", "of no kind that is taken"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "of no kind that is taken"),
        ("a.pdf", b"\x7fELF\x02\x01\x01" + bytes(64), "of no kind that is taken"),
        ("a.jpg", b"plain words", "is named .jpeg but is a csv file"),
    ],
)
def test_a_lying_type_is_refused(name, data, words):
    with pytest.raises(Refused, match=words) as refusal:
        check_upload(sent(name, data))
    assert refusal.value.field == "file"


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html", "a", "a.pdf.exe", "a.xlsm", "a.csv", ""])
def test_a_kind_that_is_not_allowed_is_refused_by_name(name):
    with pytest.raises(Refused, match=r"Send one of: \.docx, \.jpeg"):
        check_upload(SimpleUploadedFile(name or "x", PDF) if name else NoName())


class NoName:
    name = None
    size = len(PDF)

    def chunks(self, chunk_size=None):
        return iter([PDF])


def test_a_file_too_large_is_refused_whatever_size_it_claims():
    class Growing:
        name = "a.pdf"
        size = 10

        def chunks(self, chunk_size=None):
            return (b"%PDF-" + bytes(1 << 20) for _ in range(100))

    with pytest.raises(Refused, match="larger than 20 MB"):
        check_upload(Growing())
    claimed = sent("a.pdf", PDF)
    claimed.size = (20 << 20) + 1
    with pytest.raises(Refused, match="larger than 20 MB"):
        check_upload(claimed)
    with pytest.raises(Refused, match="larger than 50 MB"):
        read_table(bytes((50 << 20) + 1), name="a.csv")


def test_the_words_are_in_the_readers_language():
    with translation.override("zh-hans"), pytest.raises(Refused) as refusal:
        check_upload(sent("a.pdf", picture()))
    assert "另存" in refusal.value.message


# --- bombs and tricks ------------------------------------------------------------------------------------------------


def png_of(width: int, height: int) -> bytes:
    """A PNG head that promises a picture of this size, with next to nothing in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def many_parts(count: int) -> bytes:
    return zipped({"[Content_Types].xml": CONTENT_TYPES, **{f"xl/{n}.xml": "" for n in range(count)}})


def lying_count() -> bytes:
    """501 parts, while the end record says 3."""
    data = bytearray(many_parts(600))
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, 3, 3)
    return bytes(data)


def overlapping() -> bytes:
    """A directory of which 400 entries point at one part."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", bytes(8 << 20))
        for number in range(400):
            info = zipfile.ZipInfo(f"xl/{number}.xml")
            first = archive.filelist[0]
            info.file_size, info.compress_size, info.CRC = first.file_size, first.compress_size, first.CRC
            info.compress_type, info.header_offset = first.compress_type, first.header_offset
            archive.filelist.append(info)
        archive._didModify = True
    return target.getvalue()


ROW = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>{}</sheetData>'
FAR = ROW.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + f"<worksheet {MAIN}>&b;</worksheet>"

TABLE_BOMBS = {
    "a cell at the far end": (workbook(FAR), "Cell XFD1048576 lies outside"),
    "a giant merged range": (workbook(ROW.format("") + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "merged"),
    "a million merged ranges": (
        workbook(ROW.format("") + "<mergeCells>" + '<mergeCell ref="A9:B9"/>' * 200_000 + "</mergeCells>"), "safely",
    ),
    "a part of zeros": (workbook(ROW.format(""), **{"xl/media/a.bin": bytes(30 << 20)}), "safely"),
    "far too much unpacked": (workbook(ROW.format(""), **{f"xl/{n}.bin": bytes(9 << 20) for n in range(5)}), "safely"),
    "too many parts": (many_parts(600), "safely"),
    "more parts than it says": (lying_count(), "damaged|safely|of no kind"),
    "parts lying on one another": (overlapping(), "safely|damaged"),
    "entities that grow": (workbook("", **{"xl/worksheets/sheet1.xml": LAUGHS}), "safely"),
    "entities in UTF-16": (workbook("", **{"xl/a.xml": LAUGHS.encode("utf-16")}), "safely"),
    "a thousand columns": (workbook(ROW.format('<row r="2"><c r="ALL2"><v>1</v></c></row>')), "Cell ALL2 lies outside"),
    "cells out of order": (
        workbook(ROW.format('<row r="2"><c r="C2"><v>1</v></c><c r="A2"><v>1</v></c></row>')), "damaged",
    ),
    "a text number beyond the texts": (workbook(ROW.format('<row r="2"><c r="A2" t="s"><v>9</v></c></row>')), "damaged"),
    "elements without end": (workbook("<a>" * 2_000_000), "damaged|safely"),
    "one text a million times": (
        workbook(
            "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 90_000 + "</sheetData>",
            **{"xl/sharedStrings.xml": f"<sst {MAIN}><si><t>{'x' * 30_000}</t></si></sst>"},
        ),
        "safely",
    ),
    "macros": (workbook(ROW.format(""), **{"xl/vbaProject.bin": b"x"}), "macros"),
    "a paper and a table in one": (workbook(ROW.format(""), **{"word/document.xml": "<a/>"}), "second file"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
    "half a workbook": (written([["a"]])[:-30], "damaged"),
    "not an archive behind the mark": (b"PK\x03\x04" + bytes(100), "damaged"),
    "no sheet": (zipped({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": WORKBOOK}), "damaged|no visible sheet"),
}


@pytest.mark.parametrize("name", TABLE_BOMBS)
def test_a_table_that_is_a_bomb_is_refused(name):
    data, words = TABLE_BOMBS[name]
    with pytest.raises(Refused, match=words):
        read_table(data, name="a.xlsx")


FILE_BOMBS = {
    "a picture of 177 million pixels": ("a.png", png_of(13_300, 13_300), "40 million pixels"),
    "a picture of 65535 squared": ("a.png", png_of(65_535, 65_535), "40 million pixels"),
    "a picture that promises more than it has": ("a.png", png_of(4_000, 4_000), "damaged"),
    "half a photograph": ("a.jpg", picture("JPEG", (400, 400), quality=95)[:-300], "damaged"),
    "a picture that is an archive": ("a.png", picture() + zipped({"a": "b"}), "second file"),
    "a paper that is an archive": ("a.pdf", PDF + zipped({"a": "b"}) , "second file"),
    "a photograph that is a workbook": ("a.jpg", picture("JPEG") + written([["a"]]), "second file"),
    "an archive behind a page": ("a.docx", b"<html>" + zipped({"a": "b"}), "of no kind|damaged"),
    "a paper cut short": ("a.pdf", b"%PDF-1.4\n1 0 obj", "damaged"),
    "nothing": ("a.pdf", b"", "empty"),
    "an iPhone photograph": ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(50), "HEIC"),
    "a document with a DTD": (
        "a.docx",
        zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
        "safely",
    ),
}


@pytest.mark.parametrize("name", FILE_BOMBS)
def test_a_file_that_is_a_bomb_or_a_trick_is_refused(name):
    called, data, words = FILE_BOMBS[name]
    with pytest.raises(Refused, match=words):
        check_upload(sent(called, data))


def test_an_encrypted_archive_is_refused():
    data = bytearray(written([["a"]]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(Refused, match="password"):
        read_table(bytes(data), name="a.xlsx")


def test_a_child_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(uploads, "CHILD", "import os; os.abort()")
    with pytest.raises(Refused, match="safely"):
        check_upload(sent("a.pdf", PDF))


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_workbook_is_read_exactly():
    data = written([
        ["项目", "金额", "日期", "备注"],
        ["甲", 12, date(2020, 9, 30), "  两 端  "],
        [],
        ["乙", 12.1, date(1900, 1, 15), None],
        ["丙", 0.1 + 0.2, None, True],
    ])
    table = read_table(data, name="a.xlsx")
    assert table.sheet == "项目"
    assert table.head == ("项目", "金额", "日期", "备注")
    assert table.rows == (
        Row(2, ("甲", 12, date(2020, 9, 30), "两 端")),
        Row(4, ("乙", "12.1", date(1900, 1, 15), None)),
        Row(5, ("丙", "0.3", None, 1)),
    )


@pytest.mark.parametrize("day", ["yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]yyyy\\-mm\\-dd", "d-mmm-yy"])
def test_a_date_is_known_by_its_format(day):
    assert read_table(written([["日期"], [date(2020, 9, 30)]], day=day), name="a.xlsx").rows[0].cells == (date(2020, 9, 30),)


@pytest.mark.parametrize("shown", ["#,##0.00", '0.0"亿元"', "[Red]0", '"d""m"0'])
def test_a_number_is_no_date_by_its_format(shown):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "金额")
    sheet.write_number(1, 0, 44_000, book.add_format({"num_format": shown}))
    book.close()
    assert read_table(target.getvalue(), name="a.xlsx").rows[0].cells == (44_000,)


def test_other_programs_workbooks_are_read_too():
    book = openpyxl.Workbook()
    book.active.title = "封面"
    sheet = book.create_sheet("表")
    hidden = book.create_sheet("藏")
    hidden.sheet_state = "hidden"
    sheet.append(["a", "b"])
    sheet.append([1, "=1+1"])
    target = io.BytesIO()
    book.save(target)
    table = read_table(target.getvalue(), name="a.xlsx", sheet="表")
    assert table.sheets == ("封面", "表")
    assert table.rows == (Row(2, (1, "#N/A")),)
    with pytest.raises(Refused, match="no visible sheet 藏"):
        read_table(target.getvalue(), name="a.xlsx", sheet="藏")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1", 1), ("-7", -7), ("1.0", 1), ("12.10", "12.1"), ("1.1000000000000001", "1.1"), ("651.46", "651.46"),
        ("1E+3", 1000), ("1.5E-5", "0.000015"), ("123456789012345", 123456789012345), ("1e20", 10**20), ("-0.0", 0),
    ],
)
def test_numbers_keep_the_digits_that_are_shown(raw, value):
    assert exact(raw) == value


@pytest.mark.parametrize("reference", ["A1:B1", "A1:A2", "A1:C5"])
def test_a_merged_head_is_refused(reference):
    book = openpyxl.Workbook()
    for row in (["a", "b", "c"], [1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 2, 3]):
        book.active.append(row)
    book.active.merge_cells(reference)
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(Refused, match=f"The head has merged cells \\({reference}\\)"):
        read_table(target.getvalue(), name="a.xlsx")


def test_merged_rows_are_refused_by_row_and_what_lies_below_the_table_is_not():
    book = openpyxl.Workbook()
    for row in (["a"], [1], [2]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(Refused, match="Row 2: cells A2:A3 are merged"):
        read_table(target.getvalue(), name="a.xlsx")
    below = workbook(ROW.format("") + '<mergeCells><mergeCell ref="A9:B9"/></mergeCells>')
    assert read_table(below, name="a.xlsx").head == ("a",)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[], ["a"]], "Row 1 is empty"),
        ([["a", None, "b"]], "Column 2 of the head has no name"),
        ([["a", "b", "a"]], "names a twice"),
        ([["a"], [1, 2]], "Row 2 has more cells"),
    ],
)
def test_a_head_that_does_not_name_every_column_is_refused(rows, words):
    with pytest.raises(Refused, match=words):
        read_table(written(rows), name="a.xlsx")


def test_the_head_may_stand_lower():
    table = read_table(written([["标题"], ["a", "b"], [1, 2]]), name="a.xlsx", head_row=2)
    assert (table.head, table.rows) == (("a", "b"), (Row(3, (1, 2)),))


TEXT = "项目,金额\r\n甲, 12 \r\n\r\n\"乙\n二\",1.5\r\n丙\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_csv_is_read_in_every_office_encoding(encoding):
    table = read_table(TEXT.encode(encoding), name="a.csv")
    assert table.head == ("项目", "金额")
    assert table.rows == (Row(2, ("甲", "12")), Row(4, ("乙\n二", "1.5")), Row(6, ("丙", None)))


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_a_csv_is_read_with_every_usual_delimiter(delimiter):
    assert read_table(f"a{delimiter}b\n1{delimiter}2\n".encode(), name="a.csv").rows == (Row(2, ("1", "2")),)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'a,b\n1,"2\n3', "Line 2 is not a line"),
        (b"\xff\xfe\x00", "of no kind"),
        (b"a,b\n\x00\x01", "of no kind"),
        (b"<table><tr><td>1</td></tr></table>", "of no kind"),
        ((",".join("abcdefgh"[n % 8] + str(n) for n in range(300))).encode(), "lies outside"),
        (b"a\n" + b"1\n" * 100_001, "lies outside"),
    ],
)
def test_a_csv_that_is_none_is_refused(data, words):
    with pytest.raises(Refused, match=words):
        read_table(data, name="a.csv")


def test_a_table_named_as_the_other_kind_is_refused():
    with pytest.raises(Refused, match=r"named \.xlsx but is a csv"):
        read_table(b"a,b\n1,2\n", name="a.xlsx")
    with pytest.raises(Refused, match=r"named \.csv but is a xlsx"):
        read_table(written([["a"]]), name="a.csv")


def test_a_table_comes_back_with_remarks_and_with_its_own_looks():
    book = openpyxl.Workbook()
    book.active.title = "表"
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active["A1"].font = openpyxl.styles.Font(bold=True)
    target = io.BytesIO()
    book.save(target)
    back = annotated_table(target.getvalue(), sheet="表", column=3, title="错误", notes={2: "=1+1"})
    sheet = openpyxl.load_workbook(io.BytesIO(back))["表"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [["a", "b", "错误"], [1, 2, "=1+1"]]
    assert sheet["C2"].data_type == "s"
    assert sheet["A1"].font.bold


def test_a_table_too_heavy_for_remarks_comes_back_as_none():
    heavy = workbook(ROW.format("") + '<mergeCells><mergeCell ref="A900:XFD1048576"/></mergeCells>')
    assert read_table(heavy, name="a.xlsx").head == ("a",)
    assert annotated_table(heavy, sheet="S", column=2, title="x", notes={2: "y"}) is None


# --- pictures and names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_public_copy_of_a_photograph_tells_no_place(kind):
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    data = picture(kind, (40, 20), exif=exif)
    assert b"CameraMaker" in data
    copy = bare_picture(data)
    assert b"CameraMaker" not in copy
    with Image.open(io.BytesIO(copy)) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()


def test_no_public_copy_is_made_of_what_is_no_picture():
    with pytest.raises(Refused, match="of no kind"):
        bare_picture(PDF)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\目录\\合同.pdf", "合同.pdf"), ("a\r\nb.pdf", "ab.pdf"),
        ("gpj\u202efdp.pdf", "gpjfdp.pdf"), ("x" * 300 + ".pdf", "x" * 116 + ".pdf"), (" .pdf. ", "pdf"),
    ],
)
def test_a_name_is_shown_safely(name, safe):
    assert safe_name(name) == safe
