"""HTML fragment for reading on screen: semantic elements and classes only, every text escaped, no script, no style."""

import io
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import segno

from shuangbi.bulletins.content import (
    Block,
    Checkpoint,
    Column,
    Document,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Table,
    chinese_date,
    heading_numbers,
)

NAME = "html"
MEDIA_TYPE = "text/html; charset=utf-8"
SUFFIX = ".html"
MANY = 10  # columns; above it the table is set small and scrolls inside itself on a phone
STYLE = Path(__file__).resolve().parent.parent / "static" / "bulletins" / "bulletin.css"


def render(document: Document, fonts: Path | None = None) -> bytes:
    """One `<article class="bulletin">` in UTF-8, to be put into a page. Fonts are the page's affair."""
    return ("\n".join(_lines(document)) + "\n").encode()


def page(fragment: bytes, document: Document) -> bytes:
    """The fragment as a file of its own that any browser opens."""
    title = escape(document.title.replace("\n", ""))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE.read_text()}</style>'
    return b"".join(
        (
            f'<!doctype html>\n<html lang="zh-Hans"><head>{head}</head><body>\n'.encode(),
            fragment,
            b"</body></html>\n",
        )
    )


def render_blocks(blocks: tuple[Block, ...]) -> str:
    """Some blocks of a document by themselves, their headings numbered from one: a section in the editor."""
    return "\n".join(_blocks(blocks))


def _lines(document: Document) -> Iterator[str]:
    yield f'<article class="bulletin bulletin-{document.masthead.kind}" lang="zh-Hans" data-audience="{document.audience}">'
    if document.notices:
        yield _element("p", "　".join(document.notices), "bulletin-notice")
    yield from _masthead(document)
    yield f'<h1 class="bulletin-title">{_broken(document.title)}</h1>'
    if document.subtitle:
        yield _element("p", document.subtitle, "bulletin-subtitle")
    if document.recipients:
        yield _element("p", document.recipients + "：", "bulletin-recipients")
    yield from _blocks(document.blocks)
    if document.attachments:
        names = "".join(_element("li", annex.title) for annex in document.attachments)
        yield f'<div class="bulletin-annexes"><p>附件：</p><ol>{names}</ol></div>'
    yield from _signature(document)
    if document.annotation:
        yield _element("p", f"（{document.annotation}）", "bulletin-annotation")
    for index, annex in enumerate(document.attachments, start=1):
        label = f"附件{index}" if len(document.attachments) > 1 else "附件"
        yield '<section class="bulletin-annex">'
        yield _element("p", label, "bulletin-annex-label")
        yield f'<h2 class="bulletin-title">{_broken(annex.title)}</h2>'
        yield from _blocks(annex.blocks)
        yield "</section>"
    if document.checkpoint is not None:
        yield from _checkpoint(document.checkpoint)
    if document.imprint is not None:
        yield from _imprint(document.imprint)
    yield "</article>"


def _masthead(document: Document) -> Iterator[str]:
    head = document.masthead
    yield '<header class="bulletin-masthead">'
    for text in (head.copy_number, head.urgency):
        if text:
            yield _element("p", text, "bulletin-corner")
    yield _element("p", head.name, "bulletin-name")
    yield _element("p", head.number, "bulletin-number")
    if head.kind == "newsletter":
        yield f'<p class="bulletin-office">{_element("span", head.office)} {_day(document)}</p>'
    yield "</header>"


def _signature(document: Document) -> Iterator[str]:
    if document.signature is not None:
        office = _element("span", document.signature.office)
        yield f'<p class="bulletin-signature">{office}<br>{_day(document)}</p>'


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block, number in zip(blocks, heading_numbers(blocks), strict=True):
        if isinstance(block, Heading):
            yield _element(f"h{block.level + 1}", number + block.text)
        elif isinstance(block, Paragraph):
            first, *rest = block.text.split("\n")
            lead = _element("strong", block.lead) if block.lead else ""
            css = "bulletin-small" if block.small else ""
            yield f"<p{_class(css)}>{lead}{escape(first)}</p>"
            yield from (_element("p", text, css) for text in rest)
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, PageBreak):
            yield '<hr class="bulletin-page-break">'


def _table(table: Table) -> Iterator[str]:
    wide = " is-wide" if len(table.columns) > MANY else ""
    yield f'<figure class="bulletin-table{wide}"><table>'
    if table.caption:
        yield _element("caption", table.caption)
    yield "<thead>"
    yield from _head(table.columns)
    yield "</thead>"
    yield "<tbody>"
    for index, row in enumerate(table.rows):
        cells = "".join(
            f'<td class="{column.align}">{_broken(value)}</td>'
            for value, column in zip(row, table.columns, strict=True)
        )
        yield f'<tr class="strong">{cells}</tr>' if index in table.strong_rows else f"<tr>{cells}</tr>"
    yield "</tbody></table>"
    if table.note:
        yield f"<figcaption>注：{_broken(table.note)}</figcaption>"
    yield "</figure>"


def _head(columns: tuple[Column, ...]) -> Iterator[str]:
    grouped = any(column.group for column in columns)
    if not grouped:
        yield f"<tr>{''.join(map(_head_cell, columns))}</tr>"
        return
    upper = ""
    for (group, _), members in groupby(enumerate(columns), key=lambda m: (m[1].group, m[1].group or m[0])):
        held = list(members)
        if group:
            upper += f'<th scope="colgroup" colspan="{len(held)}">{escape(group)}</th>'
        else:
            upper += _head_cell(held[0][1], ' rowspan="2"')
    yield f"<tr>{upper}</tr>"
    yield f"<tr>{''.join(_head_cell(column) for column in columns if column.group)}</tr>"


def _head_cell(column: Column, attributes: str = "") -> str:
    unit = f'<br><span class="unit">（{escape(column.unit)}）</span>' if column.unit else ""
    return f'<th scope="col"{attributes}>{_broken(column.title)}{unit}</th>'


def _checkpoint(checkpoint: Checkpoint) -> Iterator[str]:
    out = io.BytesIO()
    code = segno.make(checkpoint.text, error="m", micro=False)
    # presentation attributes only: a strict content policy forbids style
    code.save(out, kind="svg", border=0, omitsize=True, xmldecl=False, svgclass="bulletin-qr", lineclass=None)
    yield '<aside class="bulletin-checkpoint">'
    yield _element("p", checkpoint.title, "bulletin-checkpoint-title")
    yield f"<pre>{escape(checkpoint.text)}</pre>"
    yield out.getvalue().decode().strip()
    yield "</aside>"


def _imprint(imprint: Imprint) -> Iterator[str]:
    yield '<footer class="bulletin-imprint">'
    if imprint.copy_to:
        copies = "，".join(imprint.copy_to).rstrip("。") + "。"
        yield _element("p", f"抄送：{copies}")
    issued = f'<time datetime="{imprint.issued_on.isoformat()}">{chinese_date(imprint.issued_on)}</time>印发'
    yield f"<p>{_element('span', imprint.office)} <span>{issued}</span></p>"
    yield "</footer>"


def _day(document: Document) -> str:
    day = document.dated_on
    return f'<time datetime="{day.isoformat()}">{chinese_date(day)}</time>'


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _element(tag: str, text: str, css: str = "") -> str:
    return f"<{tag}{_class(css)}>{_broken(text)}</{tag}>"


def _class(css: str) -> str:
    return f' class="{css}"' if css else ""
