"""DOCX by python-docx: the editable copy. Same text as the PDF, fonts by the names officials have, grid of 22 × 28."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import segno
from docx.shared import Mm

from shuangbi.bulletins.content import Checkpoint, Document, chinese_date
from shuangbi.bulletins.writers.docx import body
from shuangbi.bulletins.writers.docx.template import TEXT_WIDTH, template

NAME = "docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIX = ".docx"


def render(document: Document, fonts: Path | None = None) -> bytes:
    """The document as DOCX. Fonts are named, never embedded, so `fonts` changes nothing here."""
    package: Any = docx.Document(io.BytesIO(template()))
    target = package.element.body
    section = target.sectPr
    for made in _elements(document):
        section.addprevious(made)
    if document.checkpoint is not None:
        section.addprevious(_checkpoint(package, document.checkpoint))
        section.addprevious(body.paragraph("Checkpoint"))
    if document.imprint is not None:
        section.addprevious(body.imprint(document.imprint))
        section.addprevious(body.paragraph("Checkpoint"))  # a table may not be the last of a body
    _notices(package, document.notices)
    _properties(package, document)
    out = io.BytesIO()
    package.save(out)
    return _fixed_zip(out.getvalue())


def _elements(document: Document) -> Any:
    yield from body.masthead(document)
    yield body.paragraph("Title", body.run(document.title))
    if document.subtitle:
        yield body.paragraph("Subtitle", body.run(document.subtitle))
    yield body.paragraph("Normal")
    if document.recipients:
        yield body.paragraph("Normal", body.run(document.recipients + "："))
    yield from body.blocks(document.blocks)
    yield from body.annex_list(document)
    yield from body.signature(document.signature, chinese_date(document.dated_on))
    if document.annotation:
        yield body.paragraph("BodyText", body.run(f"（{document.annotation}）"))
    for index, annex in enumerate(document.attachments, start=1):
        label = f"附件{index}" if len(document.attachments) > 1 else "附件"
        yield body.paragraph("AnnexLabel", body.run(label), **body.page_break())
        yield body.paragraph("Normal")
        yield body.paragraph("Title", body.run(annex.title))
        yield body.paragraph("Normal")
        yield from body.blocks(annex.blocks)


def _checkpoint(package: Any, checkpoint: Checkpoint) -> Any:
    """The three lines beside their QR code, in a table without rules."""
    picture = package.add_paragraph().add_run()
    # stored, not deflated: the bytes must not depend on the machine's zlib
    image = io.BytesIO()
    segno.make(checkpoint.text, error="m", micro=False).save(
        image, kind="png", scale=6, border=0, compresslevel=0
    )
    picture.add_picture(io.BytesIO(image.getvalue()), width=Mm(21))
    drawing = picture._element
    holder = drawing.getparent()
    holder.getparent().remove(holder)
    right = 1304  # 23 mm
    lines = body.cell(
        TEXT_WIDTH - right, body.run("\n".join((checkpoint.title, *checkpoint.lines)), size=16), jc="left"
    )
    code = body.cell(right, drawing, jc="right")
    grid = [body.element("gridCol", {"w": width}) for width in (TEXT_WIDTH - right, right)]
    return body.element(
        "tbl",
        None,
        body.element(
            "tblPr",
            None,
            body.element("tblW", {"w": TEXT_WIDTH, "type": "dxa"}),
            body.element("tblLayout", {"type": "fixed"}),
        ),
        body.element("tblGrid", None, *grid),
        body.row(lines, code),
    )


def _notices(package: Any, notices: tuple[str, ...]) -> None:
    """演示数据 and the like above the text of every page, odd and even."""
    if not notices:
        return
    section = package.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        held = header._element
        for child in list(held):
            held.remove(child)
        held.append(body.paragraph("Notice", body.run("　".join(notices))))


def _properties(package: Any, document: Document) -> None:
    day = datetime(document.dated_on.year, document.dated_on.month, document.dated_on.day)  # noqa: DTZ001  # OOXML wants none
    properties = package.core_properties
    author = document.masthead.office or (document.signature.office if document.signature else "")
    properties.author = properties.last_modified_by = author
    properties.title = document.title.replace("\n", "")
    properties.identifier = document.identifier
    properties.language = "zh-CN"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = day
    properties.revision = 1


def _fixed_zip(data: bytes) -> bytes:
    """The same package with members in order, one date and no compression: bytes that depend on content only."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.create_system = 0  # the same on every machine
            target.writestr(member, source.read(name))
    return out.getvalue()
