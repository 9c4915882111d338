"""Tables as spreadsheets save them, and what is refused with its place."""

from __future__ import annotations

import math

import pytest

from miteinander.analysis.errors import Unusable
from miteinander.analysis.files import read_table, table_from

SAVED = {
    "plain": b"name,points\nPark,1.5\nBad,2\n",
    "byte-order mark": b"\xef\xbb\xbfname,points\nPark,1.5\nBad,2\n",
    "semicolons and decimal commas": b"name;points\r\nPark;1,5\r\nBad;2\r\n",
    "tabs": b"name\tpoints\nPark\t1.5\nBad\t2\n",
    "utf-16": "name,points\nPark,1.5\nBad,2\n".encode("utf-16"),
    "empty lines": b"\n\nname,points\n\nPark,1.5\n,\nBad,2\n\n",
    "no newline at the end": b"name,points\nPark,1.5\nBad,2",
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_the_same_table_however_it_was_saved(data):
    table = table_from(data, name="t.csv")

    assert table.columns == ("name", "points")
    assert table.column("name") == ["Park", "Bad"]
    assert table.numbers("points") == [1.5, 2]


def test_the_windows_code_page_is_read():
    assert table_from("name\nMühle\n".encode("cp1252"), name="t.csv").column("name") == ["Mühle"]


def test_an_empty_cell_is_no_number():
    assert math.isnan(table_from(b"a,b\n1,\n", name="t.csv").numbers("b")[0])


def test_a_cell_may_hold_lines_and_the_next_row_knows_where_it_begins():
    table = table_from(b'a,b\n"one\ntwo",1\nthree,2\n', name="t.csv")

    assert table.column("a") == ["one\ntwo", "three"]
    assert table.lines == [2, 4]


REFUSED = {
    "nothing": (b"", "The file is empty.", "t.csv"),
    "only empty lines": (b"\n,\n", "The file is empty.", "t.csv"),
    "a picture": (b"\x89PNG\0\0", "The file is not a text file.", "t.csv"),
    "a column twice": (b"a,b,a\n1,2,3\n", "A column appears twice.", "t.csv, line 1, column “a”"),
    "a missing cell": (b"a,b\n1,2\n3\n", "The line has 1 cells, the header 2.", "t.csv, line 3"),
    "an open quotation": (
        b'a,b\n1,2\n"3,4\n5,6\n',
        "The quotation marks do not match here.",
        "t.csv, line 3",
    ),
    "a stray quotation": (
        b'a,b\n"1"x,2\n',
        "The quotation marks do not match here.",
        "t.csv, line 2",
    ),
}


@pytest.mark.parametrize(("data", "what", "where"), REFUSED.values(), ids=REFUSED)
def test_a_broken_file_is_refused_with_its_place(data, what, where):
    with pytest.raises(Unusable) as refused:
        table_from(data, name="t.csv")

    assert refused.value.what.en == what
    assert refused.value.where.en == where
    assert refused.value.do.de


def test_an_unknown_column_names_the_nearest():
    with pytest.raises(Unusable) as refused:
        table_from(b"name,points\nPark,1\n", name="t.csv", required=["point"])

    assert refused.value.lines("de") == [
        "Die Spalte „point“ gibt es nicht.",
        "t.csv",
        "Ist „points“ gemeint?",
    ]


@pytest.mark.parametrize("cell", ["many", "1.2.3", "1e999", "nan", "1.000,5"])
def test_what_is_no_number_is_refused_with_line_and_column(cell):
    table = table_from(f"a;b\n1;2\n3;{cell}\n".encode(), name="t.csv")

    with pytest.raises(Unusable) as refused:
        table.numbers("b")

    assert refused.value.where.de == "t.csv, Zeile 3, Spalte „b“"
    assert cell in refused.value.what.de


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Unusable) as refused:
        read_table(tmp_path / "none.csv")

    assert refused.value.as_json("en")["error"]["what"] == "The file cannot be read."
