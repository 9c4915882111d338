"""The styles of our Word files: all that is to be seen is decided here, once.

The names that Word knows (Title, Heading 1, Caption, List Bullet …) keep their names, so that
outline, table of contents and accessibility checks find them in every language.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from miteinander.documents.shapes import Document
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction

FONT = "Arial"
"""On every desk, with Latin, Cyrillic and Arabic letters."""

INK, SOFT, RULE, SAND, DISSENT = "12292E", "4A5C60", "D5CFC2", "F6F2EA", "7A2E63"


def set_up(file: Any, document: Document) -> None:
    """Give an empty file our styles, lists and page."""
    verdict = judge(document.accent or DEFAULT)
    accent = (verdict.accent if verdict.fits else verdict.suggestion).lstrip("#").upper()
    styles = file.styles.element
    _defaults(styles, document)
    for made in _STYLES.format(
        w=nsdecls("w"), font=FONT, ink=INK, soft=SOFT, rule=RULE, sand=SAND, dissent=DISSENT,
        accent=accent, end="left" if direction(document.language) == "rtl" else "right",
    ).split("\n\n"):  # fmt: skip
        style = parse_xml(made)
        for old in styles.findall(qn("w:style")):
            if old.get(qn("w:styleId")) == style.get(qn("w:styleId")):
                styles.remove(old)
        styles.append(style)
    _lists(file)
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(24)
    page.top_margin, page.bottom_margin = Mm(28), Mm(25)
    page.header_distance = page.footer_distance = Mm(12)
    if direction(document.language) == "rtl":
        page._sectPr.append(parse_xml(f"<w:bidi {nsdecls('w')}/>"))


def _defaults(styles: Any, document: Document) -> None:
    language = document.language
    said = f'w:bidi="{language}"' if direction(language) == "rtl" else f'w:val="{language}"'
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
            f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="22"/><w:lang {said}/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
            '<w:spacing w:after="140" w:line="288" w:lineRule="auto"/>'
            "</w:pPr></w:pPrDefault></w:docDefaults>"
        ),
    )


def _lists(file: Any) -> None:
    """Two definitions with nine levels each: points and numbers."""
    numbering = file.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    signs = ("•", "–", "·")
    for number, ordered in ((0, False), (1, True)):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{"decimal" if ordered else "bullet"}"/>'
            f'<w:lvlText w:val="{f"%{level + 1}." if ordered else signs[level % 3]}"/>'
            f'<w:lvlJc w:val="start"/><w:pPr><w:ind w:start="{360 * (level + 1)}" w:hanging="360"/>'
            "</w:pPr></w:lvl>"
            for level in range(9)
        )
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>')
    )


def _paragraph(
    identifier: str, name: str, *, based: str = "Normal", then: str = "", p: str = "", r: str = ""
) -> str:
    follows = f'<w:next w:val="{then}"/>' if then else ""
    base = f'<w:basedOn w:val="{based}"/>' if identifier != "Normal" else ""
    default = ' w:default="1"' if identifier == "Normal" else ""
    return (
        f'<w:style {{w}} w:type="paragraph"{default} w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/>{base}{follows}<w:qFormat/><w:pPr>{p}</w:pPr><w:rPr>{r}</w:rPr>'
        "</w:style>"
    )


def _character(identifier: str, name: str, r: str) -> str:
    return (
        f'<w:style {{w}} w:type="character" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{r}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _space(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _edge(side: str, size: int, colour: str, space: int = 1) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


_BOLD, _LIGHT = "<w:b/><w:bCs/>", '<w:b w:val="0"/><w:bCs w:val="0"/>'
_ACCENT, _SOFT = '<w:color w:val="{accent}"/>', '<w:color w:val="{soft}"/>'
_TOGETHER = "<w:keepNext/><w:keepLines/>"


def _heading(level: int) -> str:
    before, after, size = {1: (480, 200, 36), 2: (360, 140, 27), 3: (300, 100, 23)}.get(
        level, (240, 80, 21)
    )
    return _paragraph(
        f"Heading{level}",
        f"heading {level}",
        then="Normal",
        p=f'{_TOGETHER}{_space(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
        r=f"{_BOLD}{_ACCENT if level == 1 else ''}{_size(size)}",
    )


def _framed(identifier: str, name: str, colour: str) -> list[str]:
    """A passage with a thick edge at its beginning; its title stays with it."""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="{sand}"/>'
    look = f"<w:pBdr>{_edge('left', 24, colour, 8)}</w:pBdr>{shade}"
    indent = '<w:ind w:start="227" w:end="113"/>'
    return [
        _paragraph(identifier, name, p=f"<w:keepLines/>{look}{_space(0, 0)}{indent}"),
        _paragraph(
            f"{identifier}Title", f"{name} Title", based=identifier, then=identifier,
            p=f"{_TOGETHER}{_space(160, 0)}", r=_BOLD,
        ),
    ]  # fmt: skip


def _grid(identifier: str, name: str, first_row: str) -> str:
    lines = _edge("top", 4, "{rule}", 0) + _edge("bottom", 4, "{rule}", 0)
    return (
        f'<w:style {{w}} w:type="table" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"<w:pPr>{_space(0, 0)}</w:pPr><w:tblPr><w:tblBorders>{lines}"
        f"{_edge('insideH', 4, '{rule}', 0)}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="57" w:type="dxa"/><w:start w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="57" w:type="dxa"/><w:end w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{first_row}</w:style>"
    )


_HEAD_ROW = (
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    + _edge("bottom", 12, "{accent}", 0)
    + "</w:tcBorders></w:tcPr></w:tblStylePr>"
)
_SMALL = _size(19)

_STYLES = "\n\n".join(
    [
        _paragraph("Normal", "Normal"),
        _paragraph(
            "Title", "Title", then="Subtitle", p=_space(240, 160), r=f"{_BOLD}{_ACCENT}{_size(56)}"
        ),
        _paragraph(
            "Subtitle", "Subtitle", then="Normal", p=_space(0, 480), r=f"{_SOFT}{_size(30)}"
        ),
        _paragraph("CoverCrest", "Cover Crest", p=_space(0, 1200)),
        _paragraph("CoverImprint", "Cover Imprint", p=_space(0, 40), r=_SOFT),
        *(_heading(level) for level in range(1, 10)),
        _paragraph(
            "TOCHeading",
            "TOC Heading",
            p=f"{_TOGETHER}{_space(0, 240)}",
            r=f"{_BOLD}{_ACCENT}{_size(36)}",
        ),
        *(
            _paragraph(
                f"TOC{level}",
                f"toc {level}",
                p=f'<w:tabs><w:tab w:val="end" w:pos="9185"/></w:tabs>'
                f'{_space(160 if level == 1 else 0, 40)}<w:ind w:start="{(level - 1) * 284}"/>',
                r=_BOLD if level == 1 else "",
            )
            for level in (1, 2, 3)
        ),
        _paragraph("SheetText", "Sheet Text", p="<w:keepNext/>"),
        _paragraph("Lead", "Lead", p=_space(60, 200), r=f"{_ACCENT}{_size(25)}"),
        _paragraph("ListBullet", "List Bullet", p=f"{_space(0, 60)}"),
        _paragraph("ListNumber", "List Number", p=f"{_space(0, 60)}"),
        _paragraph("ListContinue", "List Continue", p=f'{_space(0, 60)}<w:ind w:start="360"/>'),
        _paragraph(
            "Quote",
            "Quote",
            p=f"<w:pBdr>{_edge('left', 16, '{rule}', 10)}</w:pBdr>{_space(60, 120)}"
            '<w:ind w:start="284"/>',
        ),
        *_framed("Remark", "Remark", "{accent}"),
        *_framed("Objection", "Objection", "{dissent}"),
        _paragraph(
            "Caption",
            "caption",
            then="TableText",
            p=f"{_TOGETHER}{_space(200, 80)}",
            r=f"{_BOLD}{_SMALL}",
        ),
        _paragraph("Figure", "Figure", then="FigureCaption", p=f"<w:keepNext/>{_space(160, 60)}"),
        _paragraph(
            "FigureCaption",
            "Figure Caption",
            based="Caption",
            p=_space(0, 160),
            r=f"{_LIGHT}{_SOFT}",
        ),
        _paragraph("TableText", "Table Text", p=_space(0, 0, 252), r=_SMALL),
        _paragraph("TableNumber", "Table Number", based="TableText", p='<w:jc w:val="end"/>'),
        _paragraph("TableCentre", "Table Centre", based="TableText", p='<w:jc w:val="center"/>'),
        _paragraph("TableHead", "Table Head", based="TableText", p="<w:keepNext/>", r=_BOLD),
        _paragraph(
            "TableHeadNumber", "Table Head Number", based="TableHead", p='<w:jc w:val="end"/>'
        ),
        _paragraph("AfterTable", "After Table", p=_space(0, 0, 160), r=_size(12)),
        _paragraph("Fact", "Fact", p=_space(0, 0, 264)),
        _paragraph(
            "FactNameLast",
            "Fact Name Last",
            based="Fact",
            p='<w:jc w:val="start"/>',
            r=f"{_SOFT}{_SMALL}",
        ),
        _paragraph("FactName", "Fact Name", based="FactNameLast", p="<w:keepNext/>"),
        _paragraph("Closing", "Closing", p=_space(120, 60), r=_SMALL),
        _paragraph(
            "Header",
            "header",
            p=f"<w:pBdr>{_edge('bottom', 4, '{rule}', 4)}</w:pBdr>{_space(0, 0)}",
            r=f"{_SOFT}{_size(17)}",
        ),
        _paragraph(
            "Footer",
            "footer",
            p=f'<w:tabs><w:tab w:val="end" w:pos="9185"/></w:tabs>{_space(0, 0)}',
            r=f"{_SOFT}{_size(17)}",
        ),
        _character("Strong", "Strong", _BOLD),
        _character("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
        _character("StrongEmphasis", "Strong Emphasis", f"{_BOLD}<w:i/><w:iCs/>"),
        _character("Hyperlink", "Hyperlink", f'{_ACCENT}<w:u w:val="single"/>'),
        _character(
            "Mark",
            "Mark",
            f"{_LIGHT}{_SOFT}{_size(17)}"
            '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{soft}"/>',
        ),
        _grid("DataTable", "Data Table", _HEAD_ROW),
        _grid("FactSheet", "Fact Sheet", ""),
    ]
)
