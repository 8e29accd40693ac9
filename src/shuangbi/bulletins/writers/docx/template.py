"""The empty DOCX every bulletin starts from: page, line grid, styles by the font names officials have, page numbers.

Children of every element stand in the order of the OOXML schema; Word refuses files where they do not.
"""

import io
from functools import lru_cache
from typing import Any

import docx
from docx.oxml.parser import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = f'xmlns:w="{W}"'
TEXT_WIDTH = 8845  # 156 mm in twips, the 版心

FANG, KAI, HEI, XIAOBIAO, SONG, LATIN = (
    "仿宋_GB2312",
    "楷体_GB2312",
    "黑体",
    "方正小标宋_GBK",
    "宋体",
    "Times New Roman",
)

# what to take where a machine lacks the first name
_ALTERNATIVES = {FANG: "仿宋", KAI: "楷体", XIAOBIAO: "方正小标宋简体", HEI: "SimHei", SONG: "SimSun"}

# name: (Word's own style name, paragraph properties, East Asian font, half points, colour)
_STYLES: dict[str, tuple[str, str, str, int, str]] = {
    "Masthead": (
        "发文机关标志",
        '<w:spacing w:before="1984" w:line="240"/><w:jc w:val="center"/>',
        XIAOBIAO,
        92,
        "D8000F",
    ),
    "IssueNumber": ("期号", '<w:jc w:val="center"/>', FANG, 32, ""),
    "Title": (
        "Title",
        '<w:snapToGrid w:val="0"/><w:spacing w:line="579" w:lineRule="exact"/><w:jc w:val="center"/>',
        XIAOBIAO,
        44,
        "",
    ),
    "Subtitle": ("Subtitle", '<w:jc w:val="center"/>', KAI, 32, ""),
    "BodyText": ("Body Text", '<w:ind w:firstLineChars="200" w:firstLine="630"/>', FANG, 32, ""),
    "Heading1": (
        "heading 1",
        '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="0"/>',
        HEI,
        32,
        "",
    ),
    "Heading2": (
        "heading 2",
        '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="1"/>',
        KAI,
        32,
        "",
    ),
    "Heading3": (
        "heading 3",
        '<w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="2"/>',
        FANG,
        32,
        "",
    ),
    "Heading4": (
        "heading 4",
        '<w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="3"/>',
        FANG,
        32,
        "",
    ),
    "Caption": (
        "caption",
        '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>',
        HEI,
        28,
        "",
    ),
    "TableText": (
        "表格文字",
        '<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20"/>',
        FANG,
        24,
        "",
    ),
    "TableNote": ("表注", '<w:snapToGrid w:val="0"/><w:spacing w:before="60" w:after="120"/>', FANG, 21, ""),
    "AnnexLabel": ("附件", "", HEI, 32, ""),
    "Imprint": (
        "版记",
        f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - 280}"/></w:tabs><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="60" w:after="60"/><w:ind w:left="280" w:right="280"/>',
        FANG,
        28,
        "",
    ),
    "Checkpoint": ("检查点", '<w:snapToGrid w:val="0"/><w:jc w:val="left"/>', HEI, 16, ""),
    "Notice": ("header", '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', HEI, 18, "464646"),
    "PageNumber": (
        "footer",
        '<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/>',
        SONG,
        28,
        "",
    ),
}


@lru_cache(maxsize=1)
def template() -> bytes:
    """A package without text, made once per process."""
    document = docx.Document()
    part: Any = document.part
    for owner in (part, part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED:
                del owner.rels[key]
    part._styles_part._element = parse_xml(_styles())
    part._settings_part._element = parse_xml(_SETTINGS)
    for relation in part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = _font_table().encode()
    body = document.element.body
    body.remove(body.sectPr)
    body.append(parse_xml(_SECTION))
    section = document.sections[0]
    for footer, side, indent in (
        (section.footer, "right", 'w:rightChars="100" w:right="280"'),
        (section.even_page_footer, "left", 'w:leftChars="100" w:left="280"'),
    ):
        footer.is_linked_to_previous = False
        _replace_paragraphs(footer._element, _page_number(side, indent))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_UNUSED = ("stylesWithEffects", "customXml", "webSettings", "numbering", "thumbnail", "extended-properties")

_SECTION = (
    f'<w:sectPr {_NS}><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1134" w:footer="1438"'
    ' w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)

_SETTINGS = (
    f'<w:settings {_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    "<w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def _replace_paragraphs(element: Any, paragraph: str) -> None:
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(paragraph))


def _page_number(side: str, indent: str) -> str:
    return (
        f'<w:p {_NS}><w:pPr><w:pStyle w:val="PageNumber"/><w:ind {indent}/><w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


def _styles() -> str:
    # −0.25 pt between characters: 28 of 16 pt then fit 156 mm, which 16 pt alone does not
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:eastAsia="{FANG}" w:hAnsi="{LATIN}"'
        f' w:cs="{LATIN}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr>'
        '<w:rPr><w:spacing w:val="-5"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"<w:styles {_NS}>{defaults}{normal}{''.join(map(_style, _STYLES))}</w:styles>"


def _style(identifier: str) -> str:
    name, paragraph, font, size, colour = _STYLES[identifier]
    narrow = size == 32
    runs = f'<w:rFonts w:eastAsia="{font}"/>'
    if font in (HEI, SONG):
        runs = f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"/>'
    runs += f'<w:color w:val="{colour}"/>' if colour else ""
    runs += "" if narrow else '<w:spacing w:val="0"/>'
    runs += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
    )


def _font_table() -> str:
    fonts = [
        f'<w:font w:name="{name}"><w:altName w:val="{alternative}"/><w:charset w:val="86"/>'
        '<w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>'
        for name, alternative in _ALTERNATIVES.items()
    ]
    fonts.append(
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {_NS}>{"".join(fonts)}</w:fonts>'
    )
