"""The styles of our OpenDocument files: all that is to be seen is decided here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from miteinander.documents.shapes import Document
from miteinander.ui.accent import DEFAULT, judge
from miteinander.ui.shapes import direction

_URNS = {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta",
}  # fmt: skip
NAMESPACES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in _URNS.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    + ' office:version="1.3"'
)
FONT = "Liberation Sans"
INK, SOFT, RULE, SAND, DISSENT = "#12292e", "#4a5c60", "#d5cfc2", "#f6f2ea", "#7a2e63"


@dataclass(frozen=True, slots=True)
class Variant:
    """A style derived from another: for a passage in a language, or to begin a page."""

    base: str
    """Empty: a style for characters."""
    language: str = ""
    around: str = "ltr"
    """How the document runs."""
    page: str = ""
    """`break`, or the name of the pages that begin here."""

    @property
    def name(self) -> str:
        said = re.sub(r"[^A-Za-z0-9]", "", f"{self.language.title()}{self.page.title()}")
        return f"{self.base or 'Language'}{said}"

    def written(self) -> str:
        if not self.base:
            return _style(self.name, "text", text=spoken(self.language))
        master = "" if self.page in {"", "break"} else f' style:master-page-name="{self.page}"'
        look = {"fo:break-before": "page"} if self.page == "break" else {}
        text = {}
        if self.language:
            text = spoken(self.language)
            backwards = direction(self.language) == "rtl"
            look["style:writing-mode"] = "rl-tb" if backwards else "lr-tb"
            if backwards != (self.around == "rtl"):  # LibreOffice takes `start` for left
                look["fo:text-align"] = "right" if backwards else "left"
        return _style(self.name, "paragraph", self.base, look, text, more=master)


def spoken(language: str) -> dict[str, str]:
    """The language of a text, as Latin or as complex script."""
    tag, _, region = language.partition("-")
    region = region.upper() if re.fullmatch(r"[A-Za-z]{2}", region) else "none"
    if direction(language) == "rtl":
        return {"style:language-complex": tag, "style:country-complex": region}
    return {"fo:language": tag, "fo:country": region}


def styles(document: Document, variants: Iterable[Variant], page_line: str) -> str:
    """The whole of styles.xml: defaults, common styles, pages with their header and footer."""
    accent = _accent(document)
    mode = "rl-tb" if direction(document.language) == "rtl" else "lr-tb"
    fonts = (
        f'<office:font-face-decls><style:font-face style:name="{FONT}" '
        f'svg:font-family="\'{FONT}\', Arial" style:font-family-generic="swiss" '
        'style:font-pitch="variable"/></office:font-face-decls>'
    )
    default = _style(
        "", "paragraph", look={"style:writing-mode": mode, "fo:orphans": "2", "fo:widows": "2"},
        text={
            "style:font-name": FONT, "style:font-name-complex": FONT, "fo:color": INK,
            "fo:font-size": "10.5pt", "style:font-size-complex": "11pt",
            **spoken(document.language),
        },
    )  # fmt: skip
    common = [*_common(accent), *(variant.written() for variant in variants)]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {NAMESPACES}>{fonts}'
        f"<office:styles>{default}{''.join(common)}{_lists()}</office:styles>"
        f"<office:automatic-styles>{_layouts(mode)}</office:automatic-styles>"
        f"<office:master-styles>{_masters(document, page_line)}</office:master-styles>"
        "</office:document-styles>"
    )


def grid(document: Document) -> str:
    """Cells and rows of tables; offices only look for these among the automatic styles."""
    cell = {
        "fo:padding": "1mm",
        "fo:padding-left": "0mm",
        "fo:border": "none",
        "fo:border-bottom": f"0.5pt solid {RULE}",
    }
    thick = {"fo:border-bottom": f"1.5pt solid {_accent(document)}"}
    return (
        _style("Row", "table-row", look={"fo:keep-together": "always"})
        + _style("Cell", "table-cell", look=cell)
        + _style("HeadCell", "table-cell", look={**cell, **thick, "style:vertical-align": "bottom"})
    )


def _accent(document: Document) -> str:
    verdict = judge(document.accent or DEFAULT)
    return verdict.accent if verdict.fits else verdict.suggestion


def _style(
    name: str,
    family: str,
    parent: str = "",
    look: dict[str, str] | None = None,
    text: dict[str, str] | None = None,
    *,
    shown: str = "",
    more: str = "",
    inner: str = "",
) -> str:
    tag = "style:style" if name else "style:default-style"
    marks = f' style:name="{name}"' if name else ""
    marks += f' style:display-name="{shown}"' if shown else ""
    marks += f' style:parent-style-name="{parent}"' if parent else ""
    kind = {"paragraph": "paragraph", "table-cell": "table-cell", "table-row": "table-row"}.get(
        family
    )
    parts = ""
    if kind and (look or inner):
        parts += (
            f"<style:{kind}-properties{_attributes(look or {})}>{inner}</style:{kind}-properties>"
        )
    if text:
        parts += f"<style:text-properties{_attributes(_everywhere(text))}/>"
    return f'<{tag}{marks} style:family="{family}"{more}>{parts}</{tag}>'


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())


def _everywhere(text: dict[str, str]) -> dict[str, str]:
    """Weight, slant and size for complex scripts as well."""
    twins = {
        "fo:font-weight": "style:font-weight-complex",
        "fo:font-style": "style:font-style-complex",
        "fo:font-size": "style:font-size-complex",
    }
    return {**{twins[name]: value for name, value in text.items() if name in twins}, **text}


def _space(before: float, after: float, **more: str) -> dict[str, str]:
    return {"fo:margin-top": f"{before:g}mm", "fo:margin-bottom": f"{after:g}mm", **more}


def _common(accent: str) -> list[str]:
    bold = {"fo:font-weight": "bold"}
    hold = {"fo:keep-with-next": "always"}
    stop = '<style:tab-stop style:position="162mm" style:type="right"/>'
    tab = f"<style:tab-stops>{stop}</style:tab-stops>"

    def p(name: str, parent: str = "Standard", **given: object) -> str:
        return _style(name, "paragraph", parent, **given)  # type: ignore[arg-type]  # named below

    def framed(name: str, colour: str) -> list[str]:
        look = {
            "fo:background-color": SAND, "fo:padding": "2mm", "fo:border": "none",
            "fo:border-left": f"2pt solid {colour}", "fo:margin-left": "2mm",
            "style:join-border": "true",
        }  # fmt: skip
        return [
            p(name, look={**look, **_space(0, 0)}),
            p(
                f"{name}Title",
                name,
                look={**hold, **_space(2, 0)},
                text=bold,
                shown=f"{name} Title",
            ),
        ]

    def heading(level: int) -> str:
        before, after, size = {1: (9, 4, 18), 2: (7, 3, 13.5), 3: (6, 2, 11.5)}.get(
            level, (5, 2, 10.5)
        )
        colour = {"fo:color": accent} if level == 1 else {}
        return _style(
            f"Heading{level}", "paragraph", "Standard", {**_space(before, after), **hold},
            {**bold, **colour, "fo:font-size": f"{size:g}pt"}, shown=f"Heading {level}",
            more=f' style:default-outline-level="{level}" style:class="text"',
        )  # fmt: skip

    small, soft = {"fo:font-size": "9.5pt"}, {"fo:color": SOFT}
    line = f"0.5pt solid {RULE}"
    return [
        p("Standard", "", look={"fo:line-height": "125%"}),
        p("Textbody", look=_space(0, 2.5), shown="Text body"),
        p("Title", look=_space(4, 3), text={**bold, "fo:color": accent, "fo:font-size": "28pt"}),
        p("Subtitle", look=_space(0, 8), text={**soft, "fo:font-size": "15pt"}),
        p("CoverCrest", look=_space(0, 10), shown="Cover Crest"),
        _style(
            "CoverStart",
            "paragraph",
            "CoverCrest",
            shown="Cover Start",
            look=_space(0, 30),
            more=' style:master-page-name="Cover"',
        ),
        p("CoverImprint", look=_space(0, 1), text=soft, shown="Cover Imprint"),
        *(heading(level) for level in range(1, 11)),
        p(
            "ContentsHeading",
            look=_space(0, 4),
            text={**bold, "fo:color": accent, "fo:font-size": "18pt"},
            shown="Contents Heading",
        ),
        *(
            p(
                f"Contents{level}",
                inner=tab,
                shown=f"Contents {level}",
                text=bold if level == 1 else {},
                look={
                    **_space(3 if level == 1 else 0, 1),
                    "fo:margin-left": f"{(level - 1) * 5}mm",
                },
            )
            for level in (1, 2, 3)
        ),
        p("SheetText", "Textbody", look={**_space(0, 2.5), **hold}, shown="Sheet Text"),
        p(
            "Lead",
            "Textbody",
            look=_space(1, 4),
            text={"fo:color": accent, "fo:font-size": "12.5pt"},
        ),
        p("ListText", look=_space(0, 1), shown="List Text"),
        p(
            "Quotations",
            look={
                **_space(1, 2),
                "fo:margin-left": "5mm",
                "fo:padding": "2mm",
                "fo:border": "none",
                "fo:border-left": f"1.5pt solid {RULE}",
            },
        ),
        *framed("Remark", accent),
        *framed("Objection", DISSENT),
        p("Caption", look={**_space(4, 1.5), **hold}, text={**bold, **small}),
        p("Figure", look={**_space(3, 1), **hold}),
        p("FigureCaption", look=_space(0, 3), text={**soft, **small}, shown="Figure Caption"),
        p("TableText", text=small, shown="Table Text"),
        p("TableNumber", "TableText", look={"fo:text-align": "end"}, shown="Table Number"),
        p("TableCentre", "TableText", look={"fo:text-align": "center"}, shown="Table Centre"),
        p("TableHead", "TableText", text=bold, shown="Table Head"),
        p("TableHeadNumber", "TableHead", look={"fo:text-align": "end"}, shown="Table Head Number"),
        p("AfterTable", text={"fo:font-size": "6pt"}, shown="After Table"),
        p("Fact"),
        p("FactName", text={**soft, **small}, shown="Fact Name"),
        p("Closing", look=_space(2, 1), text=small),
        p(
            "Header",
            text={**soft, "fo:font-size": "8.5pt"},
            look={"fo:padding-bottom": "1.5mm", "fo:border": "none", "fo:border-bottom": line},
        ),
        p(
            "Footer",
            text={**soft, "fo:font-size": "8.5pt"},
            look={"fo:line-height": "120%"},
            inner=tab,
        ),
        _style("Strong", "text", text=bold),
        _style("Emphasis", "text", text={"fo:font-style": "italic"}),
        _style(
            "StrongEmphasis",
            "text",
            text={**bold, "fo:font-style": "italic"},
            shown="Strong Emphasis",
        ),
        _style(
            "Mark",
            "text",
            text={
                **soft,
                "fo:font-size": "8.5pt",
                "fo:font-weight": "normal",
                "fo:border": f"0.5pt solid {SOFT}",
                "fo:padding": "0.5mm",
            },
        ),
        _style(
            "Internet_20_link",
            "text",
            text={
                "fo:color": accent,
                "style:text-underline-style": "solid",
                "style:text-underline-width": "auto",
                "style:text-underline-color": "font-color",
            },
            shown="Internet link",
        ),
        _GRAPHICS,
    ]


_GRAPHICS = (
    '<style:style style:name="Graphics" style:family="graphic"><style:graphic-properties '
    'style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>'
)


def _lists() -> str:
    def levels(ordered: bool) -> str:
        made = []
        for level in range(1, 11):
            place = (
                "<style:list-level-properties "
                'text:list-level-position-and-space-mode="label-alignment">'
                '<style:list-level-label-alignment text:label-followed-by="listtab" '
                f'fo:text-indent="-6mm" fo:margin-left="{level * 6}mm"/>'
                "</style:list-level-properties>"
            )
            if ordered:
                made.append(
                    f'<text:list-level-style-number text:level="{level}" style:num-suffix="." '
                    f'style:num-format="1">{place}</text:list-level-style-number>'
                )
            else:
                sign = "•–·"[(level - 1) % 3]
                made.append(
                    f'<text:list-level-style-bullet text:level="{level}" '
                    f'text:bullet-char="{sign}">{place}</text:list-level-style-bullet>'
                )
        return "".join(made)

    return (
        f'<text:list-style style:name="Points">{levels(ordered=False)}</text:list-style>'
        f'<text:list-style style:name="Numbers">{levels(ordered=True)}</text:list-style>'
    )


def _layouts(mode: str) -> str:
    def edge(place: str, side: str) -> str:
        return (
            f"<style:{place}-style><style:header-footer-properties "
            f'fo:margin-{side}="6mm" fo:min-height="8mm"/></style:{place}-style>'
        )

    def page(name: str, wide: int, high: int, side: float, turned: str) -> str:
        return (
            f'<style:page-layout style:name="{name}"><style:page-layout-properties '
            f'fo:page-width="{wide}mm" fo:page-height="{high}mm" '
            f'style:print-orientation="{turned}" fo:margin-left="{side}mm" '
            f'fo:margin-right="{side}mm" fo:margin-top="16mm" fo:margin-bottom="14mm" '
            f'style:writing-mode="{mode}"/>{edge("header", "bottom")}{edge("footer", "top")}'
            "</style:page-layout>"
        )

    upright = page("Upright", 210, 297, 24, "portrait")
    return upright + page("OnItsSide", 297, 210, 23.5, "landscape")


def _masters(document: Document, page_line: str) -> str:
    title, foot = escape(document.title[:120]), escape(document.imprint or document.publisher)
    frame = (
        f'<style:header><text:p text:style-name="Header">{title}</text:p></style:header>'
        f'<style:footer><text:p text:style-name="Footer">{foot}<text:tab/>{page_line}</text:p>'
        "</style:footer>"
    )

    def master(name: str, layout: str, more: str = "") -> str:
        return f'<style:master-page style:name="{name}" style:page-layout-name="{layout}"{more}'

    return (
        f"{master('Standard', 'Upright')}>{frame}</style:master-page>"
        f"{master('Wide', 'OnItsSide')}>{frame}</style:master-page>"
        + master("Cover", "Upright", ' style:next-style-name="Standard"')
        + "/>"
    )
