"""The OpenDocument file by its XML, and read by a library that is not ours."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import odfdo
import pytest
from lxml import etree

from miteinander.documents.formats import render
from miteinander.documents.odt_styles import NAMESPACES
from miteinander.documents.shapes import (
    Document,
    Facts,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
)
from tests.documents.samples import ARABIC, DOCUMENT, UKRAINIAN

NS = etree.fromstring(f"<x {NAMESPACES}/>").nsmap


class Odt:
    def __init__(self, content):
        self.archive = ZipFile(BytesIO(content))
        self.content, self.styles, self.meta = (
            etree.fromstring(self.archive.read(f"{part}.xml"))
            for part in ("content", "styles", "meta")
        )

    def find(self, path, tree=None):
        return (self.content if tree is None else tree).xpath(path, namespaces=NS)

    def style(self, name):
        (found,) = self.find(f'//style:style[@style:name="{name}"]', self.styles)
        return found


def said(element):
    return "".join(element.itertext())


def attribute(element, name):
    prefix, local = name.split(":")
    return element.get(f"{{{NS[prefix]}}}{local}")


def made(*blocks, sections=(), **values):
    return Odt(
        render(Document("Titel", "de", blocks=blocks, sections=sections, **values), "odt").content
    )


@pytest.fixture(scope="module")
def file():
    return Odt(render(DOCUMENT, "odt").content)


def test_another_library_reads_it():
    document = odfdo.Document(BytesIO(render(DOCUMENT, "odt").content))
    assert document.get_type() == "text"
    heads = [(int(head.level), head.text_recursive) for head in document.body.headers]
    assert heads == [
        (1, "Einleitung"), (1, "1 Sprache"), (2, "1.1 Ziel: Orte zum Reden"),
        (3, "1.1 Sprachcafé 1 Beispiel"), (3, "1.2 Sprachcafé 2 Beispiel"),
        (3, "1.3 Sprachcafé 3 Beispiel"), (1, "Alles auf einen Blick"),
    ]  # fmt: skip


def test_headings_have_real_heading_styles(file):
    for head in file.find("//text:h"):
        style = file.style(attribute(head, "text:style-name"))
        base = attribute(style, "style:parent-style-name")
        if base != "Standard":  # a new page
            style = file.style(base)
        assert attribute(style, "style:default-outline-level") == attribute(
            head, "text:outline-level"
        )


def test_nothing_is_formatted_by_hand(file):
    families = {attribute(s, "style:family") for s in file.find("//office:automatic-styles/*")}
    assert families == {"table", "table-column", "table-row", "table-cell"}


def test_every_style_that_is_used_is_defined(file):
    known = {
        attribute(s, "style:name")
        for s in file.find("//style:style | //text:list-style", file.styles)
    }
    known |= {attribute(s, "style:name") for s in file.find("//style:style")}
    used = {
        str(name)
        for kind in ("text", "table", "draw")
        for name in file.find(f"//office:body//@{kind}:style-name")
    }
    assert used <= known
    masters = {str(m) for m in file.find("//style:master-page/@style:name", file.styles)}
    assert {str(m) for m in file.find("//@style:master-page-name", file.styles)} <= masters


def test_heads_of_tables_repeat_and_first_columns_head_rows(file):
    tables = file.find("//table:table")
    data = [t for t in tables if file.find("./table:table-header-rows", t)]
    assert [said(file.find("./table:title", t)[0]) for t in data] == [
        "Stand in Zahlen",
        "Alle Maßnahmen",
    ]
    assert len(tables) == 5
    assert all(file.find("./table:table-header-columns/table:table-column", t) for t in tables)
    names = [attribute(t, "table:name") for t in tables]
    assert len(set(names)) == 5
    heads = file.find("./table:table-header-rows//text:p", data[1])
    assert [said(head) for head in heads] == ["Nummer", "Maßnahme", "Federführung"]


def test_lists_nest_six_deep_and_numbers_begin_where_they_should(file):
    assert said(file.find("/" + "/text:list/text:list-item" * 6)[0]) == "Ebene 6"
    (third,) = file.find("//text:list-item[@text:start-value]")
    assert attribute(third, "text:start-value") == "3"
    assert said(third) == "drei"


def test_the_language_of_document_and_passages_is_marked(file):
    (default,) = file.find('//style:default-style[@style:family="paragraph"]', file.styles)
    assert file.find("./style:text-properties/@fo:language", default) == ["de"]

    def language(text, attribute_name):
        (found,) = file.find(f'//*[text()="{text}"]')
        style = file.style(attribute(found, "text:style-name"))
        return file.find(f"./style:text-properties/@{attribute_name}", style)

    assert language(UKRAINIAN, "fo:language") == ["uk"]
    assert language("Ласкаво просимо", "fo:language") == ["uk"]
    assert language(ARABIC, "style:language-complex") == ["ar"]


def test_arabic_runs_from_right_to_left(file):
    (found,) = file.find(f'//text:p[text()="{ARABIC}"]')
    style = file.style(attribute(found, "text:style-name"))
    assert file.find("./style:paragraph-properties/@style:writing-mode", style) == ["rl-tb"]


def test_pictures_have_their_words_and_are_listed(file):
    assert file.find("//draw:frame/svg:desc/text()") == [
        "Wappen von Überall",
        "Zwei Drittel laufen",
    ]
    listed = file.archive.read("META-INF/manifest.xml").decode()
    for name in file.find("//draw:image/@xlink:href"):
        assert file.archive.read(name).startswith(b"\x89PNG")
        assert f'"{name}"' in listed


def test_links_lead_to_the_site_and_to_a_bookmark_that_is_there(file):
    links = file.find("//text:a/@xlink:href")
    marks = {f"#{name}" for name in file.find("//text:bookmark/@text:name")}
    assert [link for link in links if not link.startswith("#")] == [
        "https://ueberall.example/de/thema/abc/"
    ]
    assert {link for link in links if link.startswith("#")} <= marks


def test_the_foot_counts_the_pages_and_the_cover_has_none(file):
    (foot,) = file.find('//style:master-page[@style:name="Standard"]/style:footer', file.styles)
    assert file.find(".//text:page-number", foot)
    assert file.find(".//text:page-count", foot)
    assert "Seite 1 von 1" in said(foot)
    (cover,) = file.find('//style:master-page[@style:name="Cover"]', file.styles)
    assert len(cover) == 0


def test_the_file_says_who_and_when(file):
    told = {etree.QName(e).localname: e.text for e in file.find("//office:meta/*", file.meta)}
    assert told["title"] == "Konzept für Überall"
    assert told["creator"] == "Stadt Überall"
    assert told["language"] == "de"
    assert told["date"] == told["creation-date"] == "2026-11-26T00:00:00"


def test_the_same_document_is_the_same_file_and_names_its_type_first():
    first = render(DOCUMENT, "odt").content
    assert first == render(DOCUMENT, "odt").content
    with ZipFile(BytesIO(first)) as archive:
        entry = archive.infolist()[0]
        assert (entry.filename, entry.compress_type) == ("mimetype", ZIP_STORED)
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_bad_input_becomes_a_file_that_is_well_formed():
    wide = Table("Breit", tuple(f"S{n}" for n in range(12)), (tuple("x" * 12),))
    file = made(
        Paragraph("a\x00b  c ]]> <text:p/> & 👍"),
        Listing(((Paragraph("Punkt"), Listing(((Paragraph("innen"), wide),))),)),
        Remark('"', "'", kind="quotation", blocks=(Listing(("x",)),)),
        Paragraph((Run("hin", address='https://a.de/?a="&b=<'),)),
        Facts((("Leer", ""),)),
        Facts(()),
        Listing(()),
        sections=(Section("Breit", blocks=(wide, Paragraph("danach"))),),
    )
    assert "ab c ]]> <text:p/> & 👍" in said(file.content).replace("abc", "ab c")
    assert file.find("//text:a/@xlink:href") == ['https://a.de/?a="&b=<']
    assert not file.find("//text:list//table:table")  # OpenDocument does not allow it
    assert len(file.find("//table:table")) == 3
    wide_styles = file.find("//style:style/@style:master-page-name", file.styles)
    assert sorted(wide_styles) == ["Cover", "Standard", "Wide"]


def test_an_empty_document_is_its_title():
    assert [said(p) for p in made().find("//office:text/*")] == ["Titel"]
