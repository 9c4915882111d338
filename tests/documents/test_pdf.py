"""The PDF as it is read aloud: tags, languages, heads of tables, and what it declares."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from miteinander.core.errors import Refusal
from miteinander.documents import pdf as typeset
from miteinander.documents.formats import Missing, render
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
from tests.documents.pdfs import Pdf
from tests.documents.samples import ARABIC, DOCUMENT, UKRAINIAN, measure


def made(*blocks, sections=(), **values):
    return Pdf(
        render(Document("Titel", "de", blocks=blocks, sections=sections, **values), "pdf").content
    )


@pytest.fixture(scope="module")
def pdf():
    return Pdf(render(DOCUMENT, "pdf").content)


# --- what it declares ---------------------------------------------------------------------------


def test_both_standards_are_declared_in_the_metadata(pdf):
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.xmp
    assert "<pdfaid:part>2</pdfaid:part>" in pdf.xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in pdf.xmp
    assert pdf.root["/MarkInfo"]["/Marked"] is True or pdf.root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_title_publisher_keywords_and_day_are_the_document_s(pdf):
    told = pdf.reader.metadata
    assert (told.title, told.author) == ("Konzept für Überall", "Stadt Überall")
    assert told["/Keywords"] == "Integration, Teilhabe"
    assert told["/CreationDate"].startswith("D:20261126")
    assert "<dc:language><rdf:Bag><rdf:li>de</rdf:li>" in pdf.xmp.replace("\n", "").replace(" ", "")


def test_only_our_own_fonts_are_in_it(pdf):
    assert pdf.fonts() == {
        "FiraSans-Regular", "FiraSans-SemiBold", "FiraSans-Italic", "IBMPlexSansArabic-Regular",
    }  # fmt: skip


# --- what is read -------------------------------------------------------------------------------


def test_headings_stand_in_order_and_skip_no_level(pdf):
    heads = [(tag.name, tag.text) for tag in pdf.tree.all("H1", "H2", "H3")]
    assert heads == [
        ("H1", "Inhalt"),
        ("H1", "Einleitung"),
        ("H1", "1 Sprache"),
        ("H2", "1.1 Ziel: Orte zum Reden"),
        ("H3", "1.1 Sprachcafé 1 Beispiel"),
        ("H3", "1.2 Sprachcafé 2 Beispiel"),
        ("H3", "1.3 Sprachcafé 3 Beispiel"),
        ("H1", "Alles auf einen Blick"),
    ]


def test_bookmarks_follow_the_headings(pdf):
    assert pdf.outline() == [
        (int(tag.name[1]), tag.text) for tag in pdf.tree.all("H1", "H2", "H3")[1:]
    ]


def test_the_table_of_contents_names_pages_and_leaves_measures_out(pdf):
    entries = [tag.text for tag in pdf.tree.all("TOCI")]
    assert [entry.rstrip("0123456789") for entry in entries] == [
        "Einleitung", "1 Sprache", "1.1 Ziel: Orte zum Reden", "Alles auf einen Blick",
    ]  # fmt: skip
    last = int(entries[-1].removeprefix("Alles auf einen Blick"))
    assert "Alles auf einen Blick" in pdf.reader.pages[last - 1].extract_text()


def test_what_is_said_stands_in_reading_order(pdf):
    text = pdf.text
    places = [
        text.index(part)
        for part in (
            "Konzept für Überall", "Zusammen leben", "Fassung 3", "Inhalt", "zusammenleben?",
            "Wir alle gemeinsam: Thema, Sprachcafé, Ласкаво просимо.", UKRAINIAN, "Ebene 1",
            "Ebene 6", "Gesagt beim Auftakt.", "Von 9 laufen 6.", "Stand in Zahlen", "läuft",
            "Ein offener Treff für alle, die üben möchten.", "Federführung", "Volkshochschule",
            "18.000 € im Jahr", "Einwand", "Ehrenamtliche bleiben allein.", "Alle Maßnahmen",
            "Maßnahme 89", "Diese Fassung ist eingefroren.",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_headers_and_footers_are_not_read_with_the_text(pdf):
    assert "Seite 2 von" in pdf.reader.pages[1].extract_text()
    assert "Seite 2 von" not in pdf.text
    assert "Seite" not in pdf.reader.pages[0].extract_text()


def test_passages_in_other_languages_are_marked(pdf):
    by_text = {tag.text: tag.language for tag in pdf.tree.all("P", "Passage", "H1")}
    assert by_text["Einleitung"] == "de"
    assert by_text[UKRAINIAN] == "uk"
    assert by_text["Ласкаво просимо"] == "uk"
    assert {tag.language for tag in pdf.tree.all("P") if "المدينة" in tag.text} == {"ar"}


def test_words_of_all_scripts_come_out_whole(pdf):
    read = "\n".join(page.extract_text() for page in pdf.reader.pages)
    for word in ("Überall", "Maßnahme", "Federführung", "Їжак", "живуть", "Ласкаво"):
        assert word in read
    for word in ARABIC.split():
        assert word in pdf.text


def test_arabic_lines_are_read_from_their_beginning():
    words = "نريد العيش معا في المدينة مع الجميع"
    lines = " ".join([words] * 12)
    pdf = made(
        Paragraph(lines, language="ar"),
        Paragraph((Run("Auf Arabisch: "), Run(words, language="ar"), Run(", sagt sie."))),
        Paragraph(f"{words} 2027 Kempten {words}", language="ar"),
    )
    read = [tag.text for tag in pdf.tree.all("P")]
    assert read[-3].replace(" ", "") == lines.replace(" ", "")
    assert read[-2] == f"Auf Arabisch: {words}, sagt sie."
    # blanks beside words of the other direction may stand at either side of the word
    assert read[-1].replace(" ", "") == f"{words} 2027 Kempten {words}".replace(" ", "")


def test_pictures_have_their_words(pdf):
    assert [tag.alt for tag in pdf.tree.all("Figure")] == [
        "Wappen von Überall", "Zwei Drittel laufen",
    ]  # fmt: skip


def test_lists_are_lists_however_deep(pdf):
    def depth(tag):
        inner = max((depth(part) for part in tag.tags), default=0)
        return inner + (tag.name == "L")

    assert depth(pdf.tree) == 6
    assert "3." in [tag.text for tag in pdf.tree.all("Lbl")]


def test_a_measure_sheet_is_a_list_of_names_and_values(pdf):
    sheets = [
        [(item.all("Lbl")[0].text, item.all("LBody")[0].text) for item in found.all("LI")]
        for found in pdf.tree.all("L")
        if found.text.startswith("Federführung")
    ]
    assert sheets == [[("Federführung", "Volkshochschule"), ("Kosten", "18.000 € im Jahr")]] * 3


def test_tables_have_captions_and_heads_for_columns_and_rows(pdf):
    tables = pdf.tree.all("Table")
    assert [table.all("Caption")[0].text for table in tables] == [
        "Stand in Zahlen",
        "Alle Maßnahmen",
    ]
    for table in tables:
        heads = table.all("THead")[0].all("TH")
        assert {head.attributes["/Scope"] for head in heads} == {"/Column"}
        for row in table.all("TBody")[0].all("TR"):
            assert [cell.name for cell in row.tags] == ["TH"] + ["TD"] * (len(heads) - 1)
            assert row.tags[0].attributes["/Scope"] == "/Row"
            assert "/Headers" not in row.tags[1].attributes  # which would outdo the scopes
    assert [head.text for head in tables[1].all("THead")[0].all("TH")] == [
        "Nummer", "Maßnahme", "Federführung",
    ]  # fmt: skip


def test_heads_of_a_table_are_printed_again_on_every_page_and_read_once(pdf):
    pages = [text for page in pdf.reader.pages if "2.5" in (text := page.extract_text())]
    with_rows = [p.extract_text() for p in pdf.reader.pages if "Maßnahme 8" in p.extract_text()]
    assert len(with_rows) >= 2
    assert pages
    for text in with_rows:
        assert "Nummer" in text
    assert pdf.text.count("Nummer") == 1


def test_links_lead_to_the_site_and_into_the_document(pdf):
    links = [
        note.get_object()
        for page in pdf.reader.pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]
    addresses = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert addresses == ["https://ueberall.example/de/thema/abc/"]
    assert all(link.get("/Contents") for link in links)
    assert len(links) >= 2 + 4  # the two of the text and the table of contents


def test_a_measure_sheet_stays_on_one_page():
    document = Document("T", "de", sections=(Section("S", sections=tuple(
        Section(f"Blatt {n}.", keeps_together=True, blocks=(Facts(tuple(
            (f"Name {n}.{k}.", "Text " * 20) for k in range(9)
        )),))
        for n in range(12)
    )),))  # fmt: skip
    pages = [p.extract_text() for p in Pdf(render(document, "pdf").content).reader.pages]
    for n in range(12):
        assert sum(f"Name {n}.0." in page and f"Name {n}.8." in page for page in pages) == 1


def test_a_table_to_fill_in_stays_with_its_question():
    def question(n):
        rows = tuple((f"Zeile {n}.{k}.", "[ ]", "[ ]") for k in range(4))
        table = Table("Ein Feld je Zeile", ("", "gut", "schlecht"), rows, roomy=n % 2 == 0)
        return Section(f"Frage {n}.", keeps_together=True, blocks=(table,))

    document = Document("T", "de", sections=tuple(question(n) for n in range(12)))
    pages = [p.extract_text() for p in Pdf(render(document, "pdf").content).reader.pages]
    for n in range(12):
        whole = (f"Frage {n}.", f"Zeile {n}.0.", f"Zeile {n}.3.")
        assert sum(all(words in page for words in whole) for page in pages) == 1, n
    assert len(pages) < 8


def test_a_table_that_is_longer_than_a_page_goes_on_under_its_heads():
    rows = tuple((f"Zeile {k}.", "") for k in range(90))
    table = Table("Lang", ("Was", "Dazu"), rows)
    document = Document("T", "de", sections=(Section("S", keeps_together=True, blocks=(table,)),))
    pages = [p.extract_text() for p in Pdf(render(document, "pdf").content).reader.pages]
    assert sum("Dazu" in page for page in pages) == len(pages) > 1
    assert all(sum(f"Zeile {k}." in page for page in pages) for k in range(90))


# --- the same bytes -----------------------------------------------------------------------------


def test_the_same_document_is_the_same_file_in_every_process():
    code = (
        "import django; django.setup()\n"
        "import hashlib\n"
        "from tests.documents.samples import DOCUMENT\n"
        "from miteinander.documents.formats import render\n"
        "print(hashlib.sha256(render(DOCUMENT, 'pdf').content).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/Lima"))
    }
    assert len(digests) == 1


def test_another_language_or_day_is_another_file():
    english = replace(DOCUMENT, language="en")
    assert render(english, "pdf").content != render(DOCUMENT, "pdf").content
    assert Pdf(render(english, "pdf").content).root["/Lang"] == "en"


# --- bad input ----------------------------------------------------------------------------------


def test_nothing_that_is_typed_is_read_as_a_command():
    typed = '#panic("x") #read("/etc/passwd") = H $x$ `raw` \\ @ref <label> *b* _i_ "q" #set page()'
    pdf = made(
        Paragraph(typed),
        Facts(((typed, typed),)),
        Table(typed, (typed,), ((typed,),)),
        Remark(typed, typed),
        Listing((typed,)),
        sections=(
            Section(
                typed,
                number="#1",
                identifier="a b<c>",
                blocks=(Paragraph((Run("x", address="#a b<c>"),)),),
            ),
        ),
        publisher=typed,
        imprint=typed,
    )
    assert pdf.text.count(typed) >= 8


def test_characters_without_a_shape_are_spelled_out_and_reported():
    document = Document(
        "Titel",
        "de",
        blocks=(Paragraph("Gut 👍🏽 und ሰላም, ㎡, \ue001"),),
        sections=(Section("Gruß", number="2", blocks=(Facts((("Wer", "👍👍"),)),)),),
    )
    rendered = render(document, "pdf")
    assert rendered.missing == (
        Missing("👍", "thumbs up sign", "Titel"),
        Missing("ሰ", "ethiopic syllable sa", "Titel"),
        Missing("ላ", "ethiopic syllable laa", "Titel"),
        Missing("ም", "ethiopic syllable me", "Titel"),
        Missing("\ue001", "", "Titel"),
        Missing("👍", "thumbs up sign", "2 Gruß", 2),
    )
    text = Pdf(rendered.content).text
    assert "Gut [thumbs up sign] und [?], m2, [?]" in text
    assert "[thumbs up sign][thumbs up sign]" in text


def test_a_word_of_300_letters_stays_on_the_page_and_whole():
    word = "w" * 300
    pdf = made(
        Paragraph(word), Facts(((word, word),)), Table("T", ("A", word), ((word, "b"),)),
        sections=(Section(word),),
    )  # fmt: skip
    assert pdf.text.count(word) == 6
    edges = []
    for page in pdf.reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: edges.append((text, cm[4])))
    shown = [text for text, _x in edges if "w" in text]
    assert max(text.count("w") for text in shown) < 100


def test_a_table_of_twelve_columns_gets_a_page_on_its_side():
    table = Table(
        "Breit", tuple(f"Spalte {n}" for n in range(12)),
        (tuple(f"Integrationskurs {n}" for n in range(12)),),
    )  # fmt: skip
    pdf = made(Paragraph("davor"), table, Paragraph("danach"))
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in pdf.reader.pages]
    assert sizes == [(595, 842), (842, 595), (595, 842)]
    assert [cell.text for cell in pdf.tree.all("TH")][:12] == [f"Spalte {n}" for n in range(12)]
    assert "Integrationskurs 11" in pdf.text


def test_a_wide_table_in_a_list_or_sheet_stays_where_it_is():
    table = Table("Breit", tuple(f"S{n}" for n in range(12)), (tuple("x" * 12),))
    pdf = made(
        Listing(((Paragraph("Punkt"), table),)),
        sections=(Section("Blatt", keeps_together=True, blocks=(table,)),),
    )
    assert len(pdf.tree.all("Table")) == 2


def test_control_characters_are_left_out():
    pdf = made(Paragraph("a\x00b\x0bc\x1f\ufeffd\u202ee\r\nf"))
    assert pdf.tree.all("P")[-1].text == "abcdef"


def test_an_empty_document_is_its_title():
    pdf = made()
    assert pdf.text == "Titel"
    assert len(pdf.reader.pages) == 1


def test_empty_blocks_leave_no_empty_tags():
    pdf = made(Paragraph(" \n\n"), Listing(()), Facts(()), Paragraph(()))
    assert [tag.name for tag in pdf.tree.tags[0].tags] == ["Title"]


def test_nine_levels_of_headings_stay_in_order():
    section = Section("Ebene 9")
    for level in range(8, 0, -1):
        section = Section(f"Ebene {level}", sections=(section,))
    pdf = made(sections=(section,))
    assert pdf.levels[:6] == [1, 2, 3, 4, 5, 6]
    assert "Ebene 9" in pdf.text


def test_a_document_in_arabic_runs_from_right_to_left():
    document = Document(
        "خطة",
        "ar",
        blocks=(Paragraph("نريد"), Facts((("من", "الجميع"),))),
        has_contents=True,
        sections=(Section("المدينة"),),
    )
    pdf = Pdf(render(document, "pdf").content)
    assert pdf.root["/Lang"] == "ar"
    assert "الجميع" in pdf.text


def test_one_identifier_twice_is_one_target():
    twice = (Section("A", identifier="x"), Section("B", identifier="x"))
    pdf = made(Paragraph((Run("hin", address="#x"), Run("weg", address="#y"))), sections=twice)
    assert pdf.levels == [1, 1]


def test_more_measures_than_the_memory_holds_are_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(typeset, "MOST_SHEETS", 2)
    three = Document("Konzept", "de", sections=tuple(measure(number) for number in range(3)))
    with pytest.raises(Refusal) as refused:
        render(three, "pdf")
    said = str(refused.value)
    assert "bis zu 2 Maßnahmen; dieses Dokument hat 3" in said
    assert "Webseite" in said
    for other in ("html", "docx", "odt", "epub", "md"):
        assert render(three, other).content
    assert render(replace(three, sections=three.sections[:2]), "pdf").content
