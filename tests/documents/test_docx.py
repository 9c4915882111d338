"""The Word file by its XML: styles, lists, repeated heads, languages, nothing set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from miteinander.documents.formats import render
from miteinander.documents.shapes import (
    Document,
    Facts,
    Figure,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
)
from tests.documents.samples import ARABIC, DOCUMENT, UKRAINIAN

BY_HAND = {"pStyle", "numPr", "bidi", "pageBreakBefore", "sectPr"}
"""What a paragraph may say of itself: its style, its place in a list, its direction, its page."""


def opened(content):
    return docx.Document(BytesIO(content))


def made(*blocks, sections=(), **values):
    return opened(
        render(Document("Titel", "de", blocks=blocks, sections=sections, **values), "docx").content
    )


@pytest.fixture(scope="module")
def file():
    return opened(render(DOCUMENT, "docx").content)


def name(element):
    return etree.QName(element).localname


def styled(file):
    return [(p.style.name, p.text) for p in file.paragraphs]


def test_headings_have_the_styles_that_word_knows(file):
    heads = [(s, t) for s, t in styled(file) if s.startswith("Heading")]
    assert heads == [
        ("Heading 1", "Einleitung"),
        ("Heading 1", "1 Sprache"),
        ("Heading 2", "1.1 Ziel: Orte zum Reden"),
        ("Heading 3", "1.1 Sprachcafé 1 Beispiel"),
        ("Heading 3", "1.2 Sprachcafé 2 Beispiel"),
        ("Heading 3", "1.3 Sprachcafé 3 Beispiel"),
        ("Heading 1", "Alles auf einen Blick"),
    ]
    for level in range(1, 10):
        outline = file.styles[f"Heading {level}"].element.pPr.find(qn("w:outlineLvl"))
        assert outline.get(qn("w:val")) == str(level - 1)


def test_title_subtitle_and_contents_have_their_own(file):
    found = dict(reversed(styled(file)))
    assert found["Title"] == "Konzept für Überall"
    assert found["Subtitle"] == "Zusammen leben"
    assert found["TOC Heading"] == "Inhalt"
    entries = [text for style, text in styled(file) if style.startswith("toc ")]
    assert entries == [
        "Einleitung", "1 Sprache", "1.1 Ziel: Orte zum Reden", "Alles auf einen Blick",
    ]  # fmt: skip
    codes = [e.text.strip() for e in file.element.iter(qn("w:instrText"))]
    assert codes == ['TOC \\o "1-2" \\h \\z \\u']


def test_nothing_is_formatted_by_hand(file):
    for properties in file.element.iter(qn("w:pPr")):
        assert {name(child) for child in properties} <= BY_HAND
    for properties in file.element.iter(qn("w:rPr")):
        assert {name(child) for child in properties} <= {"rStyle", "lang", "rtl"}


def test_every_style_that_is_used_is_defined(file):
    known = {style.style_id for style in file.styles}
    used = {
        element.get(qn("w:val"))
        for kind in ("pStyle", "rStyle", "tblStyle")
        for element in file.element.iter(qn(f"w:{kind}"))
    }
    assert used <= known


def test_properties_follow_the_order_of_the_schema(file):
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "bidi", "sectPr"]
    for properties in file.element.iter(qn("w:pPr")):
        names = [name(child) for child in properties]
        assert names == sorted(names, key=order.index)


def test_heads_of_tables_repeat_and_rows_stay_whole(file):
    data = [t for t in file.tables if t.style.name == "Data Table"]
    assert len(data) == 2
    for table in data:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows[1:])
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in data] == [
        "Stand in Zahlen", "Alle Maßnahmen",
    ]  # fmt: skip
    assert data[0].cell(1, 1).paragraphs[0].style.name == "Table Number"


def test_a_measure_sheet_is_a_table_of_two_columns_with_a_title(file):
    sheets = [t for t in file.tables if t.style.name == "Fact Sheet"]
    assert [[[c.text for c in row.cells] for row in t.rows] for t in sheets] == [
        [["Federführung", "Volkshochschule"], ["Kosten", "18.000 € im Jahr"]]
    ] * 3
    titles = [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in sheets]
    assert titles == ["Sprachcafé 1", "Sprachcafé 2", "Sprachcafé 3"]


def test_lists_are_lists_and_ordered_ones_begin_where_they_should(file):
    points = [
        (p.text, p._p.pPr.numPr.ilvl.val, p._p.pPr.numPr.numId.val)
        for p in file.paragraphs
        if p._p.pPr.numPr is not None
    ]
    assert points[:6] == [(f"Ebene {n}", n - 1, 1) for n in range(1, 7)]
    assert points[6:] == [("drei", 0, 2), ("vier", 0, 2)]
    number = file.part.numbering_part.element.findall(qn("w:num"))[1]
    assert number.find(qn("w:lvlOverride"))[0].get(qn("w:val")) == "3"


def test_the_language_of_document_and_passages_is_marked(file):
    language = file.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "de"
    marks = {
        "".join(t.text for t in run.iter(qn("w:t"))): dict(run.rPr.find(qn("w:lang")).attrib)
        for run in file.element.iter(qn("w:r"))
        if run.rPr is not None and run.rPr.find(qn("w:lang")) is not None
    }
    assert marks == {
        "Ласкаво просимо": {qn("w:val"): "uk"},
        UKRAINIAN: {qn("w:val"): "uk"},
        ARABIC: {qn("w:bidi"): "ar"},
    }


def test_arabic_runs_from_right_to_left(file):
    (arabic,) = [p for p in file.paragraphs if p.text == ARABIC]
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    assert arabic.runs[0]._r.rPr.find(qn("w:rtl")) is not None


def test_pictures_have_their_words(file):
    drawings = [e.get("descr") for e in file.element.iter(qn("wp:docPr"))]
    assert drawings == ["Wappen von Überall", "Zwei Drittel laufen"]


def test_links_lead_to_the_site_and_to_a_bookmark_that_is_there(file):
    links = list(file.element.iter(qn("w:hyperlink")))
    outside = [file.part.rels[e.get(qn("r:id"))].target_ref for e in links if e.get(qn("r:id"))]
    inside = {e.get(qn("w:anchor")) for e in links if e.get(qn("w:anchor"))}
    marks = [e.get(qn("w:name")) for e in file.element.iter(qn("w:bookmarkStart"))]
    assert outside == ["https://ueberall.example/de/thema/abc/"]
    assert inside <= set(marks)
    assert len(set(marks)) == len(marks) == 7


def test_the_foot_counts_the_pages(file):
    footer = file.sections[0].footer._element
    assert [e.text.strip() for e in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert "Seite " in "".join(t.text for t in footer.iter(qn("w:t")))
    assert file.sections[0].different_first_page_header_footer


def test_the_file_says_who_and_when_and_never_today(file):
    core = file.core_properties
    assert (core.title, core.author, core.language) == (
        "Konzept für Überall",
        "Stadt Überall",
        "de",
    )
    assert core.created == core.modified == datetime.fromisoformat("2026-11-26T00:00:00+00:00")


def test_the_same_document_is_the_same_file():
    first, second = render(DOCUMENT, "docx").content, render(replace(DOCUMENT), "docx").content
    assert first == second
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_bad_input_becomes_a_file_that_opens():
    wide = Table("Breit", tuple(f"S{n}" for n in range(12)), (tuple("x" * 12),))
    file = made(
        Paragraph("a\x00b\x0bc ]]> <w:p/> & 👍"),
        Listing(((Paragraph("Punkt"), wide, Facts((("A", "b"),))),)),
        Remark("", "", kind="quotation", blocks=(Listing(("x",)),)),
        Table("w" * 300, ("w" * 300,), ((Run("w" * 300),),) and (("w" * 300,),)),
        Facts((("Leer", ""),)),
        Facts(()),
        Listing(()),
        sections=(Section("Breit", blocks=(wide, Paragraph("danach"))),),
    )
    assert "abc ]]> <w:p/> & 👍" in [p.text for p in file.paragraphs]
    assert [s.orientation for s in file.sections] == [0, 1, 0]
    for cell in file.element.iter(qn("w:tc")):
        assert name(cell[-1]) == "p"  # Word refuses a cell that does not end with a paragraph


def test_an_empty_document_is_its_title():
    assert styled(made()) == [("Title", "Titel")]


def test_a_cover_and_breaks_begin_pages_without_empty_ones(file):
    starts = [p.text for p in file.paragraphs if p._p.pPr.find(qn("w:pageBreakBefore")) is not None]
    assert starts == [
        "Inhalt",
        "Wie wollen wir zusammenleben?",
        "1 Sprache",
        "Alles auf einen Blick",
    ]


def test_a_document_in_arabic_runs_from_right_to_left():
    document = Document("خطة", "ar", blocks=(Paragraph("نريد"), Facts((("من", "الجميع"),))))
    file = opened(render(document, "docx").content)
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in file.paragraphs)
    assert file.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None


def test_a_drawing_is_the_same_picture_every_time():
    figure = Figure(
        "Kreis", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"/>', "image/svg+xml"
    )
    file = made(figure)
    (inline,) = list(file.element.iter(qn("wp:extent")))
    assert int(inline.get("cx")) == pytest.approx(3 * int(inline.get("cy")), rel=0.02)
