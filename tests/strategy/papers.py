"""Concepts as towns have them, made for tests: DOCX and ODT written part by part.

Word's own XML, with what real files hold: nested numbering, merged cells, text boxes written twice,
footnotes, tracked changes, content controls, comments and a table of contents.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable=""'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def run(text: str, *, bold: bool = False, hidden: bool = False) -> str:
    looks = ("<w:b/>" if bold else "") + ("<w:vanish/>" if hidden else "")
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", level: int | None = None, num: str = "", at: int = 0,
      gone: bool = False) -> str:  # fmt: skip
    """A paragraph; a run that is no XML is put in one. `gone` deletes its mark."""
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    looks += f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    looks += f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    looks += '<w:rPr><w:del w:id="90" w:author="A"/></w:rPr>' if gone else ""
    inside = "".join(one if one.startswith(("<w:", "<mc:")) else run(one)
                     for one in runs)  # fmt: skip
    return f"<w:p><w:pPr>{looks}</w:pPr>{inside}</w:p>"


def h(level: int, *runs: str) -> str:
    return p(*runs, style=f"berschrift{level}")


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="A">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def moved_away(text: str) -> str:
    return f'<w:moveFrom w:id="3" w:author="A">{run(text)}</w:moveFrom>'


def moved_here(text: str) -> str:
    return f'<w:moveTo w:id="4" w:author="A">{run(text)}</w:moveTo>'


def footnote(key: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'


def text_box(*paragraphs: str) -> str:
    """A box as Word writes it: once for itself, and once more for programs of 2007."""
    box = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2000000" cy="600000"/><wp:docPr id="7" name="Textfeld"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{box}</wps:txbx><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def control(*inside: str, placeholder: bool = False) -> str:
    shown = "<w:showingPlcHdr/>" if placeholder else ""
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="5"/>{shown}</w:sdtPr><w:sdtContent>{"".join(inside)}'
        "</w:sdtContent></w:sdt>"
    )


def field(instruction: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
        + mark.format("separate")
        + run(shown)
        + mark.format("end")
    )


def contents(*lines: str) -> str:
    """A table of contents in its content control, as Word's own menu makes it."""
    listed = "".join(p(line, style="Verzeichnis1") for line in lines)
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{listed}</w:sdtContent></w:sdt>"
    )


def cell(*inside: str, span: int = 1, merge: str = "") -> str:
    """A cell; `merge` is “restart” or “continue” where it is merged downwards."""
    looks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        looks += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    blocks = "".join(one if one.startswith("<w:") else p(one) for one in inside) or p("")
    if blocks.endswith("</w:tbl>"):
        blocks += p("")
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{looks}</w:tcPr>{blocks}</w:tc>'


def row(*cells: str, gone: bool = False) -> str:
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    looks = '<w:trPr><w:del w:id="9" w:author="A"/></w:trPr>' if gone else ""
    return f"<w:tr>{looks}{inside}</w:tr>"


def table(*rows: str, width: int = 2) -> str:
    grid = '<w:gridCol w:w="2000"/>' * width
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def sheet_of(*pairs: tuple[str, str]) -> str:
    """A measure sheet (Steckbrief): labels on the left, what they say on the right."""
    return table(*(row(label, said) for label, said in pairs))


_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="berschrift{n}"><w:name w:val="heading {n}"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in range(1, 6)
) + (
    '<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="Kapitel Stadt"/>'
    '<w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ziel"><w:name w:val="Ziel der Stadt"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    f'<w:lvlText w:val="{".".join(f"%{k + 1}" for k in range(n + 1))}."/></w:lvl>'
    for n in range(4)
)
_NUMBERS = (
    f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{_LEVELS}'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def docx(*body: str, notes: dict[int, str] | None = None, **more: str | bytes) -> bytes:
    """A whole file; `more` are further parts, by their name with ``__`` for a slash."""
    told = "".join(
        f'<w:footnote w:id="{key}"><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:footnote>'
        for key, text in (notes or {}).items()
    )
    sort = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_P}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/word/document.xml" ContentType="{sort}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{sort}.styles+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{sort}.numbering+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{sort}.footnotes+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_P}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_P}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{_R}/{name}" Target="{name}.xml"/>'
            for n, name in enumerate(("styles", "numbering", "footnotes"))
        )
        + "</Relationships>",
        "word/styles.xml": f"{_HEAD}<w:styles {_SPACES}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"{_HEAD}<w:numbering {_SPACES}>{_NUMBERS}</w:numbering>",
        "word/footnotes.xml": f"{_HEAD}<w:footnotes {_SPACES}>"
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
        f"</w:footnote>{told}</w:footnotes>",
        "word/document.xml": f"{_HEAD}<w:document {_SPACES}><w:body>{''.join(body)}"
        "<w:sectPr/></w:body></w:document>",
    }
    parts |= {name.replace("__", "/"): content for name, content in more.items()}
    return zipped(parts)


_O = "urn:oasis:names:tc:opendocument:xmlns"
_ODF = (
    f'xmlns:office="{_O}:office:1.0" xmlns:text="{_O}:text:1.0" xmlns:table="{_O}:table:1.0" '
    f'xmlns:style="{_O}:style:1.0" xmlns:draw="{_O}:drawing:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    f'xmlns:manifest="{_O}:manifest:1.0" office:version="1.3"'
)
_ODT = "application/vnd.oasis.opendocument.text"


def odt(body: str, *, manifest: str = "", mimetype: str = _ODT, **more: str) -> bytes:
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="1" '
        f'text:display-levels="{n}"/>'
        for n in range(1, 4)
    )
    parts: dict[str, str | bytes] = {
        "mimetype": mimetype,
        "META-INF/manifest.xml": f"{_HEAD}<manifest:manifest {_ODF}>"
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{manifest}</manifest:file-entry></manifest:manifest>",
        "content.xml": f"{_HEAD}<office:document-content {_ODF}><office:automatic-styles>"
        f'<text:list-style style:name="L1">{levels}</text:list-style>'
        "</office:automatic-styles><office:body><office:text>"
        f"{body}</office:text></office:body></office:document-content>",
    }
    return zipped(parts | {name.replace("__", "/"): text for name, text in more.items()})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return kept.getvalue()


# --- a concept -----------------------------------------------------------------------------------

REAL = docx(
    p("Integrationskonzept der Stadt Musterstadt", style="Title"),
    contents("1 Vorwort 3", "2 Handlungsfelder 7"),
    h(1, "Vorwort"),
    p("Liebe Bürgerinnen und Bürger, dieses Konzept ist gemeinsam entstanden."),
    h(1, "Handlungsfelder im Detail"),
    h(2, "Handlungsfeld 1: Sprache und Bildung"),
    p("Sprache ist der Schlüssel", footnote(2), "."),
    p("Leitziel: Alle Menschen in Musterstadt können sich verständigen."),
    h(3, "Ziel 1: Eltern finden früh ", deleted("ein"), inserted("einen"), " Sprachkurs"),
    p("Ausgangslage: Viele Eltern warten länger als ein halbes Jahr auf einen Platz."),
    h(4, "Maßnahme 1.1: Sprachkurse für Eltern in Kitas"),
    sheet_of(
        ("Beschreibung", "Kurse am Vormittag, mit Betreuung der Kinder."),
        ("Federführung", "Volkshochschule Musterstadt"),
        ("Kooperationspartner", "Caritasverband, Verein Brücke"),
        ("Zielgruppe", "Eltern, Großeltern"),
        ("Zeitraum", "ab 2026"),
        ("Kosten", "ca. 12.000 €/Jahr"),
        ("Finanzierung", "beantragt beim Land"),
        ("Indikator", "Zahl der Teilnehmenden"),
        ("Besonderheiten", "Die Räume stellt die Kita."),
    ),
    h(4, "Maßnahme 1.2: Sprachcafé in den Stadtteilen"),
    sheet_of(
        ("Beschreibung", "Ein offener Treff, einmal in der Woche."),
        ("Zuständig", "Amt für Integration"),
        ("Umsetzung", "kurzfristig"),
        ("Kosten", "keine"),
    ),
    p("Das Sprachcafé gibt es seit 2019 im Norden.", footnote(3)),
    h(3, "Ziel 2: Jugendliche finden ihren Weg"),
    table(
        row(cell("Nr."), cell("Maßnahme"), cell("Zuständig"), cell("Zeit", span=2)),
        row(cell(""), cell(""), cell(""), cell("von"), cell("bis")),
        row(
            cell("2.1"),
            cell("Lotsen an Schulen"),
            cell("Jugendamt", merge="restart"),
            cell("2025"),
            cell("2027"),
        ),
        row(cell("2.2"), cell("Patenschaften"), cell("", merge="continue"), cell("2026"), cell("")),
        row(cell("2.3"), cell("Gestrichen"), cell(""), cell(""), cell(""), gone=True),
        width=5,
    ),
    h(2, "Handlungsfeld 2: Arbeit"),
    p(text_box(p("Kasten: Zahlen zum Arbeitsmarkt"))),
    h(3, "Ziel 1: Abschlüsse zählen"),
    p("Anerkennung beraten", num="1", at=0),
    p("Beratung in der Muttersprache", num="1", at=1),
    p("Begleitung zu Ämtern", num="1", at=1),
    h(1, "Literatur"),
    p("Statistisches Landesamt, Heft 3."),
    notes={2: "Vgl. Heft 3, Seite 4.", 3: "Quelle: eigene Erhebung."},
)
"""Headings, sheets, a wide table, numbered paragraphs, a box, notes and changes in one."""
