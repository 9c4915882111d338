"""Goals and measures for spreadsheets: numbers are numbers, and no text becomes a formula."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from miteinander.documents.formats import FORMATS, render, tabulate
from miteinander.documents.lists import as_list
from miteinander.documents.registers import as_file
from tests.documents.samples import CONTENT, DOCUMENT


def changed(**values):
    """The sample content with another first measure."""
    field = CONTENT["fields"][0]
    goal = field["goals"][0]
    measure = {**goal["measures"][0], **values}
    return {**CONTENT, "fields": [{**field, "goals": [{**goal, "measures": [measure]}]}]}


def read_csv(content):
    text = tabulate(content, "csv", base="https://stadt.example").content
    assert text.startswith(b"\xef\xbb\xbf")  # without it Excel reads umlauts as two signs
    return list(csv.DictReader(StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content):
    return load_workbook(BytesIO(tabulate(content, "xlsx", base="https://stadt.example").content))


def heads(sheet):
    return [cell.value for cell in sheet[1]]


def row(sheet, line):
    return dict(zip(heads(sheet), (cell.value for cell in sheet[line]), strict=True))


def test_csv_holds_goals_and_measures_with_german_heads():
    goal, measure = read_csv(CONTENT)
    assert (goal["Art"], measure["Art"]) == ("Ziel", "Maßnahme")
    assert goal["Titel"] == "Orte zum Reden"
    assert measure == {
        "Art": "Maßnahme",
        "Nummer": "Nr. 1.10",
        "Titel": "Sprachcafé",
        "Handlungsfeld": "1 Sprache",
        "Ziel": "1.1 Orte zum Reden",
        "In einem Satz": "",
        "Text": "Ein Treff; für „alle“.",
        "Federführung": "Volkshochschule",
        "Stand der Federführung": "zugesagt",
        "Kooperationspartner": "Caritas, Diakonie",
        "Zielgruppen": "Erwachsene",
        "Stadtteile": "",
        "Neu oder vorhanden": "",
        "Regel- oder Brückenangebot": "",
        "Zeithorizont": "",
        "Beginn": "2027-01-01",
        "Ende": "",
        "Kosten einmalig (EUR)": "4500",
        "Kosten im Jahr (EUR)": "18000",
        "Finanzierung": measure["Finanzierung"],
        "Quelle der Finanzierung": "",
        "Personal (Vollzeitstellen)": "",
        "Indikatoren": "",
        "Hängt ab von": "",
        "Risiken": "",
        "Eigene Felder": "",
        "Querschnittsthemen": "Teilhabe",
        "Schlüsselmaßnahme": "ja",
        "Schnell umsetzbar": "",
        "Bedarf": "",
        "Art der Wirkung": "",
        "Indikator": "",
        "Beiträge": "23",
        "Themen": "1",
        "Sitzungen": "2",
        "Aus einem Dokument übernommen am": "",
        "Einwände": "1",
        "Beispiel": "ja",
        "Dauerhafte Adresse": "https://stadt.example/t/m1",
    }
    assert measure["Finanzierung"]


def test_the_whole_sheet_stands_in_the_table():
    whole = changed(
        summary="Reden bei Tee.",
        neighbourhoods="Nord",
        novelty="new",
        service="bridging",
        horizon="short",
        funding_source="Landesprogramm",
        staff_need="0.5",
        indicators=[
            {
                "title": "Besuche", "unit": "Menschen", "baseline": "1200",
                "baseline_on": "2025-03-01", "target": "2000.5", "target_by": None,
            }
        ],
        depends_on=[{"title": "Raum"}],
        risks="Kein Raum.",
        own=[{"label": "Leitbild", "answer": "Offen"}],
    )  # fmt: skip
    _goal, measure = read_csv(whole)
    assert measure["In einem Satz"] == "Reden bei Tee."
    assert measure["Neu oder vorhanden"] == "neu"
    assert measure["Regel- oder Brückenangebot"] == "Brückenangebot"
    assert measure["Zeithorizont"].startswith("kurzfristig")
    assert measure["Indikatoren"] == "Besuche: 1.200 Menschen (März 2025), Ziel 2.000,5 Menschen"
    assert (measure["Hängt ab von"], measure["Eigene Felder"]) == ("Raum", "Leitbild: Offen")
    assert row(read_xlsx(whole)["Maßnahmen"], 2)["Personal (Vollzeitstellen)"] == 0.5


def test_numbers_of_measures_never_become_dates():
    assert [line["Nummer"] for line in read_csv(CONTENT)] == ["Nr. 1.1", "Nr. 1.10"]
    cell = read_xlsx(CONTENT)["Maßnahmen"]["A2"]
    assert (cell.value, cell.data_type) == ("1.10", "s")


def test_a_workbook_has_a_sheet_for_each_with_typed_cells():
    book = read_xlsx(CONTENT)
    assert book.sheetnames == ["Maßnahmen", "Ziele"]
    measure = row(book["Maßnahmen"], 2)
    assert measure["Kosten im Jahr (EUR)"] == 18000
    assert measure["Beginn"] == datetime(2027, 1, 1)
    assert measure["Ende"] is None
    assert measure["Beiträge"] == 23
    assert "Bedarf" not in measure
    goal = row(book["Ziele"], 2)
    assert goal["Bedarf"] == "Es fehlt ein Ort."
    assert "Federführung" not in goal


def test_heads_stay_in_view_and_filter_and_print_on_every_page():
    for sheet in read_xlsx(CONTENT):
        assert sheet.freeze_panes == "C2"
        assert sheet.print_title_rows == "$1:$1"
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter.ref == sheet.dimensions
        assert table.headerRowCount == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_no_text_begins_a_formula(start):
    typed = f"{start}HYPERLINK(1)"
    content = changed(title=typed, lead={"identifier": "x", "title": typed, "is_example": False})
    line = read_csv(content)[1]
    for name in ("Titel", "Federführung"):
        assert line[name][0] not in "=+-@\t\r＝" or line[name].startswith("'")
        assert "HYPERLINK(1)" in line[name]
    sheet = read_xlsx(content)["Maßnahmen"]
    assert all(cell.data_type != "f" for cell in sheet[2])
    if start in "=+-@＝":
        assert sheet["B2"].value == typed
        assert sheet["B2"].quotePrefix  # Excel keeps it as text when somebody edits the cell


def test_control_characters_and_line_breaks_survive_or_vanish():
    content = changed(title="a\x00b\x0bc", text="eins\nzwei")
    assert read_csv(content)[1]["Titel"] == "abc"
    assert read_csv(content)[1]["Text"] == "eins\nzwei"
    assert row(read_xlsx(content)["Maßnahmen"], 2)["Text"] == "eins\nzwei"


def test_a_concept_without_measures_is_a_table_with_heads():
    empty = {**CONTENT, "fields": []}
    assert read_csv(empty) == []
    sheet = read_xlsx(empty)["Maßnahmen"]
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.max_row == 1


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_same_content_is_the_same_file(name, monkeypatch):
    first = tabulate(CONTENT, name).content
    assert first == tabulate(CONTENT, name).content
    if name == "xlsx":
        core = ZipFile(BytesIO(first)).read("docProps/core.xml").decode()
        assert core.count("2026-11-26T10:00:00Z") == 2  # made and changed when it was frozen


def test_labels_follow_the_language_and_texts_stay():
    text = tabulate(CONTENT, "csv", language="en").content.decode("utf-8-sig")
    assert "Cost a year (EUR)" in text
    assert "Sprachcafé" in text


def test_each_format_is_made_from_its_own_source():
    with pytest.raises(ValueError, match="tabulate"):
        render(DOCUMENT, "csv")
    with pytest.raises(ValueError, match="render"):
        tabulate(CONTENT, "pdf")
    assert {n for n, f in FORMATS.items() if f.source == "content"} == {"csv", "xlsx"}


@pytest.mark.parametrize("title", ["Konzept [Entwurf]: 2019/20?", "'", "", "\x07a" * 40, "Ä\\*"])
def test_a_list_can_be_called_what_its_file_was_called(title):
    plain = as_list("xlsx", title=title, heads=["Kopf"], rows=[["Zeile"]])
    assert as_file(title, ["Kopf"], [["Zeile"]], "xlsx")[:2] == plain[:2] == b"PK"
    book = load_workbook(BytesIO(plain))

    assert 1 <= len(book.sheetnames[0]) <= 31
    assert [[cell.value for cell in row] for row in book.worksheets[0]] == [["Kopf"], ["Zeile"]]
