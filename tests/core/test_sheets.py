"""Reading tables as offices have them."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from miteinander.core.errors import Invalid
from miteinander.core.sheets import (
    MOST_ROWS,
    Flaw,
    address,
    day_in,
    is_light,
    mark_in,
    read_sheets,
)
from tests.core.books import book, packed, raw_book, saved

HEAD = ("Name", "E-Mail", "Größe")
ROW = ("Jürgen Groß", "juergen@verein.example", "groß")


def only(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    (sheet,) = read_sheets(data)
    return [(row.number, row.cells) for row in sheet.rows]


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as found:
        read_sheets(data)
    assert set(found.value.fields) == {"file"}
    return str(found.value.fields["file"])


@pytest.mark.parametrize(
    ("row", "column", "where"), [(1, 0, "A1"), (7, 25, "Z7"), (9, 26, "AA9"), (2, 701, "ZZ2")]
)
def test_a_cell_is_named_as_spreadsheets_name_it(row, column, where):
    assert address(row, column) == where


# --- text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_usual_encoding_and_separator_gives_the_same_rows(encoding, separator):
    written = "\r\n".join(separator.join(row) for row in (HEAD, ROW)) + "\r\n"

    assert only(written.encode(encoding)) == [(1, HEAD), (2, ROW)]


def test_lines_of_two_encodings_in_one_file_are_both_right():
    data = ";".join(HEAD).encode() + b"\n" + ";".join(ROW).encode("cp1252") + b"\n"

    (sheet,) = read_sheets(data)

    assert [row.cells for row in sheet.rows] == [HEAD, ROW]
    assert sheet.is_repaired


def test_text_that_was_read_wrongly_before_it_was_saved_is_put_right():
    wrong = [cell.encode().decode("cp1252") for cell in ROW]

    (sheet,) = read_sheets("\n".join([";".join(HEAD), ";".join(wrong)]).encode())

    assert sheet.rows[1].cells == ROW
    assert sheet.is_repaired


def test_a_letter_that_only_looks_like_a_wrong_one_stays():
    assert only("Name;Ort\nÂngela;São Paulo\n".encode())[1] == (2, ("Ângela", "São Paulo"))


def test_the_hidden_first_line_of_excel_names_the_separator():
    assert only(b"sep=,\na;b,c;d\n") == [(1, ("a;b", "c;d"))]


def test_rows_keep_their_numbers_over_empty_ones_and_line_ends_in_cells():
    data = b'Name;Ort\n;;\n\n"Anna\nBeispiel";Stadt\nLast;Row\n'

    assert only(data) == [
        (1, ("Name", "Ort")),
        (4, ("Anna\nBeispiel", "Stadt")),
        (5, ("Last", "Row")),
    ]


def test_a_quotation_mark_that_never_closes_is_refused_with_its_cell():
    data = b'Name;Ort\nAnna;"Stadt\n' + b"Bernd;Dorf\n" * 5000

    assert "B2" in refusal(data)


# --- workbooks ----------------------------------------------------------------------------------


def test_cells_are_text_as_people_would_write_it():
    made = Workbook()
    sheet = made.active
    sheet.append(["Text", 3, 3.5, 49831123456, True, dt.date(2024, 3, 1)])
    sheet.append([dt.datetime(2024, 3, 1, 18, 30), dt.time(9, 5), "  rand ", None, 1 / 3])
    sheet["A3"], sheet["A3"].number_format = 0.5, "0 %"
    sheet["C3"], sheet["C3"].number_format = 0.07, "0.00%"
    sheet["D3"], sheet["D3"].number_format = 3, '0" %"'
    sheet["B3"], sheet["B3"].number_format = 45352, '0" Tage"'  # letters in quotes

    rows = only(saved(made))

    assert rows[0] == (1, ("Text", "3", "3.5", "49831123456", "ja", "2024-03-01"))
    assert rows[1] == (2, ("2024-03-01T18:30", "09:05", "rand", "", "0.333333333333"))
    assert rows[2] == (3, ("50 %", "45352", "7 %", "3"))


def test_what_is_merged_over_rows_belongs_to_each_and_over_columns_only_to_the_first():
    data = book(
        ("Liste der Beteiligten", None, None),
        ("Verein", "Name", "Ort"),
        ("Musikschule", "Anna", "A"),
        (None, "Bernd", "B"),
        (None, "Carla", None),
        merged=("A1:C1", "A3:A5"),
    )

    (sheet,) = read_sheets(data)

    assert [row.cells for row in sheet.rows] == [
        ("Liste der Beteiligten",),
        ("Verein", "Name", "Ort"),
        ("Musikschule", "Anna", "A"),
        ("Musikschule", "Bernd", "B"),
        ("Musikschule", "Carla"),
    ]
    assert sheet.wide == {(1, 0)}


def test_several_sheets_come_in_their_order_and_say_whether_they_are_hidden():
    made = Workbook()
    made.active.title = "Erklärung"
    for title, state in (("Personen", "visible"), ("Alt", "hidden"), ("Intern", "veryHidden")):
        sheet = made.create_sheet(title)
        sheet.append([title])
        sheet.sheet_state = state

    found = read_sheets(saved(made))

    assert [(s.name, s.is_hidden, len(s.rows)) for s in found] == [
        ("Erklärung", False, 0), ("Personen", False, 1), ("Alt", True, 1), ("Intern", True, 1),
    ]  # fmt: skip


def test_of_a_formula_the_value_counts_and_a_missing_one_is_named():
    data = raw_book(
        '<worksheet><sheetData><row r="4"><c r="A4"><f>1+1</f><v>2</v></c>'
        '<c r="B4" t="str"><f>A1</f><v>Anna</v></c><c r="C4"><f>1+2</f></c>'
        '<c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>'
    )

    (sheet,) = read_sheets(data)

    assert [(row.number, row.cells) for row in sheet.rows] == [(4, ("2", "Anna"))]
    assert sheet.flaws == [Flaw("C4", "formula"), Flaw("D4", "error")]


def test_rows_and_cells_without_addresses_are_counted():
    data = raw_book(
        "<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row/>"
        '<row><c t="inlineStr"><is><r><t>An</t></r><r><t>na</t></r></is></c></row>'
        "</sheetData></worksheet>"
    )

    assert only(data) == [(1, ("1", "2")), (3, ("Anna",))]


def test_signs_that_control_and_halves_of_signs_do_not_get_in():
    strings = (
        "<sst><si><t>Anna_x0000__xD800__x000D_\nBeispiel\u200b</t><rPh><t>lies</t></rPh></si></sst>"
    )
    rels = (
        '<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="c" Type="x/sharedStrings" Target="/xl/s.xml"/></Relationships>'
    )
    data = raw_book(
        '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>',
        **{"xl/_rels/workbook.xml.rels": rels, "xl/s.xml": strings},
    )

    assert only(data) == [(1, ("Anna\nBeispiel",))]


def test_a_sheet_that_claims_a_million_columns_is_read_by_what_it_holds():
    data = raw_book(
        '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576" spans="1:16384">'
        '<c r="B1048576"><v>7</v></c><c r="XFD1048576" s="3"/></row></sheetData></worksheet>'
    )

    assert only(data) == [(1048576, ("", "7"))]


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "leer"),
        (b" \n", "leer"),
        (b";;;\n;;\n", "Zellen"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "Webseite"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Bild"),
        (b"abc\0\1\2\3\xff" * 40, "UTF-8"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ODS"),
        (packed(**{"xl/workbook.bin": "x"}), "XLSB"),
        (packed(**{"word/document.xml": "<x/>"}), "Präsentation"),
        (packed(**{"foto.jpg": "x"}), "XLSX"),
        (packed(**{"[Content_Types].xml": "<x/>"}), "beschädigt"),
        (book(("a", "b"))[:-700], "beschädigt"),
        (raw_book("<worksheet><sheetData><row><c>"), "beschädigt"),
        (raw_book('<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'), "beschädigt"),
        (raw_book("<worksheet/>"), "Zellen"),
        (b"x" * 10_000_001, "10 MB"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_what_to_do(data, word):
    assert word in refusal(data)


def test_more_rows_than_can_be_read_are_refused_with_the_limit():
    assert "60.000" in refusal(b"a;b\n" * (MOST_ROWS + 1))
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(MOST_ROWS + 1))
    assert "60.000" in refusal(raw_book(f"<worksheet><sheetData>{rows}</sheetData></worksheet>"))


def test_fifty_thousand_rows_are_read():
    (sheet,) = read_sheets(b"Name;Ort\n" + b"Anna;Stadt\n" * 50_000)

    assert (len(sheet.rows), sheet.rows[-1].number) == (50_001, 50_001)


def test_entries_far_to_the_right_are_refused_with_their_cell():
    data = raw_book(
        '<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    )

    assert "XFD1" in refusal(data)
    assert "GS1" in refusal(b"a" + b";a" * 200)


def test_a_file_that_unpacks_without_end_is_not_opened():
    bomb = raw_book(b"<worksheet><sheetData>" + b" " * 160_000_000)

    assert len(bomb) < 500_000
    assert not is_light(bomb)
    assert "150 MB" in refusal(bomb)


def test_a_thousand_merged_areas_over_each_other_are_refused():
    rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 4001))
    areas = '<mergeCell ref="A1:A4000"/>' * 1000
    data = raw_book(
        f"<worksheet><sheetData>{rows}</sheetData><mergeCells>{areas}</mergeCells></worksheet>"
    )

    assert "beschädigt" in refusal(data)


def test_a_file_is_light_by_what_it_unpacks_to():
    small = book(HEAD, ROW)
    with zipfile.ZipFile(BytesIO(small)) as inside:
        assert sum(part.file_size for part in inside.infolist()) < 3_000_000
    assert is_light(small)
    assert is_light(b"a;b\n")
    assert not is_light(b"a;b\n" * 100_000)
    assert is_light(b"PK\3\4 and then nothing")


# --- days and ticks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["1.3.2024", "01.03.24", "01. 03. 2024", "2024-03-01", "2024-03-01T10:00", "45352", "45352.75"],
)
def test_a_day_is_understood_however_it_is_written(written):
    assert day_in(written) == dt.date(2024, 3, 1)


@pytest.mark.parametrize(
    "written", ["", "31.2.2024", "bald", "März 2024", "2024", "1/3/2024", "2024-13-01"]
)
def test_what_is_no_day_is_none(written):
    assert day_in(written) is None


def test_ticks_are_yes_or_no_or_unclear():
    assert [mark_in(t) for t in ("x", " X ", "Ja", "1", "✓")] == [True] * 5
    assert [mark_in(t) for t in ("", "nein", "0", "–")] == [False] * 4
    assert mark_in("vielleicht") is None
