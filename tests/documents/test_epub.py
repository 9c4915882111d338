"""An e-book for every reader: complete, well formed, described, and the same file each time."""

from __future__ import annotations

import itertools
import posixpath
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from miteinander.documents.formats import render
from miteinander.documents.shapes import Document, Paragraph, Run, Section
from tests.documents.samples import DOCUMENT

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
HTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"


class Book:
    def __init__(self, content):
        self.archive = ZipFile(BytesIO(content))
        self.names = self.archive.namelist()
        self.package = ET.fromstring(self.archive.read("book/book.opf"))
        items = self.package.findall("opf:manifest/opf:item", OPF)
        self.items = {item.get("id"): item for item in items}

    def page(self, name):
        return ET.fromstring(self.archive.read(f"book/{name}"))

    @property
    def spine(self):
        refs = self.package.findall("opf:spine/opf:itemref", OPF)
        return [self.items[ref.get("idref")].get("href") for ref in refs]

    def said(self, name):
        return [each.text for each in self.package.findall(f"opf:metadata/dc:{name}", OPF)]

    def meta(self, name):
        found = self.package.findall("opf:metadata/opf:meta", OPF)
        return [each.text for each in found if each.get("property") == name]


@pytest.fixture(scope="module")
def book():
    return Book(render(DOCUMENT, "epub").content)


def test_its_type_stands_first_and_can_be_read_from_outside(book):
    first = book.archive.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert book.archive.read("mimetype") == b"application/epub+zip"
    container = ET.fromstring(book.archive.read("META-INF/container.xml"))
    assert container.find(".//{*}rootfile").get("full-path") == "book/book.opf"


def test_every_file_is_listed_and_every_listed_file_is_there(book):
    listed = {f"book/{item.get('href')}" for item in book.items.values()}

    assert listed | {"mimetype", "META-INF/container.xml", "book/book.opf"} == set(book.names)
    pages = {i.get("href") for i in book.items.values() if i.get("href").endswith("xhtml")}
    assert set(book.spine) == pages


def test_headings_follow_each_other_on_every_page(book):
    for name in book.spine:
        levels = [
            int(each.tag[-1]) if each.tag[-1].isdigit() else int(each.get("aria-level"))
            for each in book.page(name).iter()
            if re.fullmatch(rf"{HTML}h[1-6]", each.tag) or each.get("role") == "heading"
        ]
        assert levels[:1] in ([1], []), name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_links_lead_somewhere_and_nothing_is_fetched(book):
    targets = {(name, each.get("id")) for name in book.spine for each in book.page(name).iter()}
    inside = 0
    for name in book.spine:
        for each in book.page(name).iter():
            for attribute in ("src", "href"):
                address = each.get(attribute)
                if address is None or re.match(r"https?:|mailto:|tel:", address):
                    assert each.tag == f"{HTML}a" or address is None, address
                    continue
                path, _hash, anchor = address.partition("#")
                there = posixpath.normpath(path) if path else name
                assert f"book/{there}" in book.names, address
                if anchor:
                    inside += 1
                    assert (there, anchor) in targets, address
    assert inside > 0


def test_pictures_tables_and_languages_are_for_everybody(book):
    pages = [book.page(name) for name in book.spine]
    pictures = [each for page in pages for each in page.iter(f"{HTML}img")]
    tables = [each for page in pages for each in page.iter(f"{HTML}table")]

    assert pictures
    assert all(each.get("alt") for each in pictures)
    assert tables
    assert all(each.find(f"{HTML}caption") is not None for each in tables)
    assert all(each.find(f".//{HTML}th[@scope='col']") is not None for each in tables)
    assert all(page.get("lang") == DOCUMENT.language for page in pages)


def test_the_contents_are_for_machines_too(book):
    (item,) = [i for i in book.items.values() if i.get("properties") == "nav"]
    nav = book.page(item.get("href")).find(f".//{HTML}nav")

    assert nav.get(f"{EPUB}type") == "toc"
    entries = ["".join(a.itertext()) for a in nav.iter(f"{HTML}a")]
    assert entries[0] == DOCUMENT.title
    assert len(entries) > len(DOCUMENT.sections)


def test_it_says_what_it_is_and_for_whom(book):
    assert book.said("title") == [DOCUMENT.title]
    assert book.said("language") == [DOCUMENT.language]
    assert len(book.said("identifier")) == 1
    assert book.meta("schema:accessModeSufficient") == ["textual"]
    assert {"alternativeText", "structuralNavigation"} <= set(
        book.meta("schema:accessibilityFeature")
    )
    assert book.meta("schema:accessibilityHazard") == ["none"]


def test_the_same_document_is_the_same_file():
    assert render(DOCUMENT, "epub").content == render(replace(DOCUMENT), "epub").content
    later = Document("Titel", "de", day=date(2026, 11, 27))
    assert Book(render(later, "epub").content).meta("dcterms:modified") == ["2026-11-27T00:00:00Z"]


def test_a_book_without_parts_can_be_opened():
    book = Book(render(Document("Titel", "de", blocks=(Paragraph("Nur das."),)), "epub").content)

    assert book.spine == ["cover.xhtml", "nav.xhtml"]


def test_arabic_turns_the_pages_the_other_way():
    arabic = Document("عنوان", "ar", sections=(Section("قسم", blocks=(Paragraph("نص"),)),))
    book = Book(render(arabic, "epub").content)

    assert book.package.find("opf:spine", OPF).get("page-progression-direction") == "rtl"
    assert book.page("part-001.xhtml").get("dir") == "rtl"


def test_a_link_to_another_part_finds_its_file_and_a_lost_one_becomes_words():
    line = (Run("dorthin", address="#ziel"), Run(" oder nirgends", address="#fehlt"))
    sections = (
        Section("Eins", blocks=(Paragraph(line),)),
        Section("Zwei", identifier="ziel", blocks=(Paragraph("Hier."),)),
    )
    book = Book(render(Document("Titel", "de", sections=sections), "epub").content)
    links = [a.get("href") for a in book.page("part-001.xhtml").iter(f"{HTML}a")]

    assert links == ["part-002.xhtml#ziel", None]


def test_script_is_text():
    said = Paragraph('<script>alert("1")</script> & "so"')
    page = Book(render(Document("T <b>", "de", blocks=(said,)), "epub").content).page("cover.xhtml")

    assert page.find(f".//{HTML}script") is None
    assert '<script>alert("1")</script> & "so"' in "".join(page.itertext())
