"""The text of a bulletin as WordprocessingML elements, in the order they are printed."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from shuangbi.bulletins.content import (
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    Masthead,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    chinese_date,
    heading_numbers,
)
from shuangbi.bulletins.writers.docx.template import FANG, HEI, TEXT_WIDTH

Element = Any  # lxml's elements carry no types
MANY = 10  # columns; above it cells have narrow margins
CHARACTER = 315  # one character of running text in twips (15.75 pt)


def element(tag: str, attributes: dict[str, str | int] | None = None, *children: Element) -> Element:
    """`<w:tag w:name="value">`; children as given."""
    made = OxmlElement(f"w:{tag}")
    for name, value in (attributes or {}).items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, font: str = "", size: int = 0) -> Element:
    """A run; line breaks stay. The hint makes quotation marks and dashes Chinese; `size` is in half points."""
    fonts: dict[str, str | int] = {"hint": "eastAsia"}
    if font:
        fonts |= {"eastAsia": font}
    properties = element("rPr", None, element("rFonts", fonts))
    if size:
        properties.extend((element("sz", {"val": size}), element("szCs", {"val": size})))
    made = element("r", None, properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            made.append(element("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(element("tab"))
            shown = element("t")
            shown.text = piece
            shown.set(qn("xml:space"), "preserve")
            made.append(shown)
    return made


def paragraph(style: str, *runs: Element, **properties: Element) -> Element:
    """A paragraph; properties are given as elements and put into the order of the schema."""
    made = element("pPr", None, element("pStyle", {"val": style}))
    made.extend(properties[name] for name in _PARAGRAPH_ORDER if name in properties)
    return element("p", None, made, *runs)


_PARAGRAPH_ORDER = ("keepNext", "pageBreakBefore", "pBdr", "tabs", "spacing", "ind", "jc")


def page_break() -> dict[str, Element]:
    return {"pageBreakBefore": element("pageBreakBefore")}


def masthead(document: Document) -> Iterator[Element]:
    head: Masthead = document.masthead
    corner = [text for text in (head.copy_number, head.urgency) if text]
    for text in corner:
        yield paragraph("Normal", run(text, FANG if text == head.copy_number else HEI))
    # as large as one line allows, at most 46 pt
    size = min(92, 2 * 425 // max(1, len(head.name)))
    before = 1984 - len(corner) * 579
    yield paragraph("Masthead", run(head.name, size=size), spacing=element("spacing", {"before": before}))
    rule = element(
        "pBdr", None, element("bottom", {"val": "single", "sz": 12, "space": 11, "color": "D8000F"})
    )
    if head.kind == "newsletter":
        yield paragraph("IssueNumber", run(head.number))
        tabs = element("tabs", None, element("tab", {"val": "right", "pos": TEXT_WIDTH}))
        line = run(f"　{head.office}\t{chinese_date(document.dated_on)}　")
        yield paragraph("Normal", line, pBdr=rule, tabs=tabs)
    else:
        yield from (paragraph("Normal"), paragraph("Normal"))
        yield paragraph("IssueNumber", run(head.number), pBdr=rule)
    yield from (paragraph("Normal"), paragraph("Normal"))


def blocks(items: tuple[Block, ...]) -> Iterator[Element]:
    """Headings with their numbers, paragraphs, tables; a page break is a property of what follows it."""
    break_next = False
    for item, number in zip(items, heading_numbers(items), strict=True):
        broken = page_break() if break_next else {}
        break_next = isinstance(item, PageBreak)
        if isinstance(item, Heading):
            yield paragraph(f"Heading{item.level}", run(number + item.text), **broken)
        elif isinstance(item, Paragraph):
            first, *rest = item.text.split("\n")
            style, size = ("TableNote", 24) if item.small else ("BodyText", 0)
            lead = (run(item.lead, HEI, size),) if item.lead else ()
            yield paragraph(style, *lead, run(first, size=size), **broken)
            for text in rest:
                yield paragraph(style, run(text, size=size))
        elif isinstance(item, Table):
            if item.caption or broken:
                yield paragraph("Caption", run(item.caption), **broken)
            yield table(item)
            # a paragraph after every table keeps two of them apart
            yield paragraph("TableNote", *((run(f"注：{item.note}"),) if item.note else ()))


def table(item: Table) -> Element:
    total = sum(column.weight for column in item.columns)
    widths = [TEXT_WIDTH * column.weight // total for column in item.columns]
    widths[0] += TEXT_WIDTH - sum(widths)
    size = 28 if len(item.columns) <= 4 else 21 if len(item.columns) <= MANY else 20
    made = element(
        "tbl",
        None,
        element(
            "tblPr",
            None,
            element("tblW", {"w": TEXT_WIDTH, "type": "dxa"}),
            borders("tblBorders", 4, ("top", "left", "bottom", "right", "insideH", "insideV")),
            element("tblLayout", {"type": "fixed"}),
            *((_narrow_margins(),) if len(item.columns) > MANY else ()),
        ),
        element("tblGrid", None, *(element("gridCol", {"w": width}) for width in widths)),
    )
    made.extend(_head_rows(item.columns, widths, size if len(item.columns) <= MANY else 17))
    for number, values in enumerate(item.rows):
        strong = number in item.strong_rows
        font, cell_size = (HEI, min(size, 18) if len(values) > MANY else size) if strong else ("", size)
        made.append(
            row(
                *(
                    cell(width, run(value, font, cell_size), jc=column.align)
                    for value, column, width in zip(values, item.columns, widths, strict=True)
                )
            )
        )
    return made


def _narrow_margins() -> Element:
    """Half a millimetre beside the figures where many columns stand abreast."""
    return element("tblCellMar", None, *(element(side, {"w": 28, "type": "dxa"}) for side in ("left", "right")))


def borders(tag: str, eighths: int, sides: tuple[str, ...]) -> Element:
    """Black single rules, in eighths of a point."""
    return element(
        tag,
        None,
        *(element(side, {"val": "single", "sz": eighths, "space": 0, "color": "000000"}) for side in sides),
    )


def row(*cells: Element, head: bool = False) -> Element:
    properties = element("trPr", None, element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    return element("tr", None, properties, *cells)


def cell(width: int, *runs: Element, jc: str, span: int = 1, merge: str = "") -> Element:
    """A cell with one paragraph; `merge` is "restart" or "continue" for cells joined downwards."""
    properties = element("tcPr", None, element("tcW", {"w": width, "type": "dxa"}))
    if span > 1:
        properties.append(element("gridSpan", {"val": span}))
    if merge:
        properties.append(element("vMerge", {"val": merge}))
    properties.append(element("vAlign", {"val": "center"}))
    return element("tc", None, properties, paragraph("TableText", *runs, jc=element("jc", {"val": jc})))


def _head_rows(columns: tuple[Column, ...], widths: list[int], size: int) -> Iterator[Element]:
    titles = [f"{column.title}\n（{column.unit}）" if column.unit else column.title for column in columns]
    grouped = any(column.group for column in columns)
    upper, lower = [], []
    for (name, _), members in groupby(
        range(len(columns)), key=lambda i: (columns[i].group, 0 if columns[i].group else i)
    ):
        indexes = list(members)
        if name:
            width = sum(widths[i] for i in indexes)
            upper.append(cell(width, run(name, HEI, size), jc="center", span=len(indexes)))
            lower += [cell(widths[i], run(titles[i], HEI, size), jc="center") for i in indexes]
        else:
            only = indexes[0]
            merge = "restart" if grouped else ""
            upper.append(cell(widths[only], run(titles[only], HEI, size), jc="center", merge=merge))
            lower.append(cell(widths[only], jc="center", merge="continue"))
    yield row(*upper, head=True)
    if grouped:
        yield row(*lower, head=True)


def annex_list(document: Document) -> Iterator[Element]:
    """附件说明: one blank line below the text, two characters in, wrapped lines under the name."""
    if not document.attachments:
        return
    yield paragraph("Normal")
    several = len(document.attachments) > 1
    for index, annex in enumerate(document.attachments, start=1):
        label = ("附件：" if index == 1 else "　　　") + (f"{index}. " if several else "")
        hanging = 3 * CHARACTER + (CHARACTER if several else 0)
        indent = element("ind", {"left": 2 * CHARACTER + hanging, "hanging": hanging})
        yield paragraph("Normal", run(label + annex.title), ind=indent)


def signature(signed: Signature | None, day: str) -> Iterator[Element]:
    """Office and date, placed as the standard says without or with a seal; widths by character count."""
    if signed is None:
        return
    office, date = _hundredths(signed.office), _hundredths(day)
    if signed.sealed:
        date_in, office_in = 400, max(0, 400 + (date - office) // 2)
    elif office >= date:
        date_in, office_in = office - date, 200
    else:
        date_in, office_in = 200, 400 + date - office
    for _ in range(2 if signed.sealed else 1):
        yield paragraph("Normal")
    for text, distance in ((signed.office, office_in), (day, date_in)):
        indent = element("ind", {"rightChars": distance, "right": distance * CHARACTER // 100})
        yield paragraph("Normal", run(text), ind=indent, jc=element("jc", {"val": "right"}))


def _hundredths(text: str) -> int:
    """Width in hundredths of a character; letters and digits are half as wide as Chinese characters."""
    return sum(50 if character.isascii() else 100 for character in text)


def imprint(printed: Imprint) -> Element:
    """版记: a table fixed to the lower edge of the 版心 on the last page; rules 1 pt outside, 0.75 pt inside."""
    rows = []
    if printed.copy_to:
        hanging = element("ind", {"left": 280 + 840, "right": 280, "hanging": 840})
        copies = "，".join(printed.copy_to).rstrip("。") + "。"
        rows.append(paragraph("Imprint", run("抄送：" + copies), ind=hanging))
    rows.append(paragraph("Imprint", run(f"{printed.office}\t{chinese_date(printed.issued_on)}印发")))
    place: dict[str, str | int] = {
        "vertAnchor": "margin",
        "horzAnchor": "margin",
        "tblpXSpec": "left",
        "tblpYSpec": "bottom",
    }
    lines = element("tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
        lines.append(element(side, {"val": "single", "sz": eighths, "space": 0, "color": "000000"}))
    no_margin = element(
        "tblCellMar",
        None,
        *(element(side, {"w": 0, "type": "dxa"}) for side in ("top", "left", "bottom", "right")),
    )
    properties = element(
        "tblPr",
        None,
        element("tblpPr", place),
        element("tblOverlap", {"val": "never"}),
        element("tblW", {"w": TEXT_WIDTH, "type": "dxa"}),
        lines,
        element("tblLayout", {"type": "fixed"}),
        no_margin,
    )
    grid = element("tblGrid", None, element("gridCol", {"w": TEXT_WIDTH}))
    made = element("tbl", None, properties, grid)
    for text in rows:
        width = element("tcPr", None, element("tcW", {"w": TEXT_WIDTH, "type": "dxa"}))
        made.append(element("tr", None, element("tc", None, width, text)))
    return made
