"""PDF/A-2b by Typst, laid out to GB/T 9704-2012: the authority on how a bulletin looks."""

import io
import json
import threading
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from shuangbi.bulletins.content import Block, Document, Paragraph, chinese_date, heading_numbers, plain
from shuangbi.bulletins.writer import FONTS, TEMPLATE

NAME = "pdf"
MEDIA_TYPE = "application/pdf"
SUFFIX = ".pdf"

# For each face the families officials have, if the office put them into its folder, then ours, then the fallback.
_FALLBACK = "Noto Sans CJK SC"
_FACES = {
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "FandolFang R"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "FandolKai"),
    "hei": ("SimHei", "Noto Sans CJK SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "Noto Serif CJK SC"),
    "song": ("SimSun", "FandolSong"),
    "sans": ("Noto Sans CJK SC",),
}
_lock = threading.Lock()  # one compiler per folder of fonts, used by one thread at a time


def render(document: Document, fonts: Path | None = None) -> bytes:
    """The document as PDF/A-2b; its date, not today's, stands in the file."""
    day = document.dated_on
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    result = _compiled(document, fonts, format="pdf", pdf_standards="a-2b", timestamp=moment)
    assert isinstance(result, bytes)  # noqa: S101  # one file, no output path: typst gives bytes
    return result


def pictures(document: Document, fonts: Path | None = None, *, dots_per_inch: int = 80) -> list[bytes]:
    """The pages as they will be printed, each as a PNG: a draft seen while it is written."""
    result = _compiled(document, fonts, format="png", ppi=float(dots_per_inch))
    return result if isinstance(result, list) else [result]


def _compiled(document: Document, fonts: Path | None, **settings: Any) -> Any:
    inputs = {"document": json.dumps(_data(document), ensure_ascii=False)}
    with _lock:
        compiler, faces = _compiler(fonts)
        return compiler.compile(sys_inputs={**inputs, "faces": faces}, **settings)


@lru_cache(maxsize=4)
def _compiler(fonts: Path | None) -> tuple[Any, str]:
    folders = [str(FONTS)] if fonts is None else [str(fonts), str(FONTS)]
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    there = set(book.families())
    faces = {
        face: list(dict.fromkeys(name for name in (*names, _FALLBACK) if name in there))
        for face, names in _FACES.items()
    }
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=book)
    return compiler, json.dumps(faces, ensure_ascii=False)


def _data(document: Document) -> dict[str, Any]:
    body = plain(document)
    day = document.dated_on
    body["date"] = [day.year, day.month, day.day]
    body["date_text"] = chinese_date(day)
    body["author"] = document.masthead.office or (document.signature.office if document.signature else "")
    body["keywords"] = [document.identifier]
    body["title"] = document.title.split("\n")
    body["blocks"] = _blocks(document.blocks)
    body["attachments"] = [
        {"title": annex.title, "blocks": _blocks(annex.blocks)} for annex in document.attachments
    ]
    if document.imprint is not None:
        copies = "，".join(document.imprint.copy_to)
        body["imprint"]["copy_to"] = copies and copies.rstrip("。") + "。"
        body["imprint"]["date_text"] = chinese_date(document.imprint.issued_on)
    if document.checkpoint is not None:
        body["checkpoint"]["qr"] = qr_svg(document.checkpoint.text)
    return body


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Blocks with their heading numbers; a paragraph with line breaks becomes several."""
    result = []
    for block, number in zip(blocks, heading_numbers(blocks), strict=True):
        if isinstance(block, Paragraph):
            first, *rest = block.text.split("\n")
            result.append(plain(Paragraph(first, block.lead, block.small)))
            result.extend(plain(Paragraph(text, small=block.small)) for text in rest)
        else:
            result.append({**plain(block), "number": number})
    return result


def qr_svg(text: str) -> str:
    """A QR code of the text (error level M) as SVG, the same for the same text."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
